import type { PAdjustment } from '../multiple-testing/adjust-p-values.js';
import { LEAST_NORMAL_P } from './normality.js';
import type { TableOneOptions } from './options.js';
import type { TableOne } from './table-one-result.js';

/** What a reader must know about the numbers of a table. */
export function footnotesOf(
  { variables, withoutGroup, groupBy, groups, adjust }: Omit<TableOne, 'footnotes'>,
  { quantileType = 7, nonNormal }: TableOneOptions,
): string[] {
  const kinds = new Set(variables.map(({ kind }) => kind));
  const shown = [
    ...(kinds.has('mean') ? ['mean ± SD'] : []),
    ...(kinds.has('median') ? [`median [Q1, Q3] (quartiles of type ${quantileType})`] : []),
    ...(kinds.has('categorical') ? ['n (% of known values)'] : []),
  ];
  const withSmd = variables.some(({ smd }) => smd !== undefined);
  const tested = variables.filter(({ test }) => Number.isFinite(test?.p)).length;
  const undefinedTests = variables.filter(({ test }) => test?.reason !== undefined);
  return [
    ...(shown.length === 0 ? [] : [`Values are ${inWords(shown)}.`]),
    ...(nonNormal === 'auto' && kinds.has('median')
      ? [
          `Medians where P of Shapiro and Wilk's test is below ${LEAST_NORMAL_P}${groups.length === 0 ? '' : ' in a group'}.`,
        ]
      : []),
    ...(withoutGroup === 0 ? [] : [`${withoutGroup} left out because ${groupBy} is missing.`]),
    ...(withSmd
      ? [
          `SMD: standardised mean difference${groups.length > 2 ? ', mean over all pairs of groups' : ''}.`,
        ]
      : []),
    ...(adjust === undefined
      ? []
      : [`Adjusted P: ${ADJUSTMENTS[adjust]}, for ${tested} ${tested === 1 ? 'test' : 'tests'}.`]),
    ...variables
      .filter(({ test }) => test?.inPlaceOfExact)
      .map(
        ({ label }) =>
          `${label}: χ² although counts below 5 are expected, as the table is too large for the exact test.`,
      ),
    ...undefinedTests.map(({ label, test }) => `${label}: no P (${test!.reason}).`),
  ];
}

const ADJUSTMENTS: Readonly<Record<PAdjustment, string>> = {
  bonferroni: 'Bonferroni',
  holm: 'Holm',
  hochberg: 'Hochberg',
  hommel: 'Hommel',
  sidak: 'Šidák',
  'holm-sidak': 'Holm–Šidák',
  bh: 'Benjamini–Hochberg',
  by: 'Benjamini–Yekutieli',
};

function inWords(parts: readonly string[]): string {
  const last = parts.at(-1)!;
  return parts.length === 1 ? last : `${parts.slice(0, -1).join(', ')} or ${last}`;
}
