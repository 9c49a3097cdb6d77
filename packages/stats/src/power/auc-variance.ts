import { normalQuantile } from '../special/normal.js';

/** Which distribution of scores a planned AUC assumes. */
export type AucVariance = 'obuchowski' | 'hanley-mcneil';

/**
 * The variance of an estimated AUC with so many positives and negatives, which need not be whole.
 *
 * @param auc between 0 and 1
 * @internal
 */
export function aucVariance(
  kind: AucVariance,
  auc: number,
  positives: number,
  negatives: number,
): number {
  if (kind === 'hanley-mcneil') {
    const q1 = auc / (2 - auc);
    const q2 = (2 * auc * auc) / (1 + auc);
    const sum =
      auc * (1 - auc) + (positives - 1) * (q1 - auc * auc) + (negatives - 1) * (q2 - auc * auc);
    return sum / positives / negatives;
  }
  // Obuchowski and McClish (1997), equation 2, and so R's pROC.
  // oxlint-disable-next-line oxc/approx-constant -- √2 as they print it
  const a = normalQuantile(auc) * 1.414;
  const square = a * a;
  const perPositive = 5 * square + 8 + ((square + 8) * positives) / negatives;
  return (0.0099 * Math.exp(-square / 2) * perPositive) / positives;
}
