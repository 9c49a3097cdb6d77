/**
 * Walks rows down packed trees. See `pack-trees.ts` for the layout.
 *
 * Rows are taken side by side: where a row goes next depends on loads that follow each other, and those of
 * independent rows overlap.
 */

/** Where the caller may lay out memory. */
export const heapBase: usize = __heap_base;

/** Depth of trees that are linked, without and with tests of categories. */
const LINKED: u32 = 0xffffffff;
const CATEGORICAL: u32 = 0xfffffffe;
/** XGBoost takes numbers from here on for no category. */
const END_OF_CATEGORIES: f32 = 16777216;

/** Whether any of n float32 is NaN; n is rounded up to a multiple of 4. */
export function anyMissing(values: usize, n: u32): bool {
  let found = i32x4.splat(0);
  for (const end = values + ((<usize>n) << 2); values < end; values += 16) {
    const four = v128.load(values);
    found = v128.or(found, f32x4.ne(four, four));
  }
  return v128.any_true(found);
}

/**
 * Each row twice, side by side: with +∞ for missing values, which goes right everywhere, and with −∞.
 *
 * Values are taken four at a time: up to three are read and written beyond each row, and then written over.
 */
export function spread(values: usize, rows: u32, columns: u32, to: usize): void {
  const bytes = (<usize>columns) << 2;
  const high = f32x4.splat(Infinity);
  const low = f32x4.splat(-Infinity);
  for (let row: u32 = 0; row < rows; row++) {
    copyWith(high, values, values + bytes, to);
    copyWith(low, values, values + bytes, to + bytes);
    values += bytes;
    to += 2 * bytes;
  }
}

function copyWith(filler: v128, values: usize, end: usize, to: usize): void {
  for (; values < end; values += 16, to += 16) {
    const four = v128.load(values);
    v128.store(to, v128.bitselect(filler, four, f32x4.ne(four, four)));
  }
}

/** Take a leaf's output or its number, as the type says. */
function take<T>(leaf: usize, to: usize): void {
  if (isFloat<T>()) store<f32>(to, load<f32>(to) + load<f32>(leaf));
  else store<i32>(to, load<i32>(leaf, 4));
}

/** The next place in a perfect tree: nodes are numbered from 1, the children of n are 2n and 2n + 1. */
function child(nodes: usize, place: usize, row: usize): usize {
  const node = nodes + place;
  const isLeft = load<f32>(row + <usize>load<u32>(node, 4)) < load<f32>(node);
  return (place << 1) + (isLeft ? 0 : 8);
}

function walkPerfect<T>(
  nodes: usize,
  depth: u32,
  values: usize,
  stride: usize,
  rows: u32,
  to: usize,
  step: usize,
): void {
  for (let row: u32 = 0; row < rows; row += 8) {
    const r1 = values + stride;
    const r2 = r1 + stride;
    const r3 = r2 + stride;
    const r4 = r3 + stride;
    const r5 = r4 + stride;
    const r6 = r5 + stride;
    const r7 = r6 + stride;
    let p0: usize = 8;
    let p1: usize = 8;
    let p2: usize = 8;
    let p3: usize = 8;
    let p4: usize = 8;
    let p5: usize = 8;
    let p6: usize = 8;
    let p7: usize = 8;
    for (let level: u32 = 0; level < depth; level++) {
      p0 = child(nodes, p0, values);
      p1 = child(nodes, p1, r1);
      p2 = child(nodes, p2, r2);
      p3 = child(nodes, p3, r3);
      p4 = child(nodes, p4, r4);
      p5 = child(nodes, p5, r5);
      p6 = child(nodes, p6, r6);
      p7 = child(nodes, p7, r7);
    }
    take<T>(nodes + p0, to);
    take<T>(nodes + p1, to + step);
    take<T>(nodes + p2, to + 2 * step);
    take<T>(nodes + p3, to + 3 * step);
    take<T>(nodes + p4, to + 4 * step);
    take<T>(nodes + p5, to + 5 * step);
    take<T>(nodes + p6, to + 6 * step);
    take<T>(nodes + p7, to + 7 * step);
    values = r7 + stride;
    to += 8 * step;
  }
}

/** The next node of a linked tree, the same one at a leaf. What is loaded for a leaf is not used. */
function next(nodes: usize, node: usize, row: usize): usize {
  const left = <usize>load<u32>(node, 8);
  const isLeft = load<f32>(row + <usize>load<u32>(node, 4)) < load<f32>(node);
  return left === 0 ? node : nodes + left + (isLeft ? 0 : 16);
}

function walkLinked<T>(
  nodes: usize,
  values: usize,
  stride: usize,
  rows: u32,
  to: usize,
  step: usize,
): void {
  for (let row: u32 = 0; row < rows; row += 4) {
    const r1 = values + stride;
    const r2 = r1 + stride;
    const r3 = r2 + stride;
    let n0 = nodes;
    let n1 = nodes;
    let n2 = nodes;
    let n3 = nodes;
    while (load<u32>(n0, 8) | load<u32>(n1, 8) | load<u32>(n2, 8) | load<u32>(n3, 8)) {
      n0 = next(nodes, n0, values);
      n1 = next(nodes, n1, r1);
      n2 = next(nodes, n2, r2);
      n3 = next(nodes, n3, r3);
    }
    take<T>(n0, to);
    take<T>(n1, to + step);
    take<T>(n2, to + 2 * step);
    take<T>(n3, to + 3 * step);
    values = r3 + stride;
    to += 4 * step;
  }
}

/** Whether a category goes right: if it is in the set; what is no category goes left, what is missing right here. */
function isRight(set: usize, value: f32): bool {
  if (value === Infinity) return true;
  if (!(value >= 0 && value < END_OF_CATEGORIES)) return false;
  const category = <u32>value;
  const word = category >> 5;
  if (word >= load<u32>(set)) return false;
  return ((load<u32>(set + ((<usize>word) << 2), 4) >> (category & 31)) & 1) !== 0;
}

function walkCategorical<T>(
  nodes: usize,
  values: usize,
  stride: usize,
  rows: u32,
  to: usize,
  step: usize,
): void {
  for (let row: u32 = 0; row < rows; row++) {
    let node = nodes;
    for (let left = load<u32>(node, 8); left !== 0; left = load<u32>(node, 8)) {
      const value = load<f32>(values + <usize>load<u32>(node, 4));
      const set = <usize>load<u32>(node, 12);
      const goesRight = set === 0 ? !(value < load<f32>(node)) : isRight(nodes + set, value);
      node = nodes + <usize>left + (goesRight ? 16 : 0);
    }
    take<T>(node, to);
    values += stride;
    to += step;
  }
}

function walk<T>(
  forest: usize,
  tree: u32,
  values: usize,
  stride: usize,
  rows: u32,
  to: usize,
  step: usize,
): void {
  const entry = forest + ((<usize>tree) << 4);
  const nodes = forest + <usize>load<u32>(entry);
  const depth = load<u32>(entry, 4);
  if (depth === LINKED) walkLinked<T>(nodes, values, stride, rows, to, step);
  else if (depth === CATEGORICAL) walkCategorical<T>(nodes, values, stride, rows, to, step);
  else walkPerfect<T>(nodes, depth, values, stride, rows, to, step);
}

/**
 * Add the outputs of the trees `begin` … `end − 1` in turn.
 *
 * @param values f32[rows], `stride` bytes apart; rows up to the next multiple of 8 are walked too
 * @param margins f32[rows][outputs]
 */
export function addOutputs(
  forest: usize,
  begin: u32,
  end: u32,
  values: usize,
  stride: usize,
  rows: u32,
  margins: usize,
  outputs: u32,
): void {
  for (let tree = begin; tree < end; tree++) {
    const output = <usize>load<u32>(forest + ((<usize>tree) << 4), 8);
    walk<f32>(forest, tree, values, stride, rows, margins + (output << 2), (<usize>outputs) << 2);
  }
}

/** The leaves that rows reach in the trees `begin` … `end − 1`, i32[rows][end − begin]. */
export function findLeaves(
  forest: usize,
  begin: u32,
  end: u32,
  values: usize,
  stride: usize,
  rows: u32,
  to: usize,
): void {
  const step = (<usize>(end - begin)) << 2;
  for (let tree = begin; tree < end; tree++) {
    walk<i32>(forest, tree, values, stride, rows, to + ((<usize>(tree - begin)) << 2), step);
  }
}
