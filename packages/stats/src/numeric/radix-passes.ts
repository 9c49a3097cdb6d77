/** 2^11 counters and as many places to write to still stay in the first cache. */
export const DIGIT_BITS = 11;
export const DIGITS = 2048;

/** Turn counts into the place where each digit's values start. */
export function toStarts(counts: Uint32Array): void {
  let sum = 0;
  for (let digit = 0; digit < counts.length; digit++) {
    const count = counts[digit];
    counts[digit] = sum;
    sum += count;
  }
}
