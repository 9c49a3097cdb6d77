import type { Vector3 } from '@steatosis/core';
import { tridiagonalEigenvalues, tridiagonalise } from './symmetric-eigenvalues.js';
import type { Workspace } from './workspace.js';

/** Mean position and scatter of a mask, in voxels. */
export interface MaskMoments {
  count: number;
  mean: Vector3;
  /** N² times the covariance (divided by N): 3×3 integers, exact while they are below 2⁵³. */
  scatter: number[][];
}

/** A mask as runs of voxels along x in a padded box. */
interface RunsInBox {
  runs: Int32Array;
  pad: number;
  rowStep: number;
  sliceStep: number;
}

/** Moments of a mask from integer sums. Coordinates start at the box. */
export function maskMoments({ runs, pad, rowStep, sliceStep }: RunsInBox): MaskMoments {
  const sums = [0, 0, 0];
  const products = [0, 0, 0, 0, 0, 0];
  let n = 0;
  for (let r = 0; r < runs.length; r += 2) {
    const z = Math.floor(runs[r] / sliceStep);
    const y = Math.floor((runs[r] - z * sliceStep) / rowStep);
    const first = runs[r] - z * sliceStep - y * rowStep - pad;
    const count = runs[r + 1] - runs[r];
    const last = first + count - 1;
    const sumX = ((first + last) * count) / 2;
    const sumXX = squaresUpTo(last) - squaresUpTo(first - 1);
    const v = y - pad;
    const w = z - pad;
    n += count;
    sums[0] += sumX;
    sums[1] += count * v;
    sums[2] += count * w;
    products[0] += sumXX;
    products[1] += sumX * v;
    products[2] += sumX * w;
    products[3] += count * v * v;
    products[4] += count * v * w;
    products[5] += count * w * w;
  }
  const [xx, xy, xz, yy, yz, zz] = products;
  const rows = [
    [xx, xy, xz],
    [xy, yy, yz],
    [xz, yz, zz],
  ];
  return {
    count: n,
    mean: sums.map((sum) => sum / n) as Vector3,
    scatter: rows.map((row, a) => row.map((product, b) => n * product - sums[a] * sums[b])),
  };
}

/** 0² + 1² + … + n² */
function squaresUpTo(n: number): number {
  return (n * (n + 1) * (2 * n + 1)) / 6;
}

/**
 * Variances along the principal axes (divided by N), descending, in the unit of the spacing squared.
 *
 * Voxels on one line or plane have exactly no variance across it: the rank of the integer scatter
 * tells, where rounding of the eigenvalues could not.
 *
 * @param axes the image axes that count: all three, or the two of a plane
 */
export function principalVariances(
  moments: MaskMoments,
  spacing: readonly number[],
  axes: readonly number[],
  workspace: Workspace,
): number[] {
  const { scatter, count } = moments;
  const n = axes.length;
  const matrix = Float64Array.from(
    axes.flatMap((a) =>
      axes.map((b) => (scatter[a][b] / (count * count)) * spacing[a] * spacing[b]),
    ),
  );
  const diagonal = new Float64Array(n);
  const offDiagonal = new Float64Array(n);
  tridiagonalise(matrix, n, diagonal, offDiagonal, workspace);
  tridiagonalEigenvalues(diagonal, offDiagonal, n);
  const variances = Array.from(diagonal, (value) => Math.max(0, value)).sort((a, b) => b - a);
  const integers = axes.map((a) => axes.map((b) => scatter[a][b]));
  return variances.fill(0, rankOf(integers));
}

/** Rank of a symmetric matrix of integers of at most three rows that is not zero. */
function rankOf(m: readonly (readonly number[])[]): number {
  const n = m.length;
  const all = [...m.keys()];
  const minor = (i: number, j: number, k: number, l: number) =>
    m[i][k] * m[j][l] - m[i][l] * m[j][k];
  const line = all.every((i) =>
    all.every((j) => all.every((k) => all.every((l) => minor(i, j, k, l) === 0))),
  );
  if (line) return 1;
  if (n === 2) return 2;
  const determinant =
    m[0][0] * minor(1, 2, 1, 2) - m[0][1] * minor(1, 2, 0, 2) + m[0][2] * minor(1, 2, 0, 1);
  return determinant === 0 ? 2 : 3;
}
