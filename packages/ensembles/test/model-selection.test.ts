import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  GroupKFold,
  sharedGroups,
  type SplitWarning,
  StratifiedGroupKFold,
  StratifiedKFold,
  trainTestSplit,
} from '../src/index.js';
import { readJson } from './support/fixtures.js';

interface Case {
  y: number[];
  groups: number[];
  splits: number;
  test: number[][];
}

const golden = readJson('sklearn/selection.json') as {
  stratified: Case[];
  stratified_group: Case[];
};
const matrix = (rows: number) => Array.from({ length: rows }, () => [0]);

/** Each row is tested once and trained on in all other folds. */
function expectPartition(folds: { train: Int32Array; test: Int32Array }[], rows: number): void {
  expect(folds.flatMap(({ test }) => [...test]).sort((a, b) => a - b)).toEqual(
    matrix(rows).map((_, row) => row),
  );
  for (const { train, test } of folds) {
    expect(train.length + test.length).toBe(rows);
    expect(sharedGroups([...matrix(rows).keys()], train, test)).toEqual([]);
  }
}

describe('StratifiedKFold', () => {
  it.each(golden.stratified)(
    'has scikit-learn’s folds: $splits of $y.length rows',
    ({ y, splits, test }) => {
      const folds = new StratifiedKFold({ splits }).split(matrix(y.length), y);
      expect(folds.map((fold) => [...fold.test])).toEqual(test);
    },
  );

  it('keeps class shares within one row, shuffled or not, the same for the same seed', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 12, maxLength: 60 }),
        fc.integer({ min: 2, max: 4 }),
        fc.boolean(),
        fc.integer(),
        (y, splits, shuffle, seed) => {
          fc.pre([0, 1, 2].some((k) => y.filter((label) => label === k).length >= splits));
          const splitter = new StratifiedKFold({ splits, shuffle, seed });
          const folds = splitter.split(matrix(y.length), y);
          expectPartition(folds, y.length);
          expect(splitter.split(matrix(y.length), y)).toEqual(folds);
          for (const k of [0, 1, 2]) {
            const counts = folds.map(({ test }) => test.filter((row) => y[row] === k).length);
            expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
          }
        },
      ),
    );
  });

  it('tells of patients on both sides and of rare classes', () => {
    const warnings: SplitWarning[] = [];
    const splitter = new StratifiedKFold({
      splits: 2,
      onWarning: (warning) => warnings.push(warning),
    });
    const y = [0, 0, 0, 0, 1];
    const groups = ['a', 'a', 'b', 'a', 'b'];
    expect(splitter.split(matrix(5), y, groups)).toHaveLength(2);
    expect(warnings.map(({ code }) => code)).toEqual([
      'RARE_CLASS',
      'GROUP_ON_BOTH_SIDES',
      'GROUP_ON_BOTH_SIDES',
    ]);
    expect(warnings[0]?.labels).toEqual([1]);
    expect(warnings[1]?.message).toMatch(/not independent/);
  });

  it('refuses more folds than any class has rows', () => {
    expect(() => new StratifiedKFold({ splits: 3 }).split(matrix(4), [0, 0, 1, 1])).toThrow(
      'splits is 3; expected at most the size of the largest class, 2',
    );
  });
});

describe('StratifiedGroupKFold', () => {
  it.each(golden.stratified_group)(
    'has scikit-learn’s folds: $splits of $y.length rows',
    ({ y, groups, splits, test }) => {
      const folds = new StratifiedGroupKFold({ splits }).split(matrix(y.length), y, groups);
      expect(folds.map((fold) => [...fold.test])).toEqual(test);
    },
  );

  it('never tears a group apart', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ group: fc.integer({ min: 0, max: 9 }), y: fc.boolean() }), {
          minLength: 20,
          maxLength: 60,
        }),
        fc.boolean(),
        fc.integer(),
        (rows, shuffle, seed) => {
          const groups = rows.map(({ group }) => group);
          fc.pre(new Set(groups).size >= 3);
          const y = rows.map((row) => Number(row.y));
          const splitter = new StratifiedGroupKFold({ splits: 3, shuffle, seed });
          const folds = splitter.split(matrix(rows.length), y, groups);
          expectPartition(folds, rows.length);
          for (const { train, test } of folds)
            expect(sharedGroups(groups, train, test)).toEqual([]);
          expect(splitter.split(matrix(rows.length), y, groups)).toEqual(folds);
        },
      ),
    );
  });
});

describe('GroupKFold', () => {
  it('keeps groups whole and folds of nearly equal size', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 20, maxLength: 60 }),
        fc.boolean(),
        fc.integer(),
        (groups, shuffle, seed) => {
          fc.pre(new Set(groups).size >= 3);
          const folds = new GroupKFold({ splits: 3, shuffle, seed }).split(
            matrix(groups.length),
            undefined,
            groups,
          );
          expectPartition(folds, groups.length);
          const largest = Math.max(
            ...[...new Set(groups)].map((group) => groups.filter((g) => g === group).length),
          );
          const sizes = folds.map(({ test }) => test.length);
          expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(largest);
          for (const { train, test } of folds)
            expect(sharedGroups(groups, train, test)).toEqual([]);
        },
      ),
    );
  });

  it('refuses more folds than groups and groups of another length', () => {
    const splitter = new GroupKFold({ splits: 3 });
    expect(() => splitter.split(matrix(4), undefined, [1, 1, 2, 2])).toThrow(/number of groups, 2/);
    expect(() => splitter.split(matrix(4), undefined, [1, 2, 3])).toThrow(
      /groups: it has 3 values/,
    );
  });
});

describe('trainTestSplit', () => {
  it('draws rows: the wanted number, class shares within one row', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 12, maxLength: 80 }),
        fc.double({ min: 0.05, max: 0.9, noNaN: true }),
        fc.integer(),
        (stratify, testFraction, seed) => {
          const sizes = [0, 1, 2].map((k) => stratify.filter((label) => label === k).length);
          fc.pre(sizes.every((size) => size !== 1));
          const { train, test } = trainTestSplit(stratify.length, { testFraction, stratify, seed });
          const wanted = Math.min(stratify.length - 1, Math.ceil(testFraction * stratify.length));
          expect(test.length).toBe(wanted);
          expect(train.length).toBe(stratify.length - wanted);
          sizes.forEach((size, k) => {
            const share = (size * wanted) / stratify.length;
            const drawn = test.filter((row) => stratify[row] === k).length;
            expect(Math.abs(drawn - share)).toBeLessThan(1 + 1e-9);
          });
        },
      ),
    );
  });

  it('draws whole groups of both classes', () => {
    const groups = Array.from({ length: 300 }, (_, row) => Math.floor(row / 6));
    const stratify = groups.map((group) => Number(group % 4 === 0));
    for (let seed = 0; seed < 20; seed++) {
      const { train, test } = trainTestSplit(300, { groups, stratify, seed });
      expect(sharedGroups(groups, train, test)).toEqual([]);
      expect(test.length).toBeGreaterThanOrEqual(66);
      expect(test.length).toBeLessThanOrEqual(84);
      const positives = test.filter((row) => stratify[row] === 1).length / 6;
      expect(positives).toBeGreaterThanOrEqual(3);
      expect(positives).toBeLessThanOrEqual(4);
    }
  });

  it('draws other sets for other seeds', () => {
    const tests = [1, 2, 3, 4].map((seed) => trainTestSplit(50, { seed }).test.join());
    expect(new Set(tests).size).toBe(4);
    const groups = Array.from({ length: 50 }, (_, row) => row >> 1);
    const grouped = [1, 2, 3, 4].map((seed) => trainTestSplit(50, { groups, seed }).test.join());
    expect(new Set(grouped).size).toBe(4);
  });

  it('warns when rows are drawn although groups are known', () => {
    const warnings: SplitWarning[] = [];
    const groups = [1, 1, 1, 1, 2, 2, 2, 2];
    const onWarning = (warning: SplitWarning) => warnings.push(warning);
    trainTestSplit(8, { groups, by: 'row', testFraction: 0.5, onWarning });
    expect(warnings).toHaveLength(1);
    expect(warnings[0]?.code).toBe('GROUP_ON_BOTH_SIDES');
    trainTestSplit(8, { groups, testFraction: 0.5, onWarning });
    expect(warnings).toHaveLength(1);
  });

  it('leaves neither side empty', () => {
    const tiny = trainTestSplit(4, { groups: ['a', 'a', 'b', 'b'], testFraction: 0.01 });
    expect([tiny.train.length, tiny.test.length]).toEqual([2, 2]);
    const huge = trainTestSplit(4, { groups: ['a', 'a', 'b', 'b'], testFraction: 0.99 });
    expect([huge.train.length, huge.test.length]).toEqual([2, 2]);
    expect(trainTestSplit(2, { testFraction: 0.99 }).train).toHaveLength(1);
  });

  it('refuses what cannot be meant', () => {
    expect(() => trainTestSplit(1)).toThrow(/rows is 1/);
    expect(() => trainTestSplit(5, { testFraction: 1 })).toThrow(/testFraction is 1/);
    expect(() => trainTestSplit(5, { by: 'group' })).toThrow(/groups is undefined/);
    expect(() => trainTestSplit(3, { groups: [1, 1, 1] })).toThrow(/one group/);
    expect(() => trainTestSplit(3, { stratify: [0, 0, 1] })).toThrow(/class 1 has one row/);
    expect(() => trainTestSplit(5, { testSize: 0.2 } as object)).toThrow(
      /testSize.*did you mean testFraction/,
    );
    expect(() => new GroupKFold({ shuffle: 'no' as unknown as boolean })).toThrow(
      /GroupKFold's shuffle is "no"; expected true or false/,
    );
    expect(() => new GroupKFold({ splits: 1 })).toThrow(/splits is 1; expected an integer ≥ 2/);
  });
});
