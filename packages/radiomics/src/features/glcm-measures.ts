import { dominantEigenvalue } from '../kernels/dominant-eigenvalue.js';
import { EPSILON, EPSILON_PER_CELL, nLog2n } from '../kernels/logarithms.js';
import type { Workspace } from '../kernels/workspace.js';

/** Bits of mutual information that rounding can leave of none. */
const INDEPENDENT = 1e-13;

/** Mean and variance of a distribution over its index. */
export interface Moments {
  mean: number;
  variance: number;
}

/**
 * One co-occurrence matrix P(i, j) boiled down to what the features need: the marginals p_x, p_y, the
 * distributions of i + j and |i − j|, and sums over the cells. One object is filled again and again.
 */
export class GlcmMeasures {
  /** Gray level of each row and column. */
  readonly levels: Float64Array;
  /** Ng: the highest gray level of the region. */
  readonly highest: number;
  /** p_x and p_y per row and column. */
  readonly rows: Float64Array;
  readonly columns: Float64Array;
  /** p of i + j, indexed by i + j. */
  readonly sums: Float64Array;
  /** p of |i − j|, indexed by |i − j|. */
  readonly differences: Float64Array;
  /** Σ p² and max p. */
  energy = 0;
  maximum = 0;
  /** Entropies in bits, without PyRadiomics' epsilon: of p, p_x, p_y. */
  jointEntropy = 0;
  rowEntropy = 0;
  columnEntropy = 0;
  /** Cells, rows and columns that are not empty. */
  occupiedCells = 0;
  occupiedRows = 0;
  occupiedColumns = 0;
  row: Moments = { mean: 0, variance: 0 };
  column: Moments = { mean: 0, variance: 0 };

  readonly #workspace: Workspace;
  readonly #symmetric: boolean;
  #cells: Float64Array = new Float64Array(0);
  #total = 0;

  constructor(levels: Float64Array, highest: number, symmetric: boolean, workspace: Workspace) {
    this.levels = levels;
    this.highest = highest;
    this.rows = workspace.float64Unset('glcmRows', levels.length);
    this.columns = workspace.float64Unset('glcmColumns', levels.length);
    this.sums = workspace.float64Unset('glcmSums', 2 * highest + 1);
    this.differences = workspace.float64Unset('glcmDifferences', Math.max(1, highest));
    this.#workspace = workspace;
    this.#symmetric = symmetric;
  }

  /** Whether the region has one gray level only. */
  get flat(): boolean {
    return this.levels.length < 2;
  }

  /** Whether all pairs of this direction have the same two gray levels. */
  get single(): boolean {
    return this.occupiedRows === 1 && this.occupiedColumns === 1;
  }

  /**
   * Take in a matrix of counts or weights, n×n, row-major; it must stay as it is until the next.
   *
   * @returns false for an empty matrix, which has no features
   */
  load(cells: Float64Array): boolean {
    this.#cells = cells;
    this.rows.fill(0);
    this.columns.fill(0);
    this.sums.fill(0);
    this.differences.fill(0);
    const { levels, rows, columns, sums, differences } = this;
    const n = levels.length;
    let squares = 0;
    let logs = 0;
    let maximum = 0;
    let occupied = 0;
    for (let i = 0; i < n; i++) {
      const a = levels[i];
      let row = 0;
      for (let j = 0; j < n; j++) {
        const count = cells[i * n + j];
        if (count === 0) continue;
        const b = levels[j];
        row += count;
        columns[j] += count;
        sums[a + b] += count;
        differences[a > b ? a - b : b - a] += count;
        squares += count * count;
        logs += nLog2n(count);
        if (count > maximum) maximum = count;
        occupied++;
      }
      rows[i] = row;
    }
    let total = 0;
    for (let i = 0; i < n; i++) total += rows[i];
    if (total === 0) return false;
    this.#total = total;
    this.energy = squares / (total * total);
    this.maximum = maximum / total;
    this.occupiedCells = occupied;
    this.jointEntropy = Math.log2(total) - logs / total;
    this.#measureMarginals(total);
    return true;
  }

  #measureMarginals(total: number): void {
    const { rows, columns, levels } = this;
    const byRow = entropyAndCount(rows, total);
    this.rowEntropy = byRow.entropy;
    this.occupiedRows = byRow.occupied;
    const byColumn = entropyAndCount(columns, total);
    this.columnEntropy = byColumn.entropy;
    this.occupiedColumns = byColumn.occupied;
    normalise(rows, total);
    normalise(columns, total);
    normalise(this.sums, total);
    normalise(this.differences, total);
    this.row = momentsOver(rows, levels);
    this.column = this.#symmetric ? this.row : momentsOver(columns, levels);
  }

  /** Σ over k of p(i + j = k)·(k − μ_x − μ_y)^power. */
  cluster(power: 2 | 3 | 4): number {
    const centre = this.row.mean + this.column.mean;
    let sum = 0;
    for (let k = 2; k < this.sums.length; k++) {
      const p = this.sums[k];
      if (p === 0) continue;
      const d = k - centre;
      sum += p * (power === 2 ? d * d : power === 3 ? d * d * d : d * d * d * d);
    }
    return sum;
  }

  /** Σ over k of p(|i − j| = k)·weight(k). */
  overDifferences(weight: (k: number) => number): number {
    let sum = 0;
    for (let k = 0; k < this.differences.length; k++) {
      const p = this.differences[k];
      if (p !== 0) sum += p * weight(k);
    }
    return sum;
  }

  /** Mutual information of i and j in bits, with PyRadiomics' epsilon; 0 where i and j are independent. */
  mutualInformation(): number {
    const epsilon = this.occupiedCells - this.occupiedRows * this.occupiedColumns;
    const information =
      this.rowEntropy + this.columnEntropy - this.jointEntropy + epsilon * EPSILON_PER_CELL;
    return information > INDEPENDENT ? information : 0;
  }

  /** H_xy − H_xy1, H_xy1 = −Σ P·log₂(p_x·p_y + ε), with PyRadiomics' epsilon. */
  jointEntropyDeficit(): number {
    const n = this.levels.length;
    let epsilon = -this.occupiedCells * EPSILON_PER_CELL;
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        const count = this.#cells[i * n + j];
        if (count === 0) continue;
        // To first order what ε adds is ε/(p_x·p_y·ln 2); tiny weights need the logarithm itself.
        const product = this.rows[i] * this.columns[j];
        const added =
          product > 1e-9 ? EPSILON_PER_CELL / product : Math.log2(1 + EPSILON / product);
        epsilon += (count / this.#total) * added;
      }
    }
    return this.jointEntropy - this.rowEntropy - this.columnEntropy + epsilon;
  }

  /**
   * Maximal correlation coefficient: the second largest singular value of D_x^−½ P D_y^−½. The largest
   * is 1, with the square roots of the marginals as vectors, and is taken away beforehand.
   */
  maximalCorrelation(): number {
    if (this.flat) return 1;
    const kept = occupiedIndices(this.rows);
    const n = kept.length;
    const matrix = this.#workspace.float64Unset('correlation', n * n);
    const roots = this.#workspace.float64Unset('rootRows', n);
    for (let i = 0; i < n; i++) roots[i] = Math.sqrt(this.rows[kept[i]]);
    if (this.#symmetric) this.#fillScaled(kept, roots, matrix);
    else this.#fillSquared(kept, roots, matrix);
    const value = dominantEigenvalue(matrix, n, this.#workspace);
    return this.#symmetric ? value : Math.sqrt(value);
  }

  /**
   * S = D^−½ P D^−½ for symmetric P, less its largest eigenvalue; the eigenvalues squared are those of
   * PyRadiomics' Q.
   */
  #fillScaled(kept: Int32Array, roots: Float64Array, matrix: Float64Array): void {
    const n = kept.length;
    const size = this.levels.length;
    const total = this.#total;
    for (let i = 0; i < n; i++) {
      const row = kept[i] * size;
      for (let j = 0; j < n; j++) {
        const scale = roots[i] * roots[j];
        matrix[i * n + j] = this.#cells[row + kept[j]] / (total * scale) - scale;
      }
    }
  }

  /** S Sᵀ with S = D_x^−½ P D_y^−½, less its largest eigenvalue; it has the eigenvalues of PyRadiomics' Q. */
  #fillSquared(kept: Int32Array, roots: Float64Array, matrix: Float64Array): void {
    const n = kept.length;
    const size = this.levels.length;
    for (let i = 0; i < n; i++) {
      for (let j = i; j < n; j++) {
        const a = kept[i] * size;
        const b = kept[j] * size;
        let sum = 0;
        for (let k = 0; k < size; k++) {
          const column = this.columns[k];
          if (column > 0) sum += (this.#cells[a + k] * this.#cells[b + k]) / column;
        }
        const scale = roots[i] * roots[j];
        matrix[i * n + j] = matrix[j * n + i] = sum / (this.#total ** 2 * scale) - scale;
      }
    }
  }
}

function entropyAndCount(
  counts: Float64Array,
  total: number,
): { entropy: number; occupied: number } {
  let logs = 0;
  let occupied = 0;
  for (let i = 0; i < counts.length; i++) {
    const count = counts[i];
    if (count === 0) continue;
    occupied++;
    logs += nLog2n(count);
  }
  return { entropy: Math.log2(total) - logs / total, occupied };
}

function normalise(values: Float64Array, total: number): void {
  for (let i = 0; i < values.length; i++) values[i] /= total;
}

function momentsOver(p: Float64Array, levels: Float64Array): Moments {
  let mean = 0;
  for (let i = 0; i < p.length; i++) mean += p[i] * levels[i];
  let variance = 0;
  for (let i = 0; i < p.length; i++) variance += p[i] * (levels[i] - mean) ** 2;
  return { mean, variance };
}

function occupiedIndices(p: Float64Array): Int32Array {
  const indices = new Int32Array(p.length);
  let n = 0;
  for (let i = 0; i < p.length; i++) if (p[i] > 0) indices[n++] = i;
  return indices.subarray(0, n);
}

/** Entropy −Σ p·log₂(p + ε) of probabilities. */
export function entropyOfProbabilities(p: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < p.length; i++) {
    const value = p[i];
    if (value > 0) sum -= value * Math.log2(value);
    if (value > 0) sum -= EPSILON_PER_CELL;
  }
  return sum;
}
