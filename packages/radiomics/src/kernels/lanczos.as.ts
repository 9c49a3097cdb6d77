/**
 * The Lanczos iteration for the largest |eigenvalue| of what is left of a large scaled co-occurrence matrix.
 *
 * Only the last two vectors are kept. Without reorthogonalisation eigenvalues appear again as copies, but
 * the extreme ones stay right to rounding (Paige 1980), and memory does not grow with the steps.
 */
import { CELL } from './glcm-cells.as';
import { dominantOfTridiagonal } from './tridiagonal.as';

const MOST_STEPS: u32 = 20000;
/** Relative change between two looks below which the eigenvalue has settled. */
const SETTLED: f64 = 1e-13;
/** A vector shorter than this is what rounding leaves. */
const ROUNDING: f64 = 1e-14;

function mostSteps(n: u32): u32 {
  return min<u32>(4 * n + 64, MOST_STEPS);
}

function padded(bytes: usize): usize {
  return (bytes + 15) & ~15;
}

/** Bytes that {@link dominantByLanczos} needs. */
export function lanczosScratch(n: u32, cells: u32): usize {
  const vectors: usize = 6 * ((<usize>n) << 3);
  const coefficients: usize = 2 * ((<usize>mostSteps(n)) << 3);
  const starts: usize = (<usize>n + 2) << 2;
  return vectors + coefficients + starts + 12 * <usize>cells + 64;
}

// The matrix by rows, the roots of the marginals, and a vector between S and Sᵀ.
let size: u32 = 0;
let isSymmetric = false;
let starts: usize = 0;
let places: usize = 0;
let values: usize = 0;
let roots: usize = 0;
let between: usize = 0;

/** See `maximalCorrelation`. @returns the eigenvalue, of S Sᵀ where P is not symmetric */
export function dominantByLanczos(
  cells: usize,
  end: usize,
  n: u32,
  rows: usize,
  columns: usize,
  total: f64,
  scratch: usize,
): f64 {
  const bytes = (<usize>n) << 3;
  size = n;
  isSymmetric = rows === columns;
  roots = scratch;
  between = roots + bytes;
  let v = between + bytes;
  let next = v + bytes;
  let last = next + bytes;
  const columnRoots = last + bytes;
  const diagonal = columnRoots + bytes;
  const most = mostSteps(n);
  const squares = diagonal + ((<usize>most) << 3);
  values = squares + ((<usize>most) << 3);
  places = values + ((end - cells) >> 1);
  starts = padded(places + ((end - cells) >> 2));
  for (let i: usize = 0; i < bytes; i += 8) {
    store<f64>(roots + i, Math.sqrt(load<f64>(rows + i)));
    store<f64>(columnRoots + i, Math.sqrt(load<f64>(columns + i)));
  }
  sortByRow(cells, end, columnRoots, total);
  fillStart(v, n);
  memory.fill(last, 0, bytes);
  let beside: f64 = 0;
  let found: f64 = 0;
  let nextLook: u32 = 8;
  for (let step: u32 = 0; step < most; step++) {
    apply(v, next);
    const alpha = dot(next, v, n);
    // Orthogonal to the last two vectors, by what the recurrence says they share.
    for (let i: usize = 0; i < bytes; i += 8) {
      const rest = load<f64>(next + i) - alpha * load<f64>(v + i) - beside * load<f64>(last + i);
      store<f64>(next + i, rest);
    }
    beside = Math.sqrt(dot(next, next, n));
    store<f64>(diagonal + ((<usize>step) << 3), alpha);
    store<f64>(squares + ((<usize>step) << 3), beside * beside);
    const finished = beside <= ROUNDING || step === most - 1;
    if (finished || step + 1 === nextLook) {
      const value = dominantOfTridiagonal(diagonal, squares, step + 1);
      if (finished || Math.abs(value - found) <= SETTLED * value) return value;
      found = value;
      nextLook += max<u32>(8, nextLook >> 3);
    }
    for (let i: usize = 0; i < bytes; i += 8) {
      store<f64>(next + i, load<f64>(next + i) / beside);
    }
    const free = last;
    last = v;
    v = next;
    next = free;
  }
  return found;
}

/** Lay the cells out row by row, divided by the roots of their marginals. */
function sortByRow(cells: usize, end: usize, columnRoots: usize, total: f64): void {
  memory.fill(starts, 0, (<usize>size + 2) << 2);
  for (let cell = cells; cell < end; cell += CELL) {
    const place = starts + ((<usize>load<u32>(cell) + 2) << 2);
    store<u32>(place, load<u32>(place) + 1);
  }
  for (let i: usize = 2; i < <usize>size + 2; i++) {
    const place = starts + (i << 2);
    store<u32>(place, load<u32>(place) + load<u32>(place - 4));
  }
  for (let cell = cells; cell < end; cell += CELL) {
    const i = <usize>load<u32>(cell);
    const j = <usize>load<u32>(cell, 4);
    const place = starts + ((i + 1) << 2);
    const k = <usize>load<u32>(place);
    store<u32>(place, <u32>k + 1);
    const scale = load<f64>(roots + (i << 3)) * load<f64>(columnRoots + (j << 3));
    store<f64>(values + (k << 3), load<f64>(cell, 8) / (total * scale));
    store<u32>(places + (k << 2), <u32>j);
  }
}

/** A fixed vector without symmetry, so that no eigenvector is orthogonal to it by accident. */
function fillStart(v: usize, n: u32): void {
  let state: u32 = 1;
  for (let i: usize = 0; i < <usize>n; i++) {
    state = state * 1664525 + 1013904223;
    store<f64>(v + (i << 3), <f64>state / 4294967296.0 - 0.5);
  }
  const norm = Math.sqrt(dot(v, v, n));
  for (let i: usize = 0; i < <usize>n; i++) {
    store<f64>(v + (i << 3), load<f64>(v + (i << 3)) / norm);
  }
}

/** y = (S − r rᵀ) x or, where P is not symmetric, y = (S Sᵀ − r rᵀ) x. */
function apply(x: usize, y: usize): void {
  if (isSymmetric) {
    applyTriangle(x, y);
  } else {
    applyTransposed(x, between);
    applyRows(between, y);
  }
  const share = dot(roots, x, size);
  for (let i: usize = 0; i < (<usize>size) << 3; i += 8) {
    store<f64>(y + i, load<f64>(y + i) - share * load<f64>(roots + i));
  }
}

/** y = S x of a symmetric matrix of which row ≤ column is listed. */
function applyTriangle(x: usize, y: usize): void {
  memory.fill(y, 0, (<usize>size) << 3);
  let k: usize = 0;
  for (let i: usize = 0; i < <usize>size; i++) {
    const rowEnd = <usize>load<u32>(starts + ((i + 1) << 2));
    const xi = load<f64>(x + (i << 3));
    let sum: f64 = 0;
    for (; k < rowEnd; k++) {
      const j = <usize>load<u32>(places + (k << 2));
      const value = load<f64>(values + (k << 3));
      sum += value * load<f64>(x + (j << 3));
      if (j === i) continue;
      const yj = y + (j << 3);
      store<f64>(yj, load<f64>(yj) + value * xi);
    }
    const yi = y + (i << 3);
    store<f64>(yi, load<f64>(yi) + sum);
  }
}

function applyRows(x: usize, y: usize): void {
  let k: usize = 0;
  for (let i: usize = 0; i < <usize>size; i++) {
    const rowEnd = <usize>load<u32>(starts + ((i + 1) << 2));
    let sum: f64 = 0;
    for (; k < rowEnd; k++) {
      const j = <usize>load<u32>(places + (k << 2));
      sum += load<f64>(values + (k << 3)) * load<f64>(x + (j << 3));
    }
    store<f64>(y + (i << 3), sum);
  }
}

function applyTransposed(x: usize, y: usize): void {
  memory.fill(y, 0, (<usize>size) << 3);
  let k: usize = 0;
  for (let i: usize = 0; i < <usize>size; i++) {
    const rowEnd = <usize>load<u32>(starts + ((i + 1) << 2));
    const xi = load<f64>(x + (i << 3));
    for (; k < rowEnd; k++) {
      const yj = y + ((<usize>load<u32>(places + (k << 2))) << 3);
      store<f64>(yj, load<f64>(yj) + load<f64>(values + (k << 3)) * xi);
    }
  }
}

function dot(a: usize, b: usize, n: u32): f64 {
  let sum: f64 = 0;
  for (let i: usize = 0; i < (<usize>n) << 3; i += 8) sum += load<f64>(a + i) * load<f64>(b + i);
  return sum;
}
