import type { Reason } from '../reason.js';
import { placements, RunningSum, totalWeights } from './placements.js';
import type { ScoredSample } from './scored-sample.js';

/** AUCs of one or more scores of the same observations, with their covariances. */
export interface AucCovariance {
  aucs: number[];
  /** Between the columns `i` and `j`. */
  covariance: (i: number, j: number) => number;
  /** Between AUC i − AUC j and AUC k − AUC l, without the cancellation of its parts. */
  ofDifferences: (i: number, j: number, k: number, l: number) => number;
  /** Why variances are NaN; absent when they are not. */
  reason?: Reason;
}

/**
 * What each unit (observation, or cluster of them) adds to the error of an AUC: `positives` is Σ w (V₁₀ − θ)/M over its
 * positives, `negatives` is Σ w (V₀₁ − θ)/N over its negatives.
 */
interface Influence {
  positives: Float64Array;
  negatives: Float64Array;
}

/**
 * DeLong's covariance, or Obuchowski's with clusters.
 *
 * With pᵢ, qᵢ the sums of the influence of cluster i's positives and negatives, I₁₀ and I₀₁ the clusters that hold any and I all
 * clusters: cov(a, b) = I₁₀/(I₁₀−1) Σ pᵃpᵇ + I₀₁/(I₀₁−1) Σ qᵃqᵇ + I/(I−1) Σ (pᵃqᵇ + qᵃpᵇ). Observations without clusters
 * are clusters of one, whose mixed term is 0. Weights enter the influence only, which is the linearised (Taylor)
 * variance of a ratio of weighted sums; equal weights change nothing.
 *
 * Sources: DeLong et al. (1988) Biometrics 44:837; Obuchowski (1997) Biometrics 53:567; Binder (1983) Int. Stat. Rev.
 * 51:279 for the linearisation.
 *
 * @param sample with both classes
 * @internal
 */
export function aucCovariance(sample: ScoredSample): AucCovariance {
  const { classes, weights, clusters, columns } = sample;
  const total = totalWeights(classes, weights);
  const units = unitsOf(sample);
  const aucs: number[] = [];
  const influences = columns.map((scores): Influence => {
    const { auc, deviations, unit } = placements(classes, scores, weights);
    aucs.push(auc);
    return units.influence(deviations, unit * total.positives, unit * total.negatives);
  });
  const short = units.withPositives < 2 || units.withNegatives < 2;
  const covarianceOf = (a: Influence, b: Influence) => (short ? Number.NaN : crossed(units, a, b));
  const covariance = (i: number, j: number) => covarianceOf(influences[i], influences[j]);
  const difference = (i: number, j: number) => minus(influences[i], influences[j]);
  const ofDifferences = (i: number, j: number, k: number, l: number) =>
    covarianceOf(difference(i, j), difference(k, l));
  if (!short) return { aucs, covariance, ofDifferences };
  const reason = clusters === undefined ? 'too-few-observations' : 'too-few-clusters';
  return { aucs, covariance, ofDifferences, reason };
}

/** The independent units of a sample. */
interface Units {
  count: number;
  withPositives: number;
  withNegatives: number;
  /** Deviations (times weights) summed in every unit and divided. */
  influence: (
    deviations: Float64Array,
    unitOfPositives: number,
    unitOfNegatives: number,
  ) => Influence;
}

function unitsOf({ classes, weights, clusters, n, positives, negatives }: ScoredSample): Units {
  const count = clusters === undefined ? n : clusters.count;
  const unitOf = (i: number) => (clusters === undefined ? i : clusters.of[i]);
  const influence: Units['influence'] = (deviations, unitOfPositives, unitOfNegatives) => {
    const sums = { positives: new Float64Array(count), negatives: new Float64Array(count) };
    for (let i = 0; i < n; i++) {
      const deviation = weights === undefined ? deviations[i] : weights[i] * deviations[i];
      (classes[i] === 1 ? sums.positives : sums.negatives)[unitOf(i)] += deviation;
    }
    for (let k = 0; k < count; k++) {
      sums.positives[k] /= unitOfPositives;
      sums.negatives[k] /= unitOfNegatives;
    }
    return sums;
  };
  if (clusters === undefined) {
    return { count, withPositives: positives, withNegatives: negatives, influence };
  }
  const holds = [new Uint8Array(count), new Uint8Array(count)];
  for (let i = 0; i < n; i++) holds[classes[i]][clusters.of[i]] = 1;
  const [withNegatives, withPositives] = holds.map((marks) => marks.filter((m) => m === 1).length);
  return { count, withPositives, withNegatives, influence };
}

/**
 * The covariance as I/(I−1) Σ (pᵃ+qᵃ)(pᵇ+qᵇ) and what the factors of the two classes are above I/(I−1): for variances
 * all three terms are ≥ 0, so that nothing cancels.
 */
function crossed({ count, withPositives, withNegatives }: Units, a: Influence, b: Influence) {
  const both = new RunningSum();
  const ofPositives = new RunningSum();
  const ofNegatives = new RunningSum();
  for (let k = 0; k < count; k++) {
    const pa = a.positives[k];
    const pb = b.positives[k];
    const qa = a.negatives[k];
    const qb = b.negatives[k];
    both.add((pa + qa) * (pb + qb));
    ofPositives.add(pa * pb);
    ofNegatives.add(qa * qb);
  }
  const excess = (members: number) => (count - members) / ((members - 1) * (count - 1));
  return (
    (count / (count - 1)) * both.total() +
    excess(withPositives) * ofPositives.total() +
    excess(withNegatives) * ofNegatives.total()
  );
}

function minus(a: Influence, b: Influence): Influence {
  return {
    positives: a.positives.map((value, k) => value - b.positives[k]),
    negatives: a.negatives.map((value, k) => value - b.negatives[k]),
  };
}
