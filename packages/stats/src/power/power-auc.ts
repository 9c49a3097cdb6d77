import { InvalidArgumentError } from '@steatosis/core';
import { type Alternative, checkedChoice } from '../alternative.js';
import { checkedLevel, checkedOptions } from '../checks.js';
import { zOf } from '../roc/auc-interval.js';
import { normalQuantile, normalUpper } from '../special/normal.js';
import { type AucVariance, aucVariance } from './auc-variance.js';
import { leastSize } from './least-size.js';
import {
  checkedPlanning,
  checkedPositive,
  checkedPower,
  checkedSize,
  openShare,
  type PlanningOptions,
  type SampleSizeOptions,
  tailOf,
  towards,
} from './planning.js';

/** What the planning of an AUC takes. */
export interface AucDesign {
  /** The AUC that is assumed, between 0 and 1. */
  auc: number;
  /** The AUC that the test wants to reject, between 0 and 1. Default 0.5. */
  nullAuc?: number;
  /**
   * The variance that is assumed. `'obuchowski'`: of normally distributed scores; `'hanley-mcneil'`: of exponential ones. Default the
   * first for a power, the second for a half-width.
   */
  variance?: AucVariance;
}

/** The power of a test of an AUC. */
export interface AucPower {
  /** Probability of rejecting that the AUC is `nullAuc`. */
  power: number;
  positives: number;
  negatives: number;
  auc: number;
  nullAuc: number;
  significance: number;
  alternative: Alternative;
  method: string;
}

/** How many subjects an AUC needs. */
export interface AucSampleSize {
  positives: number;
  negatives: number;
  /** Both together. */
  n: number;
  /** The number of positives at which the target is met exactly; `positives` is the whole number above. */
  exactPositives: number;
  auc: number;
  /** Power with these numbers, where a power was asked for. */
  power?: number;
  nullAuc?: number;
  significance?: number;
  alternative?: Alternative;
  /** Half the width of the Wald interval with these numbers, where a half-width was asked for. */
  halfWidth?: number;
  level?: number;
  method: string;
}

const WORDS: Readonly<Record<AucVariance, string>> = {
  obuchowski: 'Obuchowski and McClish (1997)',
  'hanley-mcneil': 'Hanley and McNeil (1982)',
};

/**
 * The power of a test of one AUC against a fixed value, 0.5 unless told otherwise.
 *
 * Φ((|θ − θ₀| − z √V(θ₀))/√V(θ)) with the variance of an estimated AUC under either. Sources: Obuchowski and McClish (1997, Stat. Med.
 * 16:1529) as R's `pROC::power.roc.test` has it; Hanley and McNeil (1982, Radiology 143:29).
 *
 * @param design `auc`, `positives` and `negatives` (1 or more), `nullAuc`, `variance`, `significance`, `alternative`
 * @throws InvalidArgumentError for values outside their range or unknown keys
 * @example
 * ```ts
 * import { powerAuc } from '@steatosis/stats';
 *
 * console.log(powerAuc({ auc: 0.7, positives: 12, negatives: 38 }).power.toFixed(3)); // 0.575
 * ```
 */
export function powerAuc(
  design: PlanningOptions & AucDesign & { positives: number; negatives: number },
): AucPower {
  checkedOptions(design, [
    'auc',
    'positives',
    'negatives',
    'nullAuc',
    'variance',
    'significance',
    'alternative',
  ]);
  const { significance, alternative } = checkedPlanning(design);
  const { auc, nullAuc, kind } = checkedAreas(design, 'obuchowski');
  const positives = checkedSize('positives', design.positives, 1);
  const negatives = checkedSize('negatives', design.negatives, 1);
  const plan = { auc, nullAuc, kind, significance, alternative };
  return {
    power: powerAt(plan, positives, negatives),
    positives,
    negatives,
    auc,
    nullAuc,
    significance,
    alternative,
    method: `power of a test of an AUC, variance by ${WORDS[kind]}`,
  };
}

/**
 * How many positives and negatives an AUC needs: for a power against `nullAuc`, or for an interval that is narrow enough.
 *
 * Sources as {@link powerAuc}; the interval is AUC ± z √V.
 *
 * @param design `auc`; `power` (default 0.8) with `nullAuc`, `significance` and `alternative`, or `halfWidth` with `level`; `ratio` negatives
 *   per positive (default 1); `variance`
 * @throws InvalidArgumentError for values outside their range, unknown keys, a power and a half-width at once, or an area that the test
 *   cannot find
 * @example
 * ```ts
 * import { sampleSizeAuc } from '@steatosis/stats';
 *
 * const byPower = sampleSizeAuc({ auc: 0.7, power: 0.8, ratio: 3 });
 * console.log(byPower.positives, byPower.negatives); // 21 62
 * const byWidth = sampleSizeAuc({ auc: 0.8, halfWidth: 0.05 });
 * console.log(byWidth.positives, byWidth.negatives, byWidth.halfWidth?.toFixed(4)); // 151 151 0.0500
 * ```
 */
export function sampleSizeAuc(
  design: SampleSizeOptions & AucDesign & { ratio?: number; halfWidth?: number; level?: number },
): AucSampleSize {
  checkedOptions(design, [
    'auc',
    'power',
    'halfWidth',
    'level',
    'ratio',
    'nullAuc',
    'variance',
    'significance',
    'alternative',
  ]);
  const ratio = checkedPositive('ratio', design.ratio ?? 1);
  const { halfWidth, level } = design;
  if (halfWidth === undefined) {
    refuse({ level }, 'unless halfWidth is given');
    return sizeForPower(design, ratio);
  }
  const { power, nullAuc, significance, alternative } = design;
  refuse({ power, nullAuc, significance, alternative }, 'beside halfWidth');
  return sizeForWidth(design, ratio, checkedPositive('halfWidth', halfWidth));
}

function refuse(values: Record<string, unknown>, when: string): void {
  for (const name of Object.keys(values)) {
    if (values[name] !== undefined) {
      throw new InvalidArgumentError(name, values[name], `nothing, ${when}`);
    }
  }
}

function sizeForPower(design: SampleSizeOptions & AucDesign, ratio: number): AucSampleSize {
  const { significance, alternative } = checkedPlanning(design);
  const wanted = checkedPower(design.power, significance);
  const { auc, nullAuc, kind } = checkedAreas(design, 'obuchowski');
  const plan = { auc, nullAuc, kind, significance, alternative };
  const excess = (m: number) => powerAt(plan, m, ratio * m) - wanted;
  const { whole, fraction } = leastSize(excess, 1, { name: 'auc', value: auc });
  const negatives = Math.ceil(ratio * fraction - 1e-9);
  return {
    positives: whole,
    negatives,
    n: whole + negatives,
    exactPositives: fraction,
    auc,
    power: powerAt(plan, whole, negatives),
    nullAuc,
    significance,
    alternative,
    method: `sample size for the power of a test of an AUC, variance by ${WORDS[kind]}`,
  };
}

function sizeForWidth(
  design: AucDesign & { level?: number },
  ratio: number,
  wanted: number,
): AucSampleSize {
  const level = checkedLevel(design.level);
  const { auc, kind } = checkedAreas(design, 'hanley-mcneil');
  const widthAt = (positives: number, negatives: number) =>
    zOf(level) * Math.sqrt(aucVariance(kind, auc, positives, negatives));
  const excess = (m: number) => wanted - widthAt(m, ratio * m);
  const { whole, fraction } = leastSize(excess, 1, { name: 'halfWidth', value: wanted });
  const negatives = Math.ceil(ratio * fraction - 1e-9);
  return {
    positives: whole,
    negatives,
    n: whole + negatives,
    exactPositives: fraction,
    auc,
    halfWidth: widthAt(whole, negatives),
    level,
    method: `sample size for the width of the Wald interval of an AUC, variance by ${WORDS[kind]}`,
  };
}

interface AucPlan {
  auc: number;
  nullAuc: number;
  kind: AucVariance;
  significance: number;
  alternative: Alternative;
}

function powerAt(plan: AucPlan, positives: number, negatives: number): number {
  const { auc, nullAuc, kind, significance, alternative } = plan;
  const spread = (area: number) => Math.sqrt(aucVariance(kind, area, positives, negatives));
  const z = -normalQuantile(tailOf(significance, alternative));
  return normalUpper((z * spread(nullAuc) - towards(auc - nullAuc, alternative)) / spread(auc));
}

function checkedAreas({ auc, nullAuc = 0.5, variance }: AucDesign, byDefault: AucVariance) {
  return {
    auc: openShare('auc', auc),
    nullAuc: openShare('nullAuc', nullAuc),
    kind: checkedChoice('variance', variance ?? byDefault, ['obuchowski', 'hanley-mcneil']),
  };
}
