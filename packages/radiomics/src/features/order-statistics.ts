/** Buckets into which the values are counted. */
const BUCKETS = 1 << 16;
/** Up to this many values sorting all of them is cheaper. */
const FEW = 2048;
/** What a bucket without a wanted rank is marked with. */
const NOT_WANTED = -1;

/**
 * The values at some ranks of the ascending order, without sorting all of them: the values are counted in
 * buckets of equal width, and only the buckets that hold a wanted rank are sorted.
 *
 * @param values finite, in any order
 * @param minimum the smallest of them
 * @param maximum the largest
 * @param ranks from 0 to the number of values less one
 */
export function valuesAtRanks(
  values: Float64Array,
  minimum: number,
  maximum: number,
  ranks: readonly number[],
): number[] {
  const scale = (BUCKETS - 1) / (maximum - minimum);
  if (values.length <= FEW || !(scale > 0 && scale < Infinity)) {
    const sorted = values.slice().sort();
    return ranks.map((rank) => sorted[rank]);
  }
  const ends = new Float64Array(BUCKETS);
  for (let k = 0; k < values.length; k++) ends[bucketOf(values[k], minimum, scale)]++;
  for (let b = 1; b < BUCKETS; b++) ends[b] += ends[b - 1];
  const wanted = ranks.map((rank) => ends.findIndex((end) => rank < end));
  // For each wanted bucket, where its next value goes.
  const next = new Float64Array(BUCKETS).fill(NOT_WANTED);
  let room = 0;
  for (const b of new Set(wanted)) {
    next[b] = room;
    room += ends[b] - startOf(ends, b);
  }
  const gathered = new Float64Array(room);
  for (let k = 0; k < values.length; k++) {
    const b = bucketOf(values[k], minimum, scale);
    if (next[b] !== NOT_WANTED) gathered[next[b]++] = values[k];
  }
  const sortedBuckets = new Map<number, Float64Array>();
  for (const b of new Set(wanted)) {
    const count = ends[b] - startOf(ends, b);
    sortedBuckets.set(b, gathered.subarray(next[b] - count, next[b]).sort());
  }
  return ranks.map((rank, k) => sortedBuckets.get(wanted[k])![rank - startOf(ends, wanted[k])]);
}

/** Rounding is monotonic: it never puts a larger value into a lower bucket. */
function bucketOf(value: number, minimum: number, scale: number): number {
  return Math.floor((value - minimum) * scale);
}

function startOf(ends: Float64Array, bucket: number): number {
  return bucket === 0 ? 0 : ends[bucket - 1];
}
