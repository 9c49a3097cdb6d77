/** Bins of equal width in which dots are stacked. */
const BINS = 100;

/**
 * Heights at which dots of the given places stand so that none hides another: those of one bin are stacked
 * upwards and downwards in turn, all of it scaled into −1 … 1.
 */
export function stackedHeights(places: Float64Array, low: number, high: number): Float64Array {
  const counts = new Int32Array(BINS + 1);
  const heights = places.map((place) => {
    const bin = high > low ? Math.round((BINS * (place - low)) / (high - low)) : 0;
    const layer = counts[bin]!++;
    return Math.ceil(layer / 2) * (layer % 2 === 0 ? -1 : 1);
  });
  const tallest = heights.reduce((most, height) => Math.max(most, Math.abs(height)), 0) + 1;
  return heights.map((height) => height / tallest);
}

/** Where each value stands between the 5th and the 95th percentile, 0 … 1; NaN for a missing value. */
export function relativeValues(values: Float64Array): Float64Array {
  const known = values.filter((value) => !Number.isNaN(value)).sort();
  const at = (share: number): number => known[Math.round(share * (known.length - 1))]!;
  let [low, high] = [at(0.05), at(0.95)];
  if (!(high > low)) [low, high] = [at(0), at(1)];
  return values.map((value) =>
    high > low || Number.isNaN(value)
      ? Math.min(1, Math.max(0, (value - low) / (high - low)))
      : 0.5,
  );
}
