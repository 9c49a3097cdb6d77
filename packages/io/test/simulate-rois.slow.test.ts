import { expect, test } from 'vitest';
import { drawBody } from '../src/simulate/anatomy/body.js';
import { examineBody } from '../src/simulate/examined-body.js';
import { patientRandom } from '../src/simulate/clinical-draw.js';

/** The default, and the two slices that leave a reader the least choice. */
test.each([6, 2])(
  'of 150 bodies at most 2 have no place for all six regions: %i slices',
  (slices) => {
    let turnedAway = 0;
    for (let i = 0; i < 150; i++) {
      const random = patientRandom(5000 + i, i % 50).split('body');
      const sex = i % 2 === 0 ? 'M' : 'F';
      const examined = examineBody(random, sex, {
        size: [320, 256, slices],
        spacing: [1.25, 350 / 256, 3],
        origin: [-199.375, -127.5 * (350 / 256), (0.5 - slices / 2) * 3],
        direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
      });
      expect(examined.rois).toHaveLength(6);
      if (examined.body.scale !== drawBody(random.split(0).split('body'), sex).scale)
        turnedAway += 1;
    }
    expect(turnedAway).toBeLessThanOrEqual(2);
  },
);
