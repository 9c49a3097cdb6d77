// The rows of a node stand between the same two positions in the sorted list of every feature.

/** Begin a tree with all rows. */
export function copyLists(
  order: usize,
  count: usize,
  lists: usize,
  stride: usize,
  columns: usize,
): void {
  for (let f: usize = 0; f < columns; f++) {
    memory.copy(lists + ((f * stride) << 2), order + ((f * count) << 2), count << 2);
  }
}

/** Begin a tree with row r taken `times[r]` times. */
export function copyBag(
  order: usize,
  count: usize,
  times: usize,
  lists: usize,
  stride: usize,
  columns: usize,
): void {
  for (let f: usize = 0; f < columns; f++) {
    let to = lists + ((f * stride) << 2);
    const from = order + ((f * count) << 2);
    const end = from + (count << 2);
    for (let at = from; at < end; at += 4) {
      const row = load<u32>(at);
      for (let left = load<u32>(times + (row << 2)); left > 0; left--) {
        store<u32>(to, row);
        to += 4;
      }
    }
  }
}

/** Note for each row of a list whether it stands before `middle`. */
export function markSides(
  list: usize,
  start: usize,
  middle: usize,
  end: usize,
  goesLeft: usize,
): void {
  for (let i = start; i < end; i++) {
    store<u8>(goesLeft + load<u32>(list + (i << 2)), i < middle ? 1 : 0);
  }
}

/** Bring the rows that go left to the front of every list but that of the feature that was split, keeping their order. */
export function divideLists(
  lists: usize,
  stride: usize,
  columns: usize,
  divided: usize,
  start: usize,
  end: usize,
  goesLeft: usize,
  scratch: usize,
): void {
  for (let f: usize = 0; f < columns; f++) {
    if (f === divided) continue;
    const from = lists + ((f * stride + start) << 2);
    const to = from + ((end - start) << 2);
    let left = from;
    let right = scratch;
    for (let at = from; at < to; at += 4) {
      const row = load<u32>(at);
      const isLeft = (<usize>load<u8>(goesLeft + row)) << 2;
      // Both are written and one position advances: cheaper than a branch that cannot be foreseen.
      store<u32>(left, row);
      store<u32>(right, row);
      left += isLeft;
      right += 4 - isLeft;
    }
    memory.copy(left, scratch, right - scratch);
  }
}
