/** AUC with DeLong's variance (of scores without ties, or of 130 levels), or a correlation, at n = 10⁶. */
import { auc, kendall, pearson, spearman } from '@steatosis/stats';
import { draws } from '../harness/draws.ts';
import { serveSide } from '../harness/side.ts';

const N = 1_000_000;
const noise = draws(N, 1);
const labels = Uint8Array.from(draws(N, 2), (u) => (u < 0.24 ? 1 : 0));
const scores = noise.map((v, i) => v + 0.3 * labels[i]!);
const extra = draws(N, 3);
const levels = scores.map((v) => Math.floor(v * 100));
const other = scores.map((v, i) => v + extra[i]!);

const areaAndVariance = (values: Float64Array) => {
  const { auc: area, variance } = auc(labels, values);
  return [area, variance];
};
const work = {
  auc: () => areaAndVariance(scores),
  'auc-levels': () => areaAndVariance(levels),
  pearson: () => [pearson(scores, other).coefficient],
  spearman: () => [spearman(scores, other).coefficient],
  kendall: () => [kendall(scores, other).coefficient],
}[process.argv[2] as 'auc' | 'auc-levels' | 'pearson' | 'spearman' | 'kendall'];

await serveSide({ versions: { Node: process.version }, values: work, run: work });
