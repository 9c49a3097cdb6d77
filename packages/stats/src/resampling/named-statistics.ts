import { checkedLabels } from '../checks.js';
import { coefficientOf } from '../correlation/coefficient.js';
import { plainCoefficient } from '../correlation/plain-coefficient.js';
import { quantileOfSorted } from '../descriptive/quantiles.js';
import { centre, meanOf } from '../numeric/centre.js';
import { dot } from '../numeric/sum.js';
import type { Interval } from '../reason.js';
import { aucOfResamples } from '../roc/auc-resamples.js';
import { midRankScores } from './mid-rank-scores.js';
import type { StatisticOfObservations } from './replicates.js';

/** Statistics that are known by name; they can be computed by workers. */
export type NamedStatistic =
  | 'mean'
  | 'median'
  | 'variance'
  | 'standardDeviation'
  | 'meanDifference'
  | 'medianDifference'
  | 'pairedMeanDifference'
  | 'pearson'
  | 'spearman'
  | 'auc'
  | 'aucDifference';

/** Columns by name. */
export type FloatColumns = Readonly<Record<string, Float64Array>>;

/** A statistic by name. */
export interface StatisticDefinition {
  /** The columns that it takes. */
  columns: readonly string[];
  words: string;
  /** Where it can lie. */
  range: Interval;
  /** Whether infinities have a place in it, as in ranks. */
  ranks?: boolean;
  /** Column of which a permutation changes the order, or two columns whose values are exchanged within an observation. */
  permuted?: string | readonly [string, string];
  prepared: (columns: FloatColumns) => StatisticOfObservations;
}

const ANYWHERE: Interval = [-Infinity, Infinity];

/** @internal */
export const NAMED_STATISTICS: Readonly<Record<NamedStatistic, StatisticDefinition>> = {
  mean: {
    columns: ['x'],
    words: 'mean',
    range: ANYWHERE,
    prepared: ({ x }) => ofValues(x, meanOf),
  },
  median: {
    columns: ['x'],
    words: 'median',
    range: ANYWHERE,
    prepared: ({ x }) => ofValues(x, medianOf),
  },
  variance: {
    columns: ['x'],
    words: 'variance',
    range: [0, Infinity],
    prepared: ({ x }) => ofValues(x, (values) => deviationOf(values) ** 2),
  },
  standardDeviation: {
    columns: ['x'],
    words: 'standard deviation',
    range: [0, Infinity],
    prepared: ({ x }) => ofValues(x, deviationOf),
  },
  meanDifference: {
    columns: ['labels', 'values'],
    words: 'difference of the means of labels 1 and 0',
    range: ANYWHERE,
    permuted: 'labels',
    prepared: ({ labels, values }) => ofGroups(labels, values, meanOf),
  },
  medianDifference: {
    columns: ['labels', 'values'],
    words: 'difference of the medians of labels 1 and 0',
    range: ANYWHERE,
    permuted: 'labels',
    prepared: ({ labels, values }) => ofGroups(labels, values, medianOf),
  },
  pairedMeanDifference: {
    columns: ['x', 'y'],
    words: 'mean of x − y',
    range: ANYWHERE,
    permuted: ['x', 'y'],
    prepared: ({ x, y }) =>
      ofValues(
        x.map((value, i) => value - y[i]),
        meanOf,
      ),
  },
  pearson: {
    columns: ['x', 'y'],
    words: "Pearson's r",
    range: [-1, 1],
    permuted: 'y',
    prepared: ({ x, y }) => ofPairs(x, y),
  },
  spearman: {
    columns: ['x', 'y'],
    words: "Spearman's rho",
    range: [-1, 1],
    ranks: true,
    permuted: 'y',
    prepared({ x, y }) {
      const [u, v] = [midRankScores(x), midRankScores(y)];
      return (observations) => correlationOf(u(observations), v(observations));
    },
  },
  auc: {
    columns: ['labels', 'scores'],
    words: 'AUC',
    range: [0, 1],
    ranks: true,
    permuted: 'labels',
    prepared: ({ labels, scores }) => aucOfResamples(checkedLabels('labels', labels), scores),
  },
  aucDifference: {
    columns: ['labels', 'scoresA', 'scoresB'],
    words: 'difference of the AUCs of scoresA and scoresB',
    range: [-1, 1],
    ranks: true,
    prepared({ labels, scoresA, scoresB }) {
      const classes = checkedLabels('labels', labels);
      const [a, b] = [aucOfResamples(classes, scoresA), aucOfResamples(classes, scoresB)];
      return (observations) => a(observations) - b(observations);
    },
  },
};

function ofValues(
  x: Float64Array,
  statistic: (values: Float64Array) => number,
): StatisticOfObservations {
  return (observations) => statistic(gathered(x, observations));
}

function ofGroups(
  labels: Float64Array,
  values: Float64Array,
  statistic: (values: Float64Array) => number,
): StatisticOfObservations {
  const classes = checkedLabels('labels', labels);
  return (observations) => {
    const ofClass = (label: number) =>
      statistic(
        gathered(
          values,
          observations.filter((i) => classes[i] === label),
        ),
      );
    return ofClass(1) - ofClass(0);
  };
}

function ofPairs(x: Float64Array, y: Float64Array): StatisticOfObservations {
  return (observations) => {
    const a = gathered(x, observations);
    const b = gathered(y, observations);
    const coefficient = plainCoefficient(a, b);
    if (coefficient !== undefined) return coefficient.r;
    const [u, v] = [centre(a), centre(b)];
    return u.scale === 0 || v.scale === 0
      ? Number.NaN
      : coefficientOf(u.deviations, v.deviations).r;
  };
}

/** Of mid-ranks about their mean. */
function correlationOf(u: Float64Array, v: Float64Array): number {
  const isFlat = (ranks: Float64Array) => ranks.every((rank) => rank === 0);
  return isFlat(u) || isFlat(v) ? Number.NaN : coefficientOf(u, v).r;
}

/** @internal */
export function gathered(values: Float64Array, observations: Uint32Array): Float64Array {
  const found = new Float64Array(observations.length);
  for (let k = 0; k < found.length; k++) found[k] = values[observations[k]];
  return found;
}

function medianOf(values: Float64Array): number {
  return values.length === 0 ? Number.NaN : quantileOfSorted(values.sort(), 0.5, 7);
}

/** With n − 1; NaN of a single value. */
function deviationOf(values: Float64Array): number {
  if (values.length < 2) return Number.NaN;
  const { deviations, scale } = centre(values);
  return Math.sqrt(dot(deviations, deviations) / (values.length - 1)) * scale;
}
