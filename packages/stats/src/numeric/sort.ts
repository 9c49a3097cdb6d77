/**
 * Sort numbers upwards in place (no NaN; −0 stays before +0). Long arrays go through a radix sort of the upper 32 bits
 * of each double, three passes of 11, 11 and 10 bits, after which only runs that agree in those bits are left to sort.
 *
 * @internal
 */
export function sortUpwards(values: Float64Array): Float64Array {
  const n = values.length;
  if (n < RADIX_FROM) return values.sort();
  const spare = new Float64Array(n);
  const starts = digitStarts(values);
  let from: Float64Array = values;
  let to: Float64Array = spare;
  for (let pass = 0; pass < 3; pass++) {
    const shift = pass * DIGIT_BITS;
    const offsets = starts.subarray(pass * DIGITS, (pass + 1) * DIGITS);
    if (isOneDigit(offsets, n)) continue;
    distribute(from, to, offsets, shift);
    [from, to] = [to, from];
  }
  sortRuns(from);
  if (from !== values) values.set(from);
  return values;
}

/** Shorter arrays are sorted faster by comparison. */
const RADIX_FROM = 1024;
const DIGIT_BITS = 11;
const DIGITS = 2048;

/** Where the numbers with each digit start, for the three digits. */
function digitStarts(values: Float64Array): Uint32Array {
  const words = wordsOf(values);
  const counts = new Uint32Array(3 * DIGITS);
  for (let i = upperWord(); i < words.length; i += 2) {
    const key = orderedKey(words[i]);
    counts[key & 2047]++;
    counts[DIGITS + ((key >>> DIGIT_BITS) & 2047)]++;
    counts[2 * DIGITS + (key >>> (2 * DIGIT_BITS))]++;
  }
  for (let pass = 0; pass < 3; pass++) {
    let sum = 0;
    for (let k = pass * DIGITS; k < (pass + 1) * DIGITS; k++) {
      const count = counts[k];
      counts[k] = sum;
      sum += count;
    }
  }
  return counts;
}

/** Starts rise from 0 to n in a single step when all numbers share the digit. */
function isOneDigit(starts: Uint32Array, n: number): boolean {
  for (const start of starts) if (start !== 0 && start !== n) return false;
  return true;
}

function distribute(
  from: Float64Array,
  to: Float64Array,
  offsets: Uint32Array,
  shift: number,
): void {
  const words = wordsOf(from);
  for (let i = 0, word = upperWord(); i < from.length; i++, word += 2) {
    to[offsets[(orderedKey(words[word]) >>> shift) & 2047]++] = from[i];
  }
}

/** Sort what shares its upper 32 bits: the few neighbours by insertion, long runs by comparison. */
function sortRuns(values: Float64Array): void {
  const words = wordsOf(values);
  const upper = upperWord();
  for (let first = 0; first < values.length;) {
    const word = words[2 * first + upper];
    let next = first + 1;
    while (next < values.length && words[2 * next + upper] === word) next++;
    if (next - first > 16) sortLongRun(values, first, next);
    else if (next - first > 1) insertionSort(values, first, next);
    first = next;
  }
}

function sortLongRun(values: Float64Array, first: number, next: number): void {
  for (let i = first + 1; i < next; i++) {
    // Ties are the usual reason for a long run.
    if (values[i] !== values[first]) {
      values.subarray(first, next).sort();
      return;
    }
  }
}

function insertionSort(values: Float64Array, first: number, next: number): void {
  for (let i = first + 1; i < next; i++) {
    const value = values[i];
    let k = i;
    while (k > first && values[k - 1] > value) {
      values[k] = values[k - 1];
      k--;
    }
    values[k] = value;
  }
}

/** The upper half of a double's bits turned so that unsigned order is numeric order. */
function orderedKey(upper: number): number {
  return (upper ^ ((upper >> 31) | 0x80000000)) >>> 0;
}

function wordsOf(values: Float64Array): Uint32Array {
  return new Uint32Array(values.buffer, values.byteOffset, 2 * values.length);
}

/** 1 where the lower half of a double comes first in memory, as on nearly every machine. */
function upperWord(): number {
  return new Uint8Array(new Uint32Array([1]).buffer)[0];
}
