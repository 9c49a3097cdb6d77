/** How often each distinct score occurs in either class, scores upwards. */
export interface Tally {
  positives: Float64Array;
  negatives: Float64Array;
}

/**
 * Count both classes at each distinct score, in one pass through a small hash table: grades, rounded probabilities and
 * other scores of few values need no sorting.
 *
 * @returns undefined as soon as there are too many distinct scores
 * @internal
 */
export function tallied(classes: Uint8Array, scores: Float64Array): Tally | undefined {
  const n = scores.length;
  const words = new Uint32Array(scores.buffer, scores.byteOffset, 2 * n);
  const keys = new Float64Array(SLOTS);
  // Twice as many places: the counts of negatives and positives by turns.
  const counts = new Uint32Array(2 * SLOTS);
  const used: number[] = [];
  for (let i = 0; i < n; i++) {
    const score = scores[i];
    // −0 equals 0 but has other bits.
    let slot = score === 0 ? 0 : slotOf(words[2 * i], words[2 * i + 1]);
    while (counts[2 * slot] + counts[2 * slot + 1] > 0 && keys[slot] !== score) {
      slot = (slot + 1) & (SLOTS - 1);
    }
    if (counts[2 * slot] + counts[2 * slot + 1] === 0) {
      if (used.length === MOST_LEVELS) return undefined;
      keys[slot] = score;
      used.push(slot);
    }
    counts[2 * slot + classes[i]]++;
  }
  used.sort((a, b) => (keys[a] < keys[b] ? -1 : 1));
  return {
    negatives: Float64Array.from(used, (slot) => counts[2 * slot]),
    positives: Float64Array.from(used, (slot) => counts[2 * slot + 1]),
  };
}

const SLOTS = 2048;
const MOST_LEVELS = 512;

/** Multiplicative hashing of both halves of a double (Knuth). */
function slotOf(a: number, b: number): number {
  return Math.imul(Math.imul(a, 0x9e3779b1) ^ b, 0x85ebca6b) >>> 21;
}
