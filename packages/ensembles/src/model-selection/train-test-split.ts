import { createRandom, InvalidArgumentError } from '@steatosis/core';
import { checkNames } from '../data/parameters.js';
import { InvalidDataError } from '../errors.js';
import { assignGroups, countClasses } from './assign-groups.js';
import type { Fold } from './folds.js';
import { type GroupVector, numberLabels, type SplitWarning, warnOfSharedGroups } from './groups.js';

/** Options of {@link trainTestSplit}. */
export interface TrainTestSplitOptions {
  /** Part of the rows that is tested, between 0 and 1; default 0.25. Rounded up to whole rows. */
  testFraction?: number | undefined;
  /** One class per row: both sides get the same shares of each. Default: no regard to classes. */
  stratify?: GroupVector | undefined;
  /** One group (patient) per row; see `by`. */
  groups?: GroupVector | undefined;
  /**
   * `group` (default where `groups` are given) keeps every group whole, so that the test fraction and the class
   * shares are met as closely as whole groups allow. `row` (default where they are not) draws rows one by one;
   * if `groups` are given, `onWarning` is told of those on both sides.
   */
  by?: 'group' | 'row' | undefined;
  /** Seed of the draw, an integer; default 0. */
  seed?: number | undefined;
  /** Told when a group has rows on both sides. */
  onWarning?: ((warning: SplitWarning) => void) | undefined;
}

/**
 * Draw a training and a test set.
 *
 * @param rows number of rows
 * @returns the rows of each set, ascending; neither is empty
 * @throws InvalidDataError when there are too few rows, groups or members of a class
 * @example
 * ```ts
 * import { sharedGroups, trainTestSplit } from '@steatosis/ensembles';
 *
 * const patients = [1, 1, 2, 2, 3, 3, 4, 4];
 * const stratify = [0, 0, 0, 0, 1, 1, 1, 1];
 * const { train, test } = trainTestSplit(8, { groups: patients, stratify, testFraction: 0.5, seed: 7 });
 * console.log(test.length, sharedGroups(patients, train, test)); // 4 []
 * ```
 */
export function trainTestSplit(rows: number, options: TrainTestSplitOptions = {}): Fold {
  checkNames(
    'trainTestSplit',
    options,
    ['testFraction', 'stratify', 'groups', 'by', 'seed', 'onWarning'],
    [],
  );
  const { testFraction = 0.25, stratify, groups, seed = 0, onWarning } = options;
  const by = options.by ?? (groups ? 'group' : 'row');
  if (!Number.isInteger(rows) || rows < 2) {
    throw new InvalidArgumentError('rows', rows, 'an integer ≥ 2');
  }
  if (!(testFraction > 0 && testFraction < 1)) {
    throw new InvalidArgumentError('testFraction', testFraction, 'a number between 0 and 1');
  }
  if (by !== 'group' && by !== 'row') {
    throw new InvalidArgumentError('by', by, "'group' or 'row'");
  }
  if (by === 'group' && !groups) {
    throw new InvalidArgumentError('groups', groups, "one group per row, since by is 'group'");
  }
  const grouped = groups && numberLabels('groups', groups, rows);
  const classes = stratify
    ? numberLabels('stratify', stratify, rows)
    : { labels: [0], codes: new Int32Array(rows) };
  const isTest =
    by === 'group' && grouped
      ? drawGroups(
          grouped.codes,
          grouped.labels.length,
          classes.codes,
          classes.labels.length,
          testFraction,
          seed,
        )
      : drawRows(classes.codes, classes.labels, testFraction, seed);
  const all = Array.from({ length: rows }, (_, row) => row);
  const fold = {
    train: Int32Array.from(all.filter((row) => !isTest[row])),
    test: Int32Array.from(all.filter((row) => isTest[row])),
  };
  if (groups) warnOfSharedGroups(groups, fold.train, fold.test, onWarning);
  return fold;
}

function drawGroups(
  groupCodes: Int32Array,
  groups: number,
  classCodes: Int32Array,
  classes: number,
  testFraction: number,
  seed: number,
): boolean[] {
  if (groups < 2) {
    throw new InvalidDataError('groups', 'all rows are of one group; at least two are needed.');
  }
  const counts = countClasses(groupCodes, groups, classCodes, classes);
  const order = createRandom(seed).permutation(groups);
  const sides = assignGroups(counts, order, [1 - testFraction, testFraction]);
  for (const side of [0, 1]) {
    // A fraction that is too small for any whole group still means one group.
    if (!sides.includes(side)) sides[order[0]] = side;
  }
  return Array.from(groupCodes, (group) => sides[group] === 1);
}

function drawRows(
  codes: Int32Array,
  labels: readonly (number | string)[],
  testFraction: number,
  seed: number,
): boolean[] {
  const members: number[][] = labels.map(() => []);
  codes.forEach((code, row) => members[code].push(row));
  const wanted = Math.min(codes.length - 1, Math.ceil(testFraction * codes.length));
  const taken = apportion(
    members.map((rows) => rows.length),
    wanted / codes.length,
    wanted,
  );
  const isTest = Array.from(codes, () => false);
  const random = createRandom(seed);
  members.forEach((rows, code) => {
    if (labels.length > 1 && rows.length < 2) {
      throw new InvalidDataError(
        'stratify',
        `class ${labels[code]} has one row; two are needed to have it on both sides.`,
      );
    }
    const order = random.split(code).permutation(rows.length);
    for (let i = 0; i < taken[code]; i++) isTest[rows[order[i]]] = true;
  });
  return isTest;
}

/** Whole numbers close to `fraction` of each size that sum to `total`: largest remainders first. */
function apportion(sizes: readonly number[], fraction: number, total: number): number[] {
  const taken = sizes.map((size) => Math.floor(size * fraction));
  const byRemainder = sizes
    .map((size, i) => ({ i, remainder: size * fraction - taken[i] }))
    .sort((a, b) => b.remainder - a.remainder);
  const missing = total - taken.reduce((sum, n) => sum + n, 0);
  for (const { i } of byRemainder.slice(0, missing)) taken[i]++;
  return taken;
}
