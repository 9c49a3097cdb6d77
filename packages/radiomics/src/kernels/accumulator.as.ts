/**
 * Sums by an integer key > 0: in a table of one f64 a key where that is small, else in a hash table of
 * 16-byte slots, key and sum, with open addressing.
 */
const SLOT: usize = 16;

/** Where a key is, or the free slot where it belongs. `mask` is the number of slots, a power of two, less 1. */
export function slotOf(slots: usize, mask: usize, key: u64): usize {
  // Fibonacci hashing: the high bits of the product mix all bits of the key.
  let k = (<usize>((key * 0x9e3779b97f4a7c15) >> 32)) & mask;
  let found = load<u64>(slots + k * SLOT);
  while (found !== key && found !== 0) {
    k = (k + 1) & mask;
    found = load<u64>(slots + k * SLOT);
  }
  return slots + k * SLOT;
}

/** Add to the sum of a key. @returns 1 where the key is new */
export function addTo(slots: usize, mask: usize, key: u64, weight: f64): usize {
  const slot = slotOf(slots, mask, key);
  const fresh = load<u64>(slot) === 0;
  store<u64>(slot, key);
  store<f64>(slot, load<f64>(slot, 8) + weight, 8);
  return <usize>fresh;
}

/** Move all entries to a larger table, which is empty. */
export function moveEntries(from: usize, fromSlots: usize, to: usize, toMask: usize): void {
  for (let slot = from; slot < from + fromSlots * SLOT; slot += SLOT) {
    const key = load<u64>(slot);
    if (key !== 0) addTo(to, toMask, key, load<f64>(slot, 8));
  }
}

/** List (key, sum), two f64 each, of a table indexed by key. @returns the end of the list */
export function listTable(table: usize, length: usize, list: usize): usize {
  let end = list;
  for (let key: usize = 0; key < length; key++) {
    const sum = load<f64>(table + (key << 3));
    // Written always and kept by the step: which keys there are cannot be predicted.
    store<f64>(end, <f64>key);
    store<f64>(end, sum, 8);
    end += sum === 0 ? 0 : 16;
  }
  return end;
}

/** The same of a hash table. */
export function listSlots(slots: usize, mask: usize, list: usize): usize {
  let end = list;
  for (let slot = slots; slot <= slots + mask * SLOT; slot += SLOT) {
    const key = load<u64>(slot);
    if (key === 0) continue;
    const sum = load<f64>(slot, 8);
    store<f64>(end, <f64>key);
    store<f64>(end, sum, 8);
    end += 16;
  }
  return end;
}
