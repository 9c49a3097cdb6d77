import { InvalidArgumentError } from '@steatosis/core';
import { formatP } from '../descriptive/format.js';
import { adjustPValues, type PAdjustment } from '../multiple-testing/adjust-p-values.js';
import { footnotesOf } from './footnotes.js';
import { looksNonNormal, normalityOf } from './normality.js';
import { checkedTableOptions, digitsOf, type TableOneOptions } from './options.js';
import { columnsOf, distinctValues, type KnownValue, type TableOneRows } from './records.js';
import { differenceOfNumbers, differenceOfShares } from './smd.js';
import { countCell, NO_VALUE, numberCell } from './summaries.js';
import type {
  CategoricalVariable,
  ContinuousVariable,
  TableOne,
  TableOneVariable,
} from './table-one-result.js';
import { testNumbers, testShares } from './tests.js';

/**
 * The table of a cohort's characteristics, as papers print it first: mean ± SD, median [Q1, Q3] or n (%) of each variable,
 * overall and by group, with a test, a standardised mean difference and the number of missing values.
 *
 * Means are compared by Welch's t test (two groups) or one-way ANOVA, medians by Mann and Whitney's or Kruskal and
 * Wallis's test, counts by Pearson's χ² or, where an expected count is below 5, Fisher's exact test (a footnote says where a table was too
 * large for it). Subjects whose
 * group is missing are left out and counted; missing values are left out variable by variable, percentages are of the
 * known values. P of such a table describes; it tests no hypothesis that was stated beforehand.
 *
 * @param rows one record a subject, or one array a variable
 * @returns numbers with their printed texts; `tableOneText`, `tableOneHtml`, `tableOneCsv`, `tableOneMarkdown` and
 *   `tableOneLatex` print it
 * @throws InvalidArgumentError for variables that the rows do not have, infinities, or an impossible option
 * @example
 * ```ts
 * import { tableOne, tableOneText } from '@steatosis/stats';
 *
 * const rows = [
 *   { grade: 0, age: 48, sex: 'F' }, { grade: 0, age: 44, sex: 'M' }, { grade: 0, age: 55, sex: 'M' },
 *   { grade: 1, age: 61, sex: 'M' }, { grade: 1, age: 58, sex: 'F' }, { grade: 1, age: null, sex: 'M' },
 * ];
 * const table = tableOne(rows, { groupBy: 'grade', tests: false, smd: false });
 * console.log(table.variables[0].missing); // 1
 * const [, , age] = tableOneText(table).split('\n');
 * console.log(age.replaceAll(/ +/g, ' ')); // age 53.2 ± 7.0 49.0 ± 5.6 59.5 ± 2.1 1
 * ```
 */
export function tableOne(rows: TableOneRows, options: TableOneOptions = {}): TableOne {
  checkedTableOptions(options);
  const data = columnsOf(rows);
  const { groupBy, overall = true } = options;
  const groupOf = groupBy === undefined ? undefined : data.get(groupBy, 'groupBy');
  const inTable = Array.from({ length: data.n }, (_, i) => i).filter(
    (i) => groupOf === undefined || groupOf[i] !== undefined,
  );
  const groups =
    groupOf === undefined
      ? []
      : orderedLevels(groupOf, groupBy!, options).map((level) => ({
          name: String(level),
          members: inTable.filter((i) => groupOf[i] === level),
        }));
  checkNames(data.names, options);
  const names = options.variables ?? data.names.filter((name) => name !== groupBy);
  const context: Context = { options, everyone: inTable, groups: groups.map((g) => g.members) };
  const variables = names.map((name) => variableOf(name, data.get(name, 'variables'), context));
  const adjusted = adjust(variables, options);
  const table: Omit<TableOne, 'footnotes'> = {
    ...(groupBy === undefined ? {} : { groupBy: labelOf(groupBy, options) }),
    groups: groups.map(({ name, members }) => ({ name, n: members.length })),
    n: inTable.length,
    withoutGroup: data.n - inTable.length,
    overall,
    showMissing: options.missing !== false && variables.some(({ missing }) => missing > 0),
    variables,
    ...(adjusted === undefined ? {} : { adjust: adjusted }),
  };
  return { ...table, footnotes: footnotesOf(table, options) };
}

interface Context {
  options: TableOneOptions;
  /** Indices of the subjects in the table. */
  everyone: readonly number[];
  /** Indices by group. */
  groups: readonly (readonly number[])[];
}

function variableOf(name: string, all: readonly KnownValue[], context: Context): TableOneVariable {
  const values = context.everyone.map((i) => all[i]);
  const base = {
    name,
    label: labelOf(name, context.options),
    missing: values.filter((value) => value === undefined).length,
  };
  return isCategorical(name, values, context.options)
    ? { ...base, ...categorical(name, all, values, context) }
    : { ...base, ...continuous(name, all, values, context) };
}

function continuous(
  name: string,
  all: readonly KnownValue[],
  values: readonly KnownValue[],
  { options, groups }: Context,
): Omit<ContinuousVariable, 'name' | 'label' | 'missing'> {
  const { nonNormal = [], quantileType = 7, overall = true } = options;
  const samples = groups.map((members) =>
    numbersOf(
      name,
      members.map((i) => all[i]),
    ),
  );
  const everyone = numbersOf(name, values);
  const normalityP =
    nonNormal === 'auto' ? normalityOf(groups.length === 0 ? [everyone] : samples) : undefined;
  const median = nonNormal === 'auto' ? looksNonNormal(normalityP!) : nonNormal.includes(name);
  const kind = median ? 'median' : 'mean';
  const cell = (sample: Float64Array, total: number) =>
    numberCell(kind, sample, total - sample.length, digitsOf(options, name), quantileType);
  return {
    kind,
    ...(normalityP === undefined ? {} : { normalityP }),
    ...(overall ? { overall: cell(everyone, values.length) } : {}),
    cells: samples.map((sample, g) => cell(sample, groups[g].length)),
    ...compared(options, groups, {
      test: () => testNumbers(kind, samples),
      smd: () => differenceOfNumbers(samples),
    }),
  };
}

function categorical(
  name: string,
  all: readonly KnownValue[],
  values: readonly KnownValue[],
  { options, groups }: Context,
): Omit<CategoricalVariable, 'name' | 'label' | 'missing'> {
  const { overall = true } = options;
  const digits = digitsOf(options, name);
  const byGroup = groups.map((members) => members.map((i) => all[i]));
  const levels = orderedLevels(values, name, options).map((level) => ({
    name: String(level),
    ...(overall ? { overall: countCell(values, level, digits) } : {}),
    cells: byGroup.map((group) => countCell(group, level, digits)),
  }));
  const counts = levels.map(({ cells }) => cells.map(({ count }) => count));
  return {
    kind: 'categorical',
    levels,
    ...compared(options, groups, {
      test: () => testShares(counts, options.continuityCorrection ?? false),
      smd: () => differenceOfShares(counts, groups.length),
    }),
  };
}

function compared<Test, Smd>(
  { tests = true, smd = true }: TableOneOptions,
  groups: readonly unknown[],
  compute: { test: () => Test; smd: () => Smd },
): { test?: Test; smd?: Smd } {
  if (groups.length < 2) return {};
  return {
    ...(tests ? { test: compute.test() } : {}),
    ...(smd ? { smd: compute.smd() } : {}),
  };
}

function isCategorical(
  name: string,
  values: readonly KnownValue[],
  { categorical: listed = [], continuous: exempt = [] }: TableOneOptions,
): boolean {
  if (listed.includes(name)) return true;
  const distinct = distinctValues(values);
  const numeric = distinct.every((value) => typeof value === 'number');
  if (exempt.includes(name)) {
    if (numeric) return false;
    throw new InvalidArgumentError('continuous', name, 'a variable of numbers alone');
  }
  return !numeric || (distinct.length > 0 && distinct.length <= 2);
}

function numbersOf(name: string, values: readonly KnownValue[]): Float64Array {
  const numbers = Float64Array.from(values.filter((value) => typeof value === 'number'));
  const infinite = numbers.find((value) => !Number.isFinite(value));
  if (infinite !== undefined) {
    throw new InvalidArgumentError(
      name,
      infinite,
      'finite numbers; NaN or null where one is missing',
    );
  }
  return numbers;
}

function orderedLevels(
  values: readonly KnownValue[],
  name: string,
  { levels = {} }: TableOneOptions,
): Exclude<KnownValue, undefined>[] {
  const found = distinctValues(values);
  const first = Object.hasOwn(levels, name) ? levels[name] : [];
  const place = (value: KnownValue): number => {
    const at = first.indexOf(value);
    return at < 0 ? first.length : at;
  };
  return found.sort((a, b) => place(a) - place(b));
}

function checkNames(known: readonly string[], options: TableOneOptions): void {
  const { variables, categorical: listed, continuous: exempt, nonNormal } = options;
  const named: [string, readonly string[]][] = [
    ['variables', variables ?? []],
    ['categorical', listed ?? []],
    ['continuous', exempt ?? []],
    ['nonNormal', nonNormal === 'auto' ? [] : (nonNormal ?? [])],
    ['levels', Object.keys(options.levels ?? {})],
    ['labels', Object.keys(options.labels ?? {})],
    ['digits', typeof options.digits === 'object' ? Object.keys(options.digits) : []],
  ];
  for (const [option, names] of named) {
    const unknown = names.find((name) => !known.includes(name));
    if (unknown !== undefined) {
      throw new InvalidArgumentError(
        option,
        unknown,
        `a variable of the rows (${known.join(', ')})`,
      );
    }
  }
}

/** @returns the method, if there was a P to adjust */
function adjust(
  variables: readonly TableOneVariable[],
  { adjust: method = 'none' }: TableOneOptions,
): PAdjustment | undefined {
  const tests = variables.flatMap(({ test }) => (test === undefined ? [] : [test]));
  if (method === 'none') return undefined;
  const adjusted = adjustPValues(
    tests.map(({ p }) => p),
    method,
  );
  tests.forEach((test, i) => {
    test.adjustedP = adjusted[i];
    test.adjustedText = formatP(adjusted[i], { undefinedText: NO_VALUE });
  });
  return tests.length === 0 ? undefined : method;
}

function labelOf(name: string, { labels = {} }: TableOneOptions): string {
  return Object.hasOwn(labels, name) ? labels[name] : name;
}
