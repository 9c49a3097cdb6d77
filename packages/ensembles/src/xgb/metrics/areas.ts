import type { Metric, ScoredRows } from './metric.js';

/** What ranks by one score: descending, and how much of each class has come up to each distinct score. */
interface Ranking {
  scores: Float32Array;
  isPositive: (row: number) => number;
  weights: Float32Array | undefined;
}

/** Area under a curve of a ranking, not yet divided, and the weights of both classes. */
interface Area {
  area: number;
  negatives: number;
  positives: number;
}

/**
 * Area under the ROC curve; of several classes the mean of one against the rest, weighted by the classes' shares, as
 * XGBoost has it. NaN where a class is missing.
 */
export function rocArea(): Metric {
  return {
    name: 'auc',
    maximise: true,
    outputs: 'any',
    evaluate: (rows) =>
      rows.outputs === 1 ? normalised(rocOf(oneScore(rows))) : oneVersusRest(rows),
  };
}

/**
 * Area under the precision–recall curve of two classes, by the interpolation of Davis and Goadrich 2006
 * (doi:10.1145/1143844.1143874). NaN where a class is missing.
 */
export function precisionRecallArea(): Metric {
  return {
    name: 'aucpr',
    maximise: true,
    outputs: 'one',
    evaluate: (rows) => {
      const ranking = oneScore(rows);
      const { negatives, positives } = rocOf(ranking);
      if (negatives <= 0 || positives <= 0) return Number.NaN;
      return Math.min(precisionRecallOf(ranking, positives), 1);
    },
  };
}

function oneScore({ predictions, labels, weights }: ScoredRows): Ranking {
  return { scores: predictions, isPositive: (row) => labels[row], weights };
}

function normalised({ area, negatives, positives }: Area): number {
  const whole = negatives * positives;
  return whole > 0 ? area / whole : Number.NaN;
}

function oneVersusRest({ predictions, outputs, labels, weights }: ScoredRows): number {
  let sum = 0;
  let total = 0;
  for (let k = 0; k < outputs; k++) {
    const found = rocOf({
      scores: labels.map((_, row) => predictions[row * outputs + k]),
      isPositive: (row) => (labels[row] === k ? 1 : 0),
      weights,
    });
    sum += normalised(found) * found.positives;
    total += found.positives;
  }
  return sum / total;
}

function rocOf(ranking: Ranking): Area {
  let area = 0;
  let negatives = 0;
  let positives = 0;
  walk(ranking, (before, now) => {
    area += ((now.negatives - before.negatives) * (now.positives + before.positives)) / 2;
    ({ negatives, positives } = now);
  });
  return { area, negatives, positives };
}

function precisionRecallOf(ranking: Ranking, total: number): number {
  let sum = 0;
  walk(ranking, (before, now) => {
    const recallBefore = before.positives / total;
    const recall = now.positives / total;
    // Precision on the way is recall / (a · recall + b).
    let a = 1;
    let b = 0;
    if (now.positives !== before.positives) {
      const slope = (now.negatives - before.negatives) / (now.positives - before.positives);
      a = 1 + slope;
      b = (before.negatives - slope * before.positives) / total;
    }
    const logarithms = b === 0 ? 0 : (b / a) * Math.log((a * recall + b) / (a * recallBefore + b));
    sum += (recall - recallBefore - logarithms) / a;
  });
  return sum;
}

type Counts = { negatives: number; positives: number };

/** Visit the steps of a ranking: one per distinct score, the greatest first. */
function walk(
  { scores, isPositive, weights }: Ranking,
  visit: (before: Counts, now: Counts) => void,
): void {
  const order = Uint32Array.from(scores.keys()).sort((a, b) => scores[b] - scores[a]);
  let before = { negatives: 0, positives: 0 };
  const now = { negatives: 0, positives: 0 };
  for (let i = 0; i < order.length; i++) {
    const row = order[i];
    const weight = weights ? weights[row] : 1;
    const positive = isPositive(row);
    now.positives += positive * weight;
    now.negatives += (1 - positive) * weight;
    if (i + 1 === order.length || scores[order[i + 1]] !== scores[row]) {
      visit(before, now);
      before = { ...now };
    }
  }
}
