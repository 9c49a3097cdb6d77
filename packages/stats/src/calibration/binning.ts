import { argsort } from '../numeric/argsort.js';

/** Probabilities sorted into bins (lower, upper]; the first one holds its lower edge too. */
export interface Binning {
  /** One more than there are bins. */
  edges: Float64Array;
  /** The bin of each probability. */
  bins: Uint32Array;
}

/** Bins of equal width from 0 to 1. */
export function uniformBins(probabilities: Float64Array, count: number): Binning {
  const edges = Float64Array.from({ length: count + 1 }, (_, i) => i / count);
  return { edges, bins: binned(probabilities, edges) };
}

/**
 * Bins between quantiles (type 7, Hyndman and Fan 1996) of the probabilities. Equal quantiles make one edge, so ties
 * stay together and there may be fewer bins than asked for.
 */
export function quantileBins(probabilities: Float64Array, count: number): Binning {
  const order = argsort(probabilities);
  const last = order.length - 1;
  const edges: number[] = [];
  for (let k = 0; k <= count; k++) {
    // Whole-number arithmetic, so that a quantile at an observation is that observation.
    const remainder = (last * k) % count;
    const position = (last * k - remainder) / count;
    const lower = probabilities[order[position]];
    const upper = probabilities[order[Math.min(last, position + 1)]];
    const edge = lower + (remainder / count) * (upper - lower);
    if (edges.length === 0 || edge > edges[edges.length - 1]) edges.push(edge);
  }
  if (edges.length === 1) edges.push(edges[0]);
  const found = Float64Array.from(edges);
  return { edges: found, bins: binned(probabilities, found) };
}

function binned(probabilities: Float64Array, edges: Float64Array): Uint32Array {
  const last = edges.length - 2;
  return Uint32Array.from(probabilities, (p) => {
    let low = 0;
    let high = last;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (p <= edges[middle + 1]) high = middle;
      else low = middle + 1;
    }
    return low;
  });
}

/** What a bin holds. */
export interface BinTotals {
  n: number;
  positives: number;
  /** Σp */
  expected: number;
}

/** Counts and sums of each bin. */
export function binTotals(
  { edges, bins }: Binning,
  labels: Uint8Array,
  probabilities: Float64Array,
): BinTotals[] {
  const totals = Array.from({ length: edges.length - 1 }, () => ({
    n: 0,
    positives: 0,
    expected: 0,
  }));
  const lost = new Float64Array(totals.length);
  for (let i = 0; i < bins.length; i++) {
    const total = totals[bins[i]];
    total.n++;
    total.positives += labels[i];
    // Kahan's summation; all terms are of one sign.
    const term = probabilities[i] - lost[bins[i]];
    const next = total.expected + term;
    lost[bins[i]] = next - total.expected - term;
    total.expected = next;
  }
  return totals;
}
