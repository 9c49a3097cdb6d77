import { InvalidArgumentError } from '@steatosis/core';
import { checkedOptions } from '../checks.js';
import type { PAdjustment } from '../multiple-testing/adjust-p-values.js';
import type { TableOneValue } from './records.js';

/** Options of {@link tableOne}. */
export interface TableOneOptions {
  /** The variable whose values make the groups. Default: no groups, the overall column alone. */
  groupBy?: string;
  /** The variables of the table, in this order. Default: all but `groupBy`, in the order of the rows. */
  variables?: readonly string[];
  /**
   * Variables of numbers that are counted by value all the same. Texts, booleans and numbers of at most two different values
   * always are, unless `continuous` names them.
   */
  categorical?: readonly string[];
  /** Variables of numbers that are not counted by value although they have at most two. */
  continuous?: readonly string[];
  /**
   * Variables shown as median [Q1, Q3] and tested by ranks; the others have mean ± SD. Default none. `'auto'`: those with P < 0.05 by
   * Shapiro and Wilk's test in any group (of all subjects, where there are no groups). A choice by the data themselves: small groups
   * pass the test whatever their shape, large ones fail it for departures that do not matter, so name the variables where you know them.
   */
  nonNormal?: readonly string[] | 'auto';
  /** Definition of the quartiles: 7 as R and NumPy (default), 6 as SPSS. */
  quantileType?: 6 | 7;
  /** Whether groups are compared by a test. Default true. */
  tests?: boolean;
  /** Whether χ² of 2 × 2 tables is corrected for continuity (Yates). Default false. */
  continuityCorrection?: boolean;
  /** Whether groups are compared by standardised mean differences. Default true. */
  smd?: boolean;
  /** Method by which P is adjusted for the number of variables tested. Default `'none'`. */
  adjust?: PAdjustment | 'none';
  /** Decimals of means, medians and percentages, for all variables or by variable (others 1). Default 1. */
  digits?: number | Readonly<Record<string, number>>;
  /** Whether there is a column of all groups together. Default true. */
  overall?: boolean;
  /** Whether there is a column with the number of missing values, if there are any. Default true. */
  missing?: boolean;
  /** What is printed in place of a variable's name. */
  labels?: Readonly<Record<string, string>>;
  /** Order of the levels of a categorical variable or of the groups; those not named come after. */
  levels?: Readonly<Record<string, readonly TableOneValue[]>>;
}

const NAMES: readonly (keyof TableOneOptions)[] = [
  'groupBy',
  'variables',
  'categorical',
  'continuous',
  'nonNormal',
  'quantileType',
  'tests',
  'continuityCorrection',
  'smd',
  'adjust',
  'digits',
  'overall',
  'missing',
  'labels',
  'levels',
];

/** @throws InvalidArgumentError for unknown options and impossible values; names are checked against the rows elsewhere */
export function checkedTableOptions(options: TableOneOptions): TableOneOptions {
  checkedOptions(options, [...NAMES]);
  for (const name of ['tests', 'continuityCorrection', 'smd', 'overall', 'missing'] as const) {
    const value: unknown = options[name];
    if (value !== undefined && typeof value !== 'boolean') {
      throw new InvalidArgumentError(name, value, 'true or false');
    }
  }
  const { nonNormal = [] }: { nonNormal?: unknown } = options;
  if (nonNormal !== 'auto' && !Array.isArray(nonNormal)) {
    throw new InvalidArgumentError('nonNormal', nonNormal, "names of variables, or 'auto'");
  }
  const { quantileType = 7 } = options;
  if (quantileType !== 6 && quantileType !== 7) {
    throw new InvalidArgumentError('quantileType', quantileType, '7 (R, NumPy) or 6 (SPSS)');
  }
  if (options.overall === false && options.groupBy === undefined) {
    throw new InvalidArgumentError('overall', false, 'true where there are no groups');
  }
  const { digits = 1 } = options;
  for (const value of typeof digits === 'number' ? [digits] : Object.values(digits)) {
    if (!Number.isInteger(value) || value < 0 || value > 20) {
      throw new InvalidArgumentError('digits', value, 'a whole number, 0 … 20');
    }
  }
  return options;
}

/** Decimals of one variable. */
export function digitsOf({ digits = 1 }: TableOneOptions, name: string): number {
  if (typeof digits === 'number') return digits;
  return Object.hasOwn(digits, name) ? digits[name] : 1;
}
