/**
 * The second largest singular value of S = D_x^−½ P D_y^−½. The largest is 1, with the square roots of the
 * marginals as vectors, and is taken away beforehand. Of a symmetric P it is the largest |eigenvalue| of what
 * is left of S, else the root of the largest eigenvalue of what is left of S Sᵀ.
 */
import { CELL } from './glcm-cells.as';
import { dominantByLanczos, lanczosScratch } from './lanczos.as';
import { componentsOfPairs } from './pair-components.as';
import { dominantOfTridiagonal, tridiagonalise } from './tridiagonal.as';

/** Up to this size the matrix is made tridiagonal; above it the Lanczos iteration is cheaper. */
const LARGEST_DENSE: u32 = 40;

/** Bytes that {@link maximalCorrelation} needs for n levels and so many cells. */
export function correlationScratch(n: u32, cells: u32): usize {
  if (n <= LARGEST_DENSE) return (<usize>n * (2 * <usize>n + 5)) << 3;
  return lanczosScratch(n, cells);
}

/**
 * @param cells the list, see `glcm-cells.as.ts`
 * @param rows p_x, n f64
 * @param columns p_y; the place of the rows where the matrix is symmetric
 * @param scratch room for {@link correlationScratch}
 */
export function maximalCorrelation(
  cells: usize,
  end: usize,
  n: u32,
  rows: usize,
  columns: usize,
  total: f64,
  scratch: usize,
): f64 {
  const symmetric = rows === columns;
  let value: f64;
  if (n <= LARGEST_DENSE) {
    const size = (<usize>n) << 3;
    const matrix = scratch + 5 * size;
    fillRemainder(cells, end, n, rows, columns, total, scratch, matrix);
    tridiagonalise(matrix, n, scratch, scratch + size, scratch + 2 * size);
    value = dominantOfTridiagonal(scratch, scratch + size, n);
  } else {
    // Levels in groups that never meet, or that only meet the other group: the value 1 is there twice.
    if (componentsOfPairs(cells, end, n, symmetric, scratch) > 1) return 1;
    value = dominantByLanczos(cells, end, n, rows, columns, total, scratch);
  }
  return symmetric ? value : Math.sqrt(value);
}

/** The dense remainder; only its upper triangle has to be right. */
function fillRemainder(
  cells: usize,
  end: usize,
  n: u32,
  rows: usize,
  columns: usize,
  total: f64,
  scratch: usize,
  matrix: usize,
): void {
  const size = (<usize>n) << 3;
  const roots = scratch + 3 * size;
  const columnRoots = scratch + 4 * size;
  const symmetric = rows === columns;
  for (let i: usize = 0; i < size; i += 8) {
    store<f64>(roots + i, Math.sqrt(load<f64>(rows + i)));
    store<f64>(columnRoots + i, Math.sqrt(load<f64>(columns + i)));
  }
  const scaled = symmetric ? matrix : matrix + <usize>n * size;
  if (!symmetric) memory.fill(scaled, 0, <usize>n * size);
  for (let i: usize = 0; i < size; i += 8) {
    const root = load<f64>(roots + i);
    for (let j: usize = i; j < size; j += 8) {
      store<f64>(matrix + (i >> 3) * size + j, -root * load<f64>(roots + j));
    }
  }
  for (let cell = cells; cell < end; cell += CELL) {
    const i = <usize>load<u32>(cell);
    const j = <usize>load<u32>(cell, 4);
    const scale = load<f64>(roots + (i << 3)) * load<f64>(columnRoots + (j << 3));
    const place = scaled + i * size + (j << 3);
    store<f64>(place, load<f64>(place) + load<f64>(cell, 8) / (total * scale));
  }
  if (symmetric) return;
  for (let i: usize = 0; i < <usize>n; i++) {
    for (let j: usize = i; j < <usize>n; j++) {
      let sum: f64 = 0;
      for (let k: usize = 0; k < size; k += 8) {
        sum += load<f64>(scaled + i * size + k) * load<f64>(scaled + j * size + k);
      }
      const place = matrix + i * size + (j << 3);
      store<f64>(place, load<f64>(place) + sum);
    }
  }
}
