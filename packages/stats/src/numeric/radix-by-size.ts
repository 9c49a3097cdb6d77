import { DIGIT_BITS, DIGITS, toStarts } from './radix-passes.js';

/** Groups of equal keys up to this long are sorted by insertion. */
const INSERTION_UP_TO = 48;

/**
 * Sort by where in the range a value lies, as a whole number of 32 bits: three passes instead of the six that all the
 * bits of a double take. Almost no two different values of ordinary data get one key; those that do are put in order
 * afterwards.
 *
 * @returns keys and indices by turns, or undefined where this does not work: for infinities and for data so
 *   unevenly spread that many different values share a key
 * @internal
 */
export function sortedLinearPairs(values: Float64Array): Uint32Array | undefined {
  const n = values.length;
  const { least, scale } = keyRange(values);
  if (!(scale < Infinity)) return undefined;
  let pairs = new Uint32Array(2 * n);
  const counts = [new Uint32Array(DIGITS), new Uint32Array(DIGITS), new Uint32Array(DIGITS)];
  const [first, second, third] = counts;
  for (let i = 0; i < n; i++) {
    const key = ((values[i] - least) * scale) >>> 0;
    pairs[2 * i] = key;
    pairs[2 * i + 1] = i;
    first[key & (DIGITS - 1)]++;
    second[(key >>> DIGIT_BITS) & (DIGITS - 1)]++;
    third[key >>> (2 * DIGIT_BITS)]++;
  }
  let next = new Uint32Array(2 * n);
  for (let pass = 0; pass < 3; pass++) {
    const places = counts[pass];
    const shift = pass * DIGIT_BITS;
    if (places[(pairs[0] >>> shift) & (DIGITS - 1)] === n) continue;
    toStarts(places);
    scatter(pairs, next, places, shift);
    [pairs, next] = [next, pairs];
  }
  return resolveEqualKeys(pairs, values) ? pairs : undefined;
}

function scatter(from: Uint32Array, to: Uint32Array, places: Uint32Array, shift: number): void {
  for (let i = 0; i < from.length; i += 2) {
    const key = from[i];
    const place = 2 * places[(key >>> shift) & (DIGITS - 1)]++;
    to[place] = key;
    to[place + 1] = from[i + 1];
  }
}

/**
 * Least value, and the factor that takes the range to 32 bits. Whole numbers keep their distances: few of them
 * need fewer passes.
 */
function keyRange(values: Float64Array): { least: number; scale: number } {
  let least = values[0];
  let largest = least;
  let whole = true;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value < least) least = value;
    if (value > largest) largest = value;
    if (whole && value !== Math.floor(value)) whole = false;
  }
  const range = largest - least;
  if (!(range < Infinity)) return { least, scale: Infinity };
  if (range === 0 || (whole && range < LAST_KEY)) return { least, scale: 1 };
  return { least, scale: LAST_KEY / range };
}

const LAST_KEY = 2 ** 32 - 1;

/** Put different values of one key in order; false when there are too many. */
function resolveEqualKeys(pairs: Uint32Array, values: Float64Array): boolean {
  const end = pairs.length;
  for (let start = 0; start < end;) {
    const key = pairs[start];
    let next = start + 2;
    if (next === end || pairs[next] !== key) {
      start = next;
      continue;
    }
    const value = values[pairs[start + 1]];
    let same = true;
    for (; next < end && pairs[next] === key; next += 2) {
      if (values[pairs[next + 1]] !== value) same = false;
    }
    if (!same) {
      if (next - start > 2 * INSERTION_UP_TO) return false;
      sortByInsertion(pairs, values, start, next);
    }
    start = next;
  }
  return true;
}

/** Indices of one key, whose order so far is that of the indices: stable. */
function sortByInsertion(pairs: Uint32Array, values: Float64Array, start: number, end: number) {
  for (let i = start + 3; i < end; i += 2) {
    const index = pairs[i];
    const value = values[index];
    let j = i;
    for (; j > start + 1 && values[pairs[j - 2]] > value; j -= 2) pairs[j] = pairs[j - 2];
    pairs[j] = index;
  }
}
