/** Partial tables whose probabilities agree to this many units of ln P are one. */
const UNITS = 1e12;

/**
 * The partial tables that lead to one node, those of the same probability together: ln of the probability of one of them
 * (`logOne`), and how many they are. A hash table in typed arrays.
 */
export class PartialTables {
  size = 0;
  logOne = new Float64Array(SMALLEST);
  ways = new Float64Array(SMALLEST);
  /** Place of each entry by its hash, plus 1; 0 where there is none. */
  private places = new Int32Array(2 * SMALLEST);

  add(logOne: number, ways: number): void {
    const { places } = this;
    const key = Math.round(logOne * UNITS);
    let slot = slotOf(key, places.length);
    for (; places[slot] !== 0; slot = (slot + 1) & (places.length - 1)) {
      const at = places[slot] - 1;
      if (Math.round(this.logOne[at] * UNITS) === key) {
        this.ways[at] += ways;
        return;
      }
    }
    this.logOne[this.size] = logOne;
    this.ways[this.size] = ways;
    places[slot] = ++this.size;
    if (this.size === this.logOne.length) this.grow();
  }

  private grow(): void {
    this.logOne = doubled(this.logOne);
    this.ways = doubled(this.ways);
    this.places = new Int32Array(2 * this.logOne.length);
    const { places } = this;
    for (let at = 0; at < this.size; at++) {
      let slot = slotOf(Math.round(this.logOne[at] * UNITS), places.length);
      while (places[slot] !== 0) slot = (slot + 1) & (places.length - 1);
      places[slot] = at + 1;
    }
  }
}

const SMALLEST = 4;

function doubled(values: Float64Array): Float64Array<ArrayBuffer> {
  const copy = new Float64Array(2 * values.length);
  copy.set(values);
  return copy;
}

/** @param slots a power of 2 */
function slotOf(key: number, slots: number): number {
  // Both halves of the number, mixed by Knuth's multiplier.
  const mixed = Math.imul(key ^ Math.floor(key / 2 ** 32), 0x9e3779b1);
  return (mixed ^ (mixed >>> 16)) & (slots - 1);
}
