import { InvalidArgumentError } from '@steatosis/core';
import { lookup } from '../lookup.js';
import { checkedOptions } from '../options.js';

/** PDFF limits between the grades of steatosis, and where they come from. */
export interface SteatosisThresholds {
  /** PDFF in % from which on the grade is at least 1, 2 and 3; ascending. */
  percent: readonly [grade1: number, grade2: number, grade3: number];
  /** Whether a PDFF that equals a limit lies below it (`>` in the source) or not (`≥`). */
  above: boolean;
  /** Publication and population. */
  source: string;
}

/** Published sets of limits, by first author and year. */
export type SteatosisThresholdsName = 'tang2013' | 'kuhn2017';

/**
 * Published PDFF limits for steatosis grades. They were found in different people with different
 * references and disagree by up to 6 percentage points: report which were used.
 */
export const steatosisThresholds = {
  /** By NASH CRN histology of 77 patients with NAFLD: AUC 0.989, 0.825 and 0.893. */
  tang2013: {
    percent: [6.4, 17.4, 22.1],
    above: false,
    source: 'Tang et al., Radiology 2013;267:422 (biopsy, 77 patients with NAFLD)',
  },
  /** Applied to 2561 people of the general population after an earlier calibration by histology. */
  kuhn2017: {
    percent: [5.1, 14.1, 28],
    above: true,
    source: 'Kühn et al., Radiology 2017;284:706 (general population, calibrated by histology)',
  },
} as const satisfies Record<SteatosisThresholdsName, SteatosisThresholds>;

/** Settings of {@link steatosisGrade}. */
export interface SteatosisGradeOptions {
  /** A published set by name, or limits of your own. Default `'tang2013'`. */
  thresholds?: SteatosisThresholdsName | SteatosisThresholds | undefined;
}

/**
 * Grade of steatosis 0 … 3 that published limits give for the mean PDFF of a liver or segment.
 *
 * The limits estimate a histological grade, which counts the share of cells with fat droplets: 33 % of the
 * cells is not a PDFF of 33 %. Single patients differ, by two grades or more in some percent of them.
 * Research software, not a diagnosis.
 *
 * @param pdffPercent mean PDFF in %
 * @throws InvalidArgumentError when the PDFF is not finite or the limits do not ascend
 * @example
 * ```ts
 * import { steatosisGrade } from '@steatosis/io';
 *
 * console.log(steatosisGrade(15)); // 1
 * console.log(steatosisGrade(15, { thresholds: 'kuhn2017' })); // 2
 * ```
 */
export function steatosisGrade(
  pdffPercent: number,
  options: SteatosisGradeOptions = {},
): 0 | 1 | 2 | 3 {
  checkedOptions('steatosisGrade', options, ['thresholds']);
  const { percent, above } = resolveThresholds(options.thresholds);
  if (!Number.isFinite(pdffPercent)) {
    throw new InvalidArgumentError('pdffPercent', pdffPercent, 'a finite PDFF in %');
  }
  const [first, second, third] = percent.map((limit) =>
    above ? pdffPercent > limit : pdffPercent >= limit,
  );
  return third ? 3 : second ? 2 : first ? 1 : 0;
}

/** Limits by name or as they are, checked. */
export function resolveThresholds(
  thresholds: SteatosisGradeOptions['thresholds'] = 'tang2013',
): SteatosisThresholds {
  if (typeof thresholds === 'string') {
    const known = lookup<SteatosisThresholds>(steatosisThresholds, thresholds);
    if (known !== undefined) return known;
    const names = Object.keys(steatosisThresholds).join(', ');
    throw new InvalidArgumentError('thresholds', thresholds, `one of ${names}, or limits`);
  }
  const { percent, above, source } = thresholds ?? {};
  const [a, b, c] = percent ?? [];
  const ascending = percent?.length === 3 && percent.every(Number.isFinite) && a < b && b < c;
  if (!ascending || typeof above !== 'boolean' || typeof source !== 'string') {
    throw new InvalidArgumentError(
      'thresholds',
      thresholds,
      '{ percent: three ascending PDFF values in %, above: true or false, source: text }',
    );
  }
  return thresholds;
}
