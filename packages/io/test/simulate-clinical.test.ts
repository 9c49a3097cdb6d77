import { createRandom } from '@steatosis/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drawClinicalTable } from '../src/simulate/clinical-draw.js';
import { cohortCells } from '../src/simulate/composition.js';
import { drawHepaticFat, gradeOfHistology, histologyOfPdff } from '../src/simulate/hepatic-fat.js';

const count = (patients: number, seed = 1): Record<string, number> => {
  const counts: Record<string, number> = { M0: 0, F0: 0, M1: 0, F1: 0 };
  for (const { sex, steatosisGrade } of cohortCells(patients, seed)) {
    counts[`${sex}${steatosisGrade}`] += 1;
  }
  return counts;
};

describe('composition', () => {
  test('50 patients are those of the paper, for every seed', () => {
    for (const seed of [0, 1, -5, 2 ** 52]) {
      expect(count(50, seed)).toEqual({ M0: 24, F0: 14, M1: 6, F1: 6 });
    }
    expect(count(100)).toEqual({ M0: 48, F0: 28, M1: 12, F1: 12 });
  });

  test('other numbers go by largest remainder, with a patient of each grade from two on', () => {
    expect(count(1)).toEqual({ M0: 1, F0: 0, M1: 0, F1: 0 });
    expect(count(2)).toEqual({ M0: 0, F0: 1, M1: 1, F1: 0 });
    expect(count(3)).toEqual({ M0: 1, F0: 1, M1: 1, F1: 0 });
    expect(count(8)).toEqual({ M0: 4, F0: 2, M1: 1, F1: 1 });
    expect(count(10)).toEqual({ M0: 5, F0: 3, M1: 1, F1: 1 });
  });

  test('any number is shared out within one patient of its exact share (property)', () => {
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 2000 }), (patients) => {
        const { M0, F0, M1, F1 } = count(patients);
        expect(M0 + F0 + M1 + F1).toBe(patients);
        expect(M1 + F1).toBeGreaterThanOrEqual(1);
        const shares = [
          [M0, 24],
          [F0, 14],
          [M1, 6],
          [F1, 6],
        ];
        for (const [n, share] of shares) {
          expect(Math.abs(n - (patients * share) / 50)).toBeLessThan(1);
        }
      }),
    );
  });

  test('the seed shuffles the order, so that grades do not follow each other', () => {
    const grades = (seed: number): string =>
      cohortCells(50, seed)
        .map((cell) => cell.steatosisGrade)
        .join('');
    expect(grades(1)).toBe(grades(1));
    expect(grades(1)).not.toBe(grades(2));
    expect(grades(1)).not.toMatch(/^0{38}/);
  });
});

describe('histology', () => {
  test('grades are those of the paper at their edges', () => {
    expect([0, 4.999, 5, 33, 33.001, 66, 66.001, 100].map(gradeOfHistology)).toEqual([
      0, 0, 1, 1, 2, 2, 3, 3,
    ]);
  });

  test('agrees with PDFF near 5 %, lies far above it later, never falls', () => {
    expect(histologyOfPdff(5.6)).toBeCloseTo(5, 12);
    expect(histologyOfPdff(15.9)).toBeCloseTo(33, 12);
    expect(histologyOfPdff(25)).toBeGreaterThan(50);
    for (let pdff = 0; pdff < 60; pdff += 0.1) {
      expect(histologyOfPdff(pdff + 0.1)).toBeGreaterThanOrEqual(histologyOfPdff(pdff));
    }
    expect(histologyOfPdff(60)).toBe(100);
  });

  test('the population has the published levels', () => {
    const random = createRandom(3);
    const livers = Array.from({ length: 20_000 }, () => drawHepaticFat(random));
    const pdff = livers.map((liver) => liver.pdffPercent);
    // Kühn 2017: median 3.9 %. Permutt 2012: grades 1, 2, 3 have means 8.9, 16.3, 25.0 %. Qadri 2023: r .80–.89.
    expect(median(pdff)).toBeGreaterThan(3.7);
    expect(median(pdff)).toBeLessThan(4.1);
    const meanOf = (grade: number): number =>
      mean(livers.filter((l) => l.steatosisGrade === grade).map((l) => l.pdffPercent));
    expect(Math.abs(meanOf(0) - 3.2)).toBeLessThan(0.2);
    expect(Math.abs(meanOf(1) - 8.9)).toBeLessThan(1);
    expect(Math.abs(meanOf(2) - 16.3)).toBeLessThan(2);
    const r = correlation(
      pdff,
      livers.map((l) => l.biopsyPercent),
    );
    expect(r).toBeGreaterThan(0.8);
    expect(r).toBeLessThan(0.89);
  });
});

describe('the clinical table', () => {
  const tables = Array.from({ length: 200 }, (_, seed) => drawClinicalTable(50, seed));
  const over = (statistic: (table: (typeof tables)[number]) => number): number =>
    mean(tables.map(statistic));
  const grades = (table: (typeof tables)[number]): number[] =>
    table.map((row) => row.clinical.steatosisGrade);

  test('every row has the grade and sex of its cell, and possible values', () => {
    const odd: unknown[] = [];
    for (const [seed, table] of tables.entries()) {
      const cells = cohortCells(50, seed);
      for (const [i, { clinical, truth }] of table.entries()) {
        const fits =
          clinical.sex === cells[i].sex &&
          clinical.steatosisGrade === cells[i].steatosisGrade &&
          truth.hepaticFat.steatosisGrade === clinical.steatosisGrade &&
          truth.hepaticFat.pdffPercent <= 40 &&
          clinical.ageYears >= 18 &&
          clinical.ageYears <= 85 &&
          [0, 1, 2, 3].includes(clinical.pancreaticSteatosisGrade) &&
          truth.hepaticR2starPerSecond >= 15 &&
          truth.hepaticR2starPerSecond < 90;
        if (!fits) odd.push({ seed, i, clinical, truth });
      }
    }
    expect(odd).toEqual([]);
  });

  test('a patient does not depend on who comes before it', () => {
    const more = drawClinicalTable(50, 4);
    const cells = cohortCells(50, 4);
    expect(more.map((row) => row.clinical.sex)).toEqual(cells.map((cell) => cell.sex));
    expect(drawClinicalTable(50, 4)).toEqual(more);
  });

  test('mean PDFF separates the grades well, not perfectly', () => {
    const aucs = tables.map((table) =>
      areaUnderCurve(
        grades(table),
        table.map((row) => row.truth.hepaticFat.pdffPercent),
      ),
    );
    expect(mean(aucs)).toBeGreaterThan(0.91);
    expect(mean(aucs)).toBeLessThan(0.96);
    expect(Math.min(...aucs)).toBeGreaterThan(0.7);
    expect(aucs.filter((auc) => auc < 0.99).length).toBeGreaterThan(150);
  });

  test('relations have the documented strengths', () => {
    const pancreas = over((table) =>
      spearman(
        grades(table),
        table.map((row) => row.clinical.pancreaticSteatosisGrade),
      ),
    );
    expect(Math.abs(pancreas - 0.59)).toBeLessThan(0.04);
    const syndrome = over((table) =>
      correlation(
        grades(table),
        table.map((row) => Number(row.clinical.metabolicSyndrome)),
      ),
    );
    expect(Math.abs(syndrome - 0.105)).toBeLessThan(0.04);
    const age = over((table) =>
      correlation(
        grades(table),
        table.map((row) => row.clinical.ageYears),
      ),
    );
    expect(Math.abs(age)).toBeLessThan(0.04);
    const sex = over((table) =>
      correlation(
        grades(table),
        table.map((row) => Number(row.clinical.sex === 'F')),
      ),
    );
    // Fixed by the paper's counts.
    expect(sex).toBeCloseTo(0.11471, 5);
  });

  test('strengths are inputs: without them the relations vanish, with them they grow', () => {
    const relation = (pancreaticCorrelation: number): number =>
      mean(
        Array.from({ length: 60 }, (_, seed) => {
          const table = drawClinicalTable(50, seed, { pancreaticCorrelation });
          return correlation(
            table.map((row) => Math.log(row.truth.hepaticFat.pdffPercent)),
            table.map((row) => Math.log(row.truth.pancreaticPdffPercent)),
          );
        }),
      );
    expect(Math.abs(relation(0))).toBeLessThan(0.06);
    expect(relation(1)).toBeGreaterThan(0.99);
    const phi = (metabolicSyndromeLogOdds: number): number =>
      mean(
        Array.from({ length: 60 }, (_, seed) => {
          const table = drawClinicalTable(50, seed, { metabolicSyndromeLogOdds });
          return correlation(
            grades(table),
            table.map((row) => Number(row.clinical.metabolicSyndrome)),
          );
        }),
      );
    expect(Math.abs(phi(0))).toBeLessThan(0.06);
    expect(phi(2)).toBeGreaterThan(0.35);
  });
});

function mean(values: readonly number[]): number {
  return values.reduce((sum, v) => sum + v, 0) / values.length;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const [ma, mb] = [mean(a), mean(b)];
  const sum = (f: (i: number) => number): number => a.reduce((s, _, i) => s + f(i), 0);
  const aa = sum((i) => (a[i] - ma) ** 2);
  const bb = sum((i) => (b[i] - mb) ** 2);
  return sum((i) => (a[i] - ma) * (b[i] - mb)) / Math.sqrt(aa * bb);
}

function spearman(a: readonly number[], b: readonly number[]): number {
  const ranks = (x: readonly number[]): number[] =>
    x.map((v) => x.reduce((r, w) => r + (w < v ? 1 : w === v ? 0.5 : 0), 0));
  return correlation(ranks(a), ranks(b));
}

function areaUnderCurve(labels: readonly number[], scores: readonly number[]): number {
  let wins = 0;
  let pairs = 0;
  labels.forEach((label, i) => {
    if (label !== 1) return;
    labels.forEach((other, j) => {
      if (other !== 0) return;
      pairs += 1;
      wins += scores[i] > scores[j] ? 1 : scores[i] === scores[j] ? 0.5 : 0;
    });
  });
  return wins / pairs;
}
