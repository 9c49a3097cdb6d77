import { DIGIT_BITS, DIGITS, toStarts } from './radix-passes.js';

/**
 * Sort by all the bits of a double, six passes of up to 11 bits: slower than by size, but for any data, infinities and
 * values of very different size included.
 *
 * @returns the upper halves of the keys and indices by turns; stable
 * @internal
 */
export function sortedBitPairs(values: Float64Array): Uint32Array {
  const n = values.length;
  // Lower half, upper half and index by turns, so that a pass writes to one place for each value.
  let triples = orderedBits(values);
  let next = new Uint32Array(3 * n);
  const places = new Uint32Array(DIGITS);
  for (let pass = 0; pass < 6; pass++) {
    const half = pass < 3 ? 0 : 1;
    const shift = (pass % 3) * DIGIT_BITS;
    places.fill(0);
    for (let i = half; i < triples.length; i += 3) places[(triples[i] >>> shift) & (DIGITS - 1)]++;
    if (places[(triples[half] >>> shift) & (DIGITS - 1)] === n) continue;
    toStarts(places);
    scatter(triples, next, places, half, shift);
    [triples, next] = [next, triples];
  }
  const pairs = new Uint32Array(2 * n);
  for (let i = 0; i < n; i++) {
    pairs[2 * i] = triples[3 * i + 1];
    pairs[2 * i + 1] = triples[3 * i + 2];
  }
  return pairs;
}

function scatter(
  from: Uint32Array,
  to: Uint32Array,
  places: Uint32Array,
  half: number,
  shift: number,
): void {
  for (let i = 0; i < from.length; i += 3) {
    const place = 3 * places[(from[i + half] >>> shift) & (DIGITS - 1)]++;
    to[place] = from[i];
    to[place + 1] = from[i + 1];
    to[place + 2] = from[i + 2];
  }
}

/** IEEE 754 bits turned so that unsigned order is numeric order; −0 and +0 share one key. */
function orderedBits(values: Float64Array): Uint32Array<ArrayBuffer> {
  const triples = new Uint32Array(3 * values.length);
  const one = new DataView(new ArrayBuffer(8));
  for (let i = 0; i < values.length; i++) {
    one.setFloat64(0, values[i] + 0);
    const upper = one.getUint32(0);
    const lower = one.getUint32(4);
    const negative = upper >>> 31 === 1;
    triples[3 * i] = negative ? ~lower : lower;
    triples[3 * i + 1] = negative ? ~upper : upper | 0x80000000;
    triples[3 * i + 2] = i;
  }
  return triples;
}
