import type { Judged } from './evaluate.js';

/** Published PDFF thresholds between grade 0 and grade 1. */
export const PUBLISHED_THRESHOLDS: readonly { thresholdPercent: number; source: string }[] = [
  {
    thresholdPercent: 5.1,
    source: 'Kühn et al., Radiology 2017;284:706 (general population, 1.5 T)',
  },
  {
    thresholdPercent: 6.4,
    source: 'Tang et al., Radiology 2013;267:422 (77 patients with biopsy)',
  },
];

/**
 * The threshold with the highest accuracy on the training rows: half-way between neighbouring scores,
 * the lowest of equally good ones.
 */
export function bestThreshold({ labels, scores }: Pick<Judged, 'labels' | 'scores'>): number {
  const order = Array.from(scores.keys()).sort((a, b) => scores[a]! - scores[b]!);
  let correct = labels.reduce((sum, label) => sum + label, 0);
  let best = { correct, threshold: scores[order[0]!]! - 1 };
  order.forEach((row, i) => {
    correct += labels[row] === 1 ? -1 : 1;
    const here = scores[row]!;
    const next = i + 1 < order.length ? scores[order[i + 1]!]! : here + 1;
    if (next > here && correct > best.correct) best = { correct, threshold: (here + next) / 2 };
  });
  return best.threshold;
}
