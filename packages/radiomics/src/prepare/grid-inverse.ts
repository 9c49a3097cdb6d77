import { InvalidArgumentError } from '@steatosis/core';

/** Steps of the iteration per singular value; four or five are enough. */
const MOST_STEPS = 30;

type Matrix = number[][];

/**
 * The inverse of a 3×3 matrix by way of its singular values, rounded as ITK rounds it: Householder
 * transformations to two diagonals, then implicit QR steps (Golub and Reinsch 1970, Numer Math
 * 14:403–420; Dongarra et al. 1979, LINPACK Users' Guide, chapter 11, whose order of operations is kept).
 *
 * Cofactors would do as well but for the last bit, which decides to which of two voxels a mask's voxel
 * halfway between them goes when the axes are oblique.
 *
 * @param m row-major
 * @throws InvalidArgumentError when the iteration finds no end: the matrix is not finite
 */
export function inverse3(m: ArrayLike<number>): Float64Array {
  const { left, values, right } = singularValues([0, 3, 6].map((r) => [m[r], m[r + 1], m[r + 2]]));
  const result = new Float64Array(9);
  for (let row = 0; row < 3; row++) {
    for (let column = 0; column < 3; column++) {
      let sum = 0;
      for (let k = 0; k < 3; k++) sum += right[row][k] * (1 / values[k]) * left[column][k];
      result[3 * row + column] = sum;
    }
  }
  return result;
}

/** m = left · diagonal(values) · rightᵀ, values descending. */
function singularValues(m: Matrix): { left: Matrix; values: number[]; right: Matrix } {
  const { left, right, diagonal, above } = bidiagonal(m);
  let last = 2;
  let steps = 0;
  while (last >= 0) {
    const first = startOfBlock(diagonal, above, last);
    if (first < last) {
      if (steps++ === MOST_STEPS) {
        throw new InvalidArgumentError('direction', m, 'a finite, invertible 3×3 matrix');
      }
      qrStep(left, right, diagonal, above, first, last);
      continue;
    }
    settle(left, right, diagonal, last);
    steps = 0;
    last--;
  }
  return { left, values: diagonal, right };
}

/** Rotations that leave two diagonals of the matrix, and what is left. */
function bidiagonal(x: Matrix): {
  left: Matrix;
  right: Matrix;
  diagonal: number[];
  above: number[];
} {
  const left = [0, 1, 2].map(() => [0, 0, 0]);
  const right = [0, 1, 2].map(() => [0, 0, 0]);
  const diagonal = [0, 0, 0];
  const above = [0, 0, 0];
  for (let l = 0; l < 2; l++) {
    diagonal[l] = -reflectColumn(x, l);
    for (let j = l + 1; j < 3; j++) {
      if (diagonal[l] !== 0) addReflection(x, l, j, l);
      above[j] = x[l][j];
    }
    for (let i = l; i < 3; i++) left[i][l] = x[i][l];
    if (l === 0) {
      above[0] = -reflectRow(x, above);
      right[1][0] = above[1];
      right[2][0] = above[2];
    }
  }
  diagonal[2] = x[2][2];
  above[1] = x[1][2];
  above[2] = 0;
  left[2][2] = 1;
  for (let l = 1; l >= 0; l--) {
    if (diagonal[l] === 0) {
      for (let i = 0; i < 3; i++) left[i][l] = i === l ? 1 : 0;
      continue;
    }
    for (let j = l + 1; j < 3; j++) addReflection(left, l, j, l);
    for (let i = l; i < 3; i++) left[i][l] = -left[i][l];
    left[l][l] = 1 + left[l][l];
    for (let i = 0; i < l; i++) left[i][l] = 0;
  }
  right[2][2] = 1;
  right[1][1] = 1;
  if (above[0] !== 0) for (let j = 1; j < 3; j++) addReflection(right, 0, j, 1);
  for (let i = 0; i < 3; i++) right[i][0] = i === 0 ? 1 : 0;
  return { left, right, diagonal, above };
}

/** Make a column the vector of its reflection; returns the signed length that it had. */
function reflectColumn(x: Matrix, l: number): number {
  const size = norm(x.slice(l).map((row) => row[l]));
  if (size === 0) return size;
  const signed = x[l][l] !== 0 && x[l][l] < 0 ? -size : size;
  const factor = 1 / signed;
  for (let i = l; i < 3; i++) x[i][l] *= factor;
  x[l][l] = 1 + x[l][l];
  return signed;
}

/** The same for the first row right of the diagonal, applied to the rows below. */
function reflectRow(x: Matrix, row: number[]): number {
  const size = norm([row[1], row[2]]);
  if (size === 0) return size;
  const signed = row[1] !== 0 && row[1] < 0 ? -size : size;
  const factor = 1 / signed;
  for (let j = 1; j < 3; j++) row[j] *= factor;
  row[1] = 1 + row[1];
  const sums = [0, 0, 0];
  for (let j = 1; j < 3; j++) for (let i = 1; i < 3; i++) sums[i] += row[j] * x[i][j];
  for (let j = 1; j < 3; j++) {
    const t = -row[j] / row[1];
    for (let i = 1; i < 3; i++) x[i][j] += t * sums[i];
  }
  return signed;
}

/** Add to column `to` the multiple of column `from` that reflects it, rows from `first` on. */
function addReflection(x: Matrix, from: number, to: number, first: number): void {
  let dot = 0;
  for (let i = first; i < 3; i++) dot += x[i][from] * x[i][to];
  const t = -dot / x[first][from];
  for (let i = first; i < 3; i++) x[i][to] += t * x[i][from];
}

/** Where the block that ends at `last` begins: right of an element above the diagonal that is negligible. */
function startOfBlock(diagonal: number[], above: number[], last: number): number {
  let first = last;
  for (; first > 0; first--) {
    const scale = Math.abs(diagonal[first - 1]) + Math.abs(diagonal[first]);
    if (scale + Math.abs(above[first - 1]) === scale) {
      above[first - 1] = 0;
      break;
    }
  }
  return first;
}

/** One QR step on a block, shifted towards its smallest singular value. */
function qrStep(
  left: Matrix,
  right: Matrix,
  s: number[],
  e: number[],
  first: number,
  last: number,
): void {
  const scale = Math.max(...[s[last], s[last - 1], e[last - 1], s[first], e[first]].map(Math.abs));
  const [sm, before, beside, sl, el] = [s[last], s[last - 1], e[last - 1], s[first], e[first]].map(
    (value) => value / scale,
  );
  const b = ((before + sm) * (before - sm) + beside * beside) / 2;
  const c = sm * beside * (sm * beside);
  let shift = 0;
  if (b !== 0 || c !== 0) {
    const root = Math.sqrt(b * b + c);
    shift = c / (b + (b < 0 ? -root : root));
  }
  let f = (sl + sm) * (sl - sm) + shift;
  let g = sl * el;
  for (let k = first; k < last; k++) {
    const outer = rotation(f, g);
    if (k !== first) e[k - 1] = outer.length;
    f = outer.cosine * s[k] + outer.sine * e[k];
    e[k] = outer.cosine * e[k] - outer.sine * s[k];
    g = outer.sine * s[k + 1];
    s[k + 1] = outer.cosine * s[k + 1];
    rotate(right, k, outer);
    const inner = rotation(f, g);
    s[k] = inner.length;
    f = inner.cosine * e[k] + inner.sine * s[k + 1];
    s[k + 1] = -inner.sine * e[k] + inner.cosine * s[k + 1];
    g = inner.sine * e[k + 1];
    e[k + 1] = inner.cosine * e[k + 1];
    rotate(left, k, inner);
  }
  e[last - 1] = f;
}

/** Make a singular value positive and bring it to its place among those found before. */
function settle(left: Matrix, right: Matrix, values: number[], at: number): void {
  if (values[at] < 0) {
    values[at] = -values[at];
    for (const row of right) row[at] = -row[at];
  }
  for (let l = at; l < 2 && values[l] < values[l + 1]; l++) {
    [values[l], values[l + 1]] = [values[l + 1], values[l]];
    for (const row of [...left, ...right]) [row[l], row[l + 1]] = [row[l + 1], row[l]];
  }
}

interface Rotation {
  length: number;
  cosine: number;
  sine: number;
}

/** The rotation that turns (a, b) onto the first axis. */
function rotation(a: number, b: number): Rotation {
  const scale = Math.abs(a) + Math.abs(b);
  if (scale === 0) return { length: 0, cosine: 1, sine: 0 };
  const size = scale * Math.sqrt((a / scale) * (a / scale) + (b / scale) * (b / scale));
  const length = (Math.abs(a) > Math.abs(b) ? a : b) < 0 ? -size : size;
  return { length, cosine: a / length, sine: b / length };
}

/** Rotate columns `k` and `k + 1`. */
function rotate(x: Matrix, k: number, { cosine, sine }: Rotation): void {
  for (const row of x) {
    const [a, b] = [row[k], row[k + 1]];
    row[k] = cosine * a + sine * b;
    row[k + 1] = cosine * b - sine * a;
  }
}

/** The length of a vector, safe from overflow. */
function norm(v: number[]): number {
  if (v.length === 1) return Math.abs(v[0]);
  let scale = 0;
  let sum = 1;
  for (const value of v) {
    if (value === 0) continue;
    const size = Math.abs(value);
    if (scale < size) {
      sum = 1 + sum * ((scale / size) * (scale / size));
      scale = size;
    } else {
      sum += (size / scale) * (size / scale);
    }
  }
  return scale * Math.sqrt(sum);
}
