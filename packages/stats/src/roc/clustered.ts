import { doubledRanks } from '../correlation/ranks.js';
import type { Reason } from '../reason.js';
import type { Separation } from './separation.js';

/** AUC with its variance between clusters. */
export interface ClusteredSeparation extends Separation {
  clusters: number;
  reason?: Reason;
}

/**
 * AUC and its variance where observations of one cluster (ROIs of one patient) are not independent.
 *
 * Source: Obuchowski (1997) Biometrics 53:567. With V₁₀ᵢ., V₀₁ᵢ. the sums of the placement values in cluster i that
 * holds mᵢ positives and nᵢ negatives, I₁₀ and I₀₁ the clusters that hold any, I all clusters:
 * S₁₀ = I₁₀/((I₁₀−1)M) Σ(V₁₀ᵢ. − mᵢθ)², S₀₁ likewise, S₁₁ = I/(I−1) Σ(V₁₀ᵢ. − mᵢθ)(V₀₁ᵢ. − nᵢθ), and
 * var = S₁₀/M + S₀₁/N + 2 S₁₁/(MN). Clusters of one make it DeLong's.
 *
 * @param clusters the cluster of each observation: anything that can be compared, as a patient's number or name
 * @internal
 */
export function clusteredSeparation(
  labels: Uint8Array,
  scores: Float64Array,
  clusters: ArrayLike<number | string>,
): ClusteredSeparation {
  const inAll = doubledRanks(scores);
  const inClass = ranksWithinClass(labels, scores);
  const positives = labels.reduce((count, label) => count + label, 0);
  const negatives = labels.length - positives;
  let twiceWon = 0;
  for (let i = 0; i < labels.length; i++) {
    if (labels[i] === 1) twiceWon += inAll[i] - inClass[i];
  }
  const auc = twiceWon / (2 * positives * negatives);
  const groups = new Map<number | string, Group>();
  for (let i = 0; i < labels.length; i++) {
    const group = groups.get(clusters[i]) ?? { positives: 0, negatives: 0, won: 0, lost: 0 };
    groups.set(clusters[i], group);
    // Twice the count of the other class below, ties half.
    const below = inAll[i] - inClass[i];
    if (labels[i] === 1) {
      group.positives++;
      group.won += below / (2 * negatives) - auc;
    } else {
      group.negatives++;
      group.lost += 1 - below / (2 * positives) - auc;
    }
  }
  const found = [...groups.values()];
  const withPositives = found.filter((group) => group.positives > 0).length;
  const withNegatives = found.filter((group) => group.negatives > 0).length;
  if (withPositives < 2 || withNegatives < 2) {
    return { auc, variance: Number.NaN, clusters: found.length, reason: 'too-few-clusters' };
  }
  const sum = (value: (group: Group) => number) => found.reduce((s, g) => s + value(g), 0);
  const s10 = (withPositives / ((withPositives - 1) * positives)) * sum((g) => g.won * g.won);
  const s01 = (withNegatives / ((withNegatives - 1) * negatives)) * sum((g) => g.lost * g.lost);
  const s11 = (found.length / (found.length - 1)) * sum((g) => g.won * g.lost);
  const variance = s10 / positives + s01 / negatives + (2 * s11) / (positives * negatives);
  return { auc, variance, clusters: found.length };
}

interface Group {
  positives: number;
  negatives: number;
  /** Σ(V₁₀ − θ) of its positives. */
  won: number;
  /** Σ(V₀₁ − θ) of its negatives. */
  lost: number;
}

/** Twice the mid-rank of each score among the scores of its own class. */
function ranksWithinClass(labels: Uint8Array, scores: Float64Array): Float64Array {
  const ranks = new Float64Array(scores.length);
  for (const label of [0, 1]) {
    const members = Uint32Array.from(labels.keys()).filter((i) => labels[i] === label);
    const own = doubledRanks(Float64Array.from(members, (i) => scores[i]));
    for (let k = 0; k < members.length; k++) ranks[members[k]] = own[k];
  }
  return ranks;
}
