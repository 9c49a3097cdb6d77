import { createRandom } from '@steatosis/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DESIGNS } from '../src/study/designs.js';
import { holdOut } from '../src/study/held-out.js';
import { countPart, designRows, type RoiLabel } from '../src/study/rows.js';

/** The paper's cohort: 38 + 12 patients with six ROIs each. */
const rois: RoiLabel[] = Array.from({ length: 300 }, (_, i) => {
  const patient = Math.floor(i / 6);
  return { patient, label: patient % 4 === 0 && patient < 48 ? 1 : 0 };
});
const COPIES = 8;

describe('holdOut', () => {
  it('holds out the rounded share of each class and loses nothing', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(0, 1), { minLength: 4, maxLength: 200 }),
        fc.integer(),
        (drawn, seed) => {
          const labels = [0, 0, 1, 1, ...drawn];
          const { train, test } = holdOut(labels, 0.3, createRandom(seed));
          expect([...train, ...test].sort((a, b) => a - b)).toEqual([...labels.keys()]);
          for (const label of [0, 1]) {
            const n = labels.filter((l) => l === label).length;
            const held = test.filter((i) => labels[i] === label).length;
            expect(held).toBe(Math.min(n - 1, Math.max(1, Math.round(0.3 * n))));
          }
        },
      ),
    );
  });

  it('gives the same split for the same seed and another for another', () => {
    const labels = rois.map((roi) => roi.label);
    const draw = (seed: number) => Array.from(holdOut(labels, 0.3, createRandom(seed)).test);
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
  });

  it('says what is missing when a class has fewer than two members', () => {
    expect(() => holdOut([0, 0, 0, 1], 0.3, createRandom(1))).toThrow(
      /3 of class 0, 1 of class 1.*--positive-grade/s,
    );
    expect(() => holdOut([0, 0, 0], 0.3, createRandom(1))).toThrow(/two classes/);
  });
});

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
