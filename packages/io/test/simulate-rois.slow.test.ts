import { expect, test } from 'vitest';
import { drawBody } from '../src/simulate/anatomy/body.js';
import { paintSlice } from '../src/simulate/anatomy/paint.js';
import { patientRandom } from '../src/simulate/clinical-draw.js';
import { placeRois } from '../src/simulate/rois.js';

/** The default, and the two slices that leave a reader the least choice. */
test.each([
  { slices: 6, columns: 320, rows: 256 },
  { slices: 2, columns: 320, rows: 256 },
])('150 bodies have a place for all six regions: $columns×$rows×$slices', (size) => {
  const { slices, columns, rows } = size;
  const centred = (n: number, fovMm: number): Float64Array =>
    Float64Array.from({ length: n }, (_, i) => ((i - (n - 1) / 2) * fovMm) / n);
  const [xsMm, ysMm] = [centred(columns, 400), centred(rows, 350)];
  for (let i = 0; i < 150; i++) {
    const random = patientRandom(5000 + i, i % 50);
    const body = drawBody(random.split('body'), i % 2 === 0 ? 'M' : 'F');
    const segment = new Uint8Array(columns * rows * slices);
    for (let z = 0; z < slices; z++) {
      const zMm = (z + 0.5 - slices / 2) * 3;
      segment.set(paintSlice(body, { xsMm, ysMm, zMm }).segment, z * columns * rows);
    }
    expect(placeRois(random.split('rois'), segment, [columns, rows, slices])).toHaveLength(6);
  }
});
