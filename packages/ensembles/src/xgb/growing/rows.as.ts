/** The rows of the nodes: split in chunks that members take as they get free, always in ascending order. */
import {
  BIN_BYTES,
  CHUNKS,
  CHUNK_BINS,
  CHUNK_BYTES,
  CHUNK_COUNT,
  CHUNK_END,
  CHUNK_GATHER,
  CHUNK_GOES_LEFT,
  CHUNK_LEFTS,
  CHUNK_LEFT_TO,
  CHUNK_RIGHT_TO,
  CHUNK_START,
  GATHERED,
  GRADIENTS,
  LEAF_BYTES,
  LEAF_END,
  LEAF_START,
  LEAF_VALUE,
  LEFTS,
  NEXT,
  ORDER,
  RIGHTS,
} from './layout';

/** Numbers `from` … `to` − 1 in their places. */
export function fillOrder(order: usize, from: u32, to: u32): void {
  for (let row = from; row < to; row++) store<u32>(order + (row << 2), row);
}

/** Sort the rows of every chunk into those that go left and those that go right. */
export function splitChunks(settings: usize): void {
  const count = load<u32>(settings + CHUNK_COUNT);
  const binBytes = load<u32>(settings + BIN_BYTES);
  for (
    let i = atomic.add<u32>(settings + NEXT, 1);
    i < count;
    i = atomic.add<u32>(settings + NEXT, 1)
  ) {
    const chunk = <usize>load<u32>(settings + CHUNKS) + i * CHUNK_BYTES;
    if (binBytes === 1) split<u8>(settings, chunk);
    else split<u16>(settings, chunk);
  }
}

/** Every row is written to both lists and kept by the step: which way it goes cannot be predicted. */
function split<T>(settings: usize, chunk: usize): void {
  const start = (<usize>load<u32>(chunk + CHUNK_START)) << 2;
  const end = (<usize>load<u32>(chunk + CHUNK_END)) << 2;
  const bins = <usize>load<u32>(chunk + CHUNK_BINS);
  const goesLeft = <usize>load<u32>(chunk + CHUNK_GOES_LEFT);
  const order = <usize>load<u32>(settings + ORDER);
  const firstLeft = <usize>load<u32>(settings + LEFTS) + start;
  let left = firstLeft;
  let right = <usize>load<u32>(settings + RIGHTS) + start;
  for (let at = order + start; at < order + end; at += 4) {
    const row = load<u32>(at);
    const lefts = <usize>load<u8>(goesLeft + <usize>load<T>(bins + row * (4 * sizeof<T>())));
    store<u32>(left, row);
    store<u32>(right, row);
    left += lefts << 2;
    right += (1 - lefts) << 2;
  }
  store<u32>(chunk + CHUNK_LEFTS, <u32>((left - firstLeft) >> 2));
}

/** Put the rows of every chunk into their new places, with the gradients of those that will be summed up. */
export function moveChunks(settings: usize): void {
  const count = load<u32>(settings + CHUNK_COUNT);
  for (
    let i = atomic.add<u32>(settings + NEXT, 1);
    i < count;
    i = atomic.add<u32>(settings + NEXT, 1)
  ) {
    const chunk = <usize>load<u32>(settings + CHUNKS) + i * CHUNK_BYTES;
    const start = load<u32>(chunk + CHUNK_START);
    const lefts = load<u32>(chunk + CHUNK_LEFTS);
    const rights = load<u32>(chunk + CHUNK_END) - start - lefts;
    const gather = load<u32>(chunk + CHUNK_GATHER);
    const left = <usize>load<u32>(settings + LEFTS) + ((<usize>start) << 2);
    const right = <usize>load<u32>(settings + RIGHTS) + ((<usize>start) << 2);
    move(settings, left, lefts, load<u32>(chunk + CHUNK_LEFT_TO), gather === 1);
    move(settings, right, rights, load<u32>(chunk + CHUNK_RIGHT_TO), gather === 2);
  }
}

function move(settings: usize, rows: usize, count: u32, to: u32, gather: bool): void {
  memory.copy(<usize>load<u32>(settings + ORDER) + ((<usize>to) << 2), rows, (<usize>count) << 2);
  if (!gather) return;
  const gradients = <usize>load<u32>(settings + GRADIENTS);
  let pair = <usize>load<u32>(settings + GATHERED) + ((<usize>to) << 3);
  for (const end = rows + ((<usize>count) << 2); rows < end; rows += 4, pair += 8) {
    store<u64>(pair, load<u64>(gradients + ((<usize>load<u32>(rows)) << 3)));
  }
}

/** Add the outputs of leaves to f32 margins, `stride` bytes apart. */
export function addToLeaves(
  settings: usize,
  leaves: usize,
  count: u32,
  margins: usize,
  stride: usize,
): void {
  const order = <usize>load<u32>(settings + ORDER);
  for (
    let i = atomic.add<u32>(settings + NEXT, 1);
    i < count;
    i = atomic.add<u32>(settings + NEXT, 1)
  ) {
    const leaf = leaves + i * LEAF_BYTES;
    const value = load<f32>(leaf + LEAF_VALUE);
    const end = order + ((<usize>load<u32>(leaf + LEAF_END)) << 2);
    for (let at = order + ((<usize>load<u32>(leaf + LEAF_START)) << 2); at < end; at += 4) {
      const margin = margins + <usize>load<u32>(at) * stride;
      store<f32>(margin, load<f32>(margin) + value);
    }
  }
}
