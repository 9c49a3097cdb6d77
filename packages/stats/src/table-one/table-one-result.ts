import type { PAdjustment } from '../multiple-testing/adjust-p-values.js';
import type { Reason } from '../reason.js';

/** `mean ± SD` of a variable in one column of the table. */
export interface MeanCell {
  kind: 'mean';
  /** Known values. */
  n: number;
  missing: number;
  mean: number;
  standardDeviation: number;
  /** As it is printed: `38.0 ± 11.7`. */
  text: string;
}

/** `median [Q1, Q3]` of a variable in one column of the table. */
export interface MedianCell {
  kind: 'median';
  /** Known values. */
  n: number;
  missing: number;
  median: number;
  firstQuartile: number;
  thirdQuartile: number;
  /** As it is printed: `38.0 [34.0, 45.0]`. */
  text: string;
}

/** `n (%)` of one level of a variable in one column of the table. */
export interface CountCell {
  kind: 'count';
  count: number;
  /** Known values of the variable in the column: what the percentage is of. */
  n: number;
  /** 100 · count / n; NaN for n = 0. */
  percent: number;
  /** As it is printed: `24 (63.2%)`. */
  text: string;
}

/** How a variable differs between the groups. */
export interface TableOneTest {
  /** As the column of tests has it: `Welch t`, `Fisher exact`. */
  name: string;
  /** The test in words, as the function that computed it states it. */
  method: string;
  p: number;
  /** ln p */
  logP: number;
  /** `<0.001`, `0.028`, or `–` where P is undefined. */
  text: string;
  /** P adjusted for the number of variables tested, where that was asked for. */
  adjustedP?: number;
  adjustedText?: string;
  /** χ² was taken although a count below 5 is expected: the table is too large for the exact test. Absent otherwise. */
  inPlaceOfExact?: true;
  /** Why P is NaN; absent when it is not. */
  reason?: Reason;
}

/** Standardised mean difference, without its sign. */
export interface StandardisedDifference {
  /** Of two groups; the mean over all pairs for more. NaN where it is undefined. */
  value: number;
  text: string;
  /** Each pair of groups, by their index in `groups`. */
  pairs: { groups: [first: number, second: number]; value: number }[];
  /** Why `value` is NaN; absent when it is not. */
  reason?: Reason;
}

interface VariableBase {
  name: string;
  /** What is printed in place of the name. */
  label: string;
  /** Values missing in the groups of the table. */
  missing: number;
  test?: TableOneTest;
  smd?: StandardisedDifference;
}

/** A variable of numbers. */
export interface ContinuousVariable extends VariableBase {
  kind: 'mean' | 'median';
  /**
   * P of Shapiro and Wilk's test by group, of all subjects where there are no groups; NaN where it has none. Only where `nonNormal` is
   * `'auto'`.
   */
  normalityP?: number[];
  overall?: MeanCell | MedianCell;
  /** One for each group. */
  cells: (MeanCell | MedianCell)[];
}

/** A variable of a few values, its levels below it. */
export interface CategoricalVariable extends VariableBase {
  kind: 'categorical';
  levels: {
    name: string;
    overall?: CountCell;
    /** One for each group. */
    cells: CountCell[];
  }[];
}

export type TableOneVariable = ContinuousVariable | CategoricalVariable;

/** The table of a cohort's characteristics as numbers and texts. */
export interface TableOne {
  /** The variable that makes the groups, as it is printed; absent without groups. */
  groupBy?: string;
  /** The columns beside the overall one, in their order; empty without groups. */
  groups: { name: string; n: number }[];
  /** Subjects in the table. */
  n: number;
  /** Subjects left out because their group is missing. */
  withoutGroup: number;
  /** Whether there is an overall column. */
  overall: boolean;
  /** Whether missing values are shown: only if there are any. */
  showMissing: boolean;
  variables: TableOneVariable[];
  /** How P was adjusted, where it was. */
  adjust?: PAdjustment;
  /** What is printed below the table. */
  footnotes: string[];
}
