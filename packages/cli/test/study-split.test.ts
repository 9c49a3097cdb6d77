import { createRandom } from '@steatosis/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DESIGNS } from '../src/study/designs.js';
import { countPart, designRows, type RoiLabel } from '../src/study/rows.js';

/** The paper's cohort: 38 + 12 patients with six ROIs each. */
const rois: RoiLabel[] = Array.from({ length: 300 }, (_, i) => {
  const patient = Math.floor(i / 6);
  return { patient, label: patient % 4 === 0 && patient < 48 ? 1 : 0 };
});
const COPIES = 8;

describe('designRows', () => {
  const rowsOf = (design: (typeof DESIGNS)[number]) =>
    designRows(design, rois, COPIES, 0.3, createRandom(3));

  it.each(DESIGNS)('never tests a row that it fitted on (%s)', (design) => {
    const { fit, test } = rowsOf(design);
    const fitted = new Set(fit);
    expect(test.some((row) => fitted.has(row))).toBe(false);
  });

  it('keeps patients apart when it splits by patient, and only then', () => {
    const shared = (design: (typeof DESIGNS)[number]) => {
      const { fit, test } = rowsOf(design);
      const patientOf = (row: number) => rois[Math.floor(row / COPIES)]!.patient;
      const fitted = new Set(Array.from(fit, patientOf));
      return new Set(Array.from(test, patientOf).filter((patient) => fitted.has(patient))).size;
    };
    expect(shared('byPatient')).toBe(0);
    expect(shared('byRoi')).toBeGreaterThan(20);
    expect(shared('augmentThenSplit')).toBe(50);
  });

  it('judges original ROIs only, unless rows were augmented before the split', () => {
    for (const design of ['byRoi', 'byPatient'] as const) {
      const { train, test } = rowsOf(design);
      expect([...train, ...test].every((row) => row % COPIES === 0)).toBe(true);
    }
    expect(rowsOf('augmentThenSplit').test.some((row) => row % COPIES !== 0)).toBe(true);
  });

  it('has both classes on both sides, whoever is drawn', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 12 }),
        fc.integer({ min: 2, max: 40 }),
        fc.integer({ min: 0, max: 1e6 }),
        (positives, negatives, seed) => {
          const small = Array.from({ length: 2 * (positives + negatives) }, (_, i): RoiLabel => {
            const patient = Math.floor(i / 2);
            return { patient, label: patient < positives ? 1 : 0 };
          });
          for (const design of DESIGNS) {
            const { fit, test } = designRows(design, small, 2, 0.3, createRandom(seed));
            for (const part of [countPart(fit, small, 2), countPart(test, small, 2)]) {
              expect(Math.min(part.patients.negative, part.patients.positive)).toBeGreaterThan(0);
            }
          }
        },
      ),
      { numRuns: 50 },
    );
  });

  it('draws the same rows for the same seed and others for another', () => {
    const test = (seed: number) =>
      Array.from(designRows('byPatient', rois, COPIES, 0.3, createRandom(seed)).test);
    expect(test(1)).toEqual(test(1));
    expect(test(1)).not.toEqual(test(2));
  });

  it('counts patients, ROIs and rows of the paper’s cohort', () => {
    const { fit, test } = rowsOf('byPatient');
    expect(countPart(fit, rois, COPIES)).toEqual({
      patients: { negative: 27, positive: 8 },
      rois: { negative: 162, positive: 48 },
      rows: { negative: 1296, positive: 384 },
    });
    expect(countPart(test, rois, COPIES)).toEqual({
      patients: { negative: 11, positive: 4 },
      rois: { negative: 66, positive: 24 },
      rows: { negative: 66, positive: 24 },
    });
    const split = rowsOf('augmentThenSplit');
    expect(split.fit.length + split.test.length).toBe(2400);
  });
});
