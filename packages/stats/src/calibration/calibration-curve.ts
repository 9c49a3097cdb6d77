import { InvalidArgumentError } from '@steatosis/core';
import { checkedChoice } from '../alternative.js';
import { checkedLevel, checkedOptions, type Numbers } from '../checks.js';
import {
  proportionInterval,
  type ProportionIntervalOptions,
} from '../proportions/proportion-interval.js';
import { compensatedSum } from '../numeric/sum.js';
import type { Interval, NanPolicy, Reason } from '../reason.js';
import { type Binning, binTotals, quantileBins, uniformBins } from './binning.js';
import { checkedObservations, countPositives, type Observations } from './observations.js';

/** Options of {@link calibrationCurve}. */
export interface CalibrationCurveOptions {
  /** How many bins, 1 … 1e6. Default 10. */
  bins?: number;
  /** `'uniform'` (default): bins of equal width from 0 to 1. `'quantile'`: bins of equal count, where ties allow. */
  strategy?: 'uniform' | 'quantile';
  /** Kind of interval of the observed frequencies. Default `'wilson'`. */
  intervalMethod?: NonNullable<ProportionIntervalOptions['method']>;
  /** Confidence level of the intervals, between 0 and 1. Default 0.95. */
  level?: number;
  /** What to do with NaN probabilities. Default `'propagate'`. */
  nanPolicy?: NanPolicy;
}

/** One bin of probabilities that is not empty. */
export interface CalibrationBin {
  /** Its position among all bins, from 0. */
  index: number;
  /** Probabilities above this belong to it (from this on, in the first bin). */
  lower: number;
  /** Probabilities up to this belong to it. */
  upper: number;
  n: number;
  positives: number;
  meanProbability: number;
  /** positives / n */
  observedFrequency: number;
  /** Interval of the observed frequency. */
  interval: Interval;
}

/** Observed against predicted frequencies, ready for plotting. */
export interface CalibrationCurve {
  /** Those that hold observations, rising. */
  bins: CalibrationBin[];
  /** Expected calibration error: mean distance of observed frequency and mean probability, weighted by n. */
  ece: number;
  /** Maximum calibration error: the greatest of these distances. */
  mce: number;
  /** Mean squared distance, weighted by n (Murphy 1973); 0 is best. */
  reliability: number;
  /** How far the bins' frequencies differ from the prevalence, squared and weighted by n; more is better. */
  resolution: number;
  /** π(1 − π) with the prevalence π. */
  uncertainty: number;
  /**
   * What probabilities that differ within a bin add: Brier score = reliability − resolution + uncertainty +
   * withinBins (Stephenson, Coelho and Jolliffe 2008).
   */
  withinBins: number;
  n: number;
  level: number;
  method: string;
  reason?: Reason;
}

/**
 * The calibration curve (reliability diagram) with expected and maximum calibration error and the parts of the Brier
 * score.
 *
 * Bins are (lower, upper], the first one closed; both errors depend on this choice, so state it. Empty bins are left out.
 *
 * @param labels 0 or 1 for each observation
 * @param probabilities of label 1, 0 … 1
 * @returns no bin and NaN with a `reason` for no observation or NaN (see `nanPolicy`)
 * @throws InvalidArgumentError for arrays of different length, other labels, impossible probabilities or options
 * @example
 * ```ts
 * import { calibrationCurve } from '@steatosis/stats';
 *
 * const curve = calibrationCurve([0, 0, 1, 0, 1, 1], [0.1, 0.2, 0.3, 0.6, 0.7, 0.9], { bins: 2 });
 * console.log(curve.bins.map(({ meanProbability }) => meanProbability.toFixed(2))); // [ '0.20', '0.73' ]
 * console.log(curve.bins.map(({ observedFrequency }) => observedFrequency.toFixed(2))); // [ '0.33', '0.67' ]
 * console.log(curve.ece.toFixed(3), curve.mce.toFixed(3)); // 0.100 0.133
 * ```
 */
export function calibrationCurve(
  labels: Numbers,
  probabilities: Numbers,
  options: CalibrationCurveOptions = {},
): CalibrationCurve {
  checkedOptions(options, ['bins', 'strategy', 'intervalMethod', 'level', 'nanPolicy']);
  const level = checkedLevel(options.level);
  const count = checkedBins('bins', options.bins ?? 10);
  const strategy = checkedChoice('strategy', options.strategy ?? 'uniform', [
    'uniform',
    'quantile',
  ]);
  const intervalMethod = options.intervalMethod ?? 'wilson';
  const { method } = proportionInterval(0, 0, { method: intervalMethod, level });
  const common = {
    level,
    method: `${count} ${strategy} bins (lower, upper], the first one closed; ${method}`,
  };
  const kept = checkedObservations(labels, probabilities, options.nanPolicy);
  const n = kept === 'nan' ? labels.length : kept.labels.length;
  if (kept === 'nan' || n === 0) {
    const { NaN: nan } = Number;
    return {
      bins: [],
      ece: nan,
      mce: nan,
      reliability: nan,
      resolution: nan,
      uncertainty: nan,
      withinBins: nan,
      n,
      ...common,
      reason: kept === 'nan' ? 'nan-input' : 'too-few-observations',
    };
  }
  const binning =
    strategy === 'uniform'
      ? uniformBins(kept.probabilities, count)
      : quantileBins(kept.probabilities, count);
  const bins = describedBins(binning, kept, intervalMethod, level);
  return { bins, ...summary(bins, binning, kept), n, ...common };
}

/** @throws InvalidArgumentError unless it is a whole number of 1 … 1e6 */
export function checkedBins(name: string, bins: number): number {
  if (!Number.isInteger(bins) || bins < 1 || bins > 1e6) {
    throw new InvalidArgumentError(name, bins, 'a whole number of 1 … 1e6');
  }
  return bins;
}

function describedBins(
  binning: Binning,
  kept: Observations,
  method: NonNullable<ProportionIntervalOptions['method']>,
  level: number,
): CalibrationBin[] {
  const described: CalibrationBin[] = [];
  binTotals(binning, kept.labels, kept.probabilities).forEach((total, index) => {
    if (total.n === 0) return;
    const { estimate, interval } = proportionInterval(total.positives, total.n, { method, level });
    described.push({
      index,
      lower: binning.edges[index],
      upper: binning.edges[index + 1],
      n: total.n,
      positives: total.positives,
      meanProbability: total.expected / total.n,
      observedFrequency: estimate,
      interval,
    });
  });
  return described;
}

function summary(bins: CalibrationBin[], binning: Binning, kept: Observations) {
  const n = kept.labels.length;
  const prevalence = countPositives(kept.labels) / n;
  const parts = { ece: 0, mce: 0, reliability: 0, resolution: 0 };
  for (const bin of bins) {
    const gap = Math.abs(bin.observedFrequency - bin.meanProbability);
    const share = bin.n / n;
    parts.ece += share * gap;
    parts.mce = Math.max(parts.mce, gap);
    parts.reliability += share * gap * gap;
    parts.resolution += share * (bin.observedFrequency - prevalence) ** 2;
  }
  return {
    ...parts,
    // A mean does not exceed the maximum, whatever its rounding.
    ece: Math.min(parts.ece, parts.mce),
    uncertainty: prevalence * (1 - prevalence),
    withinBins: withinBins(bins, binning, kept),
  };
}

/** Mean of (p − p̄)² − 2 (y − ȳ)(p − p̄) about each bin's means. */
function withinBins(bins: CalibrationBin[], binning: Binning, kept: Observations): number {
  const probability = new Float64Array(binning.edges.length - 1);
  const frequency = new Float64Array(probability.length);
  for (const { index, meanProbability, observedFrequency } of bins) {
    probability[index] = meanProbability;
    frequency[index] = observedFrequency;
  }
  const terms = kept.probabilities.map((p, i) => {
    const bin = binning.bins[i];
    const distance = p - probability[bin];
    return distance * (distance - 2 * (kept.labels[i] - frequency[bin]));
  });
  return compensatedSum(terms) / terms.length;
}
