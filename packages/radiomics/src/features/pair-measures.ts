import { EPSILON_PER_CELL } from '../kernels/logarithms.js';

/** Bits of mutual information that rounding can leave of none. */
const INDEPENDENT = 1e-13;

/** Numbers that the kernel `measurePairs` gives for a matrix. */
export const PAIR_RESULTS = 30;

/** Mean and variance of a distribution over its index. */
interface Moments {
  mean: number;
  variance: number;
}

/**
 * One co-occurrence matrix P(i, j) boiled down to what the features need: moments and entropies of P, of its
 * marginals p_x, p_y, and of i + j and |i − j|. One object is filled again and again.
 */
export abstract class PairMeasures {
  /** The gray levels that there are. */
  readonly levels: Float64Array;
  /** Ng: the highest gray level of the region. */
  readonly highest: number;
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
  readonly row: Moments = { mean: 0, variance: 0 };
  readonly column: Moments = { mean: 0, variance: 0 };
  /** Of i and j. */
  covariance = 0;
  /** Of i + j: mean, mean square, Σ p·(i + j − μ_x − μ_y)^power for 2, 3, 4, entropy with PyRadiomics' epsilon. */
  readonly sum = { mean: 0, meanSquare: 0, second: 0, third: 0, fourth: 0, entropy: 0 };
  /** Of k = |i − j|, N = Ng; the entropy with PyRadiomics' epsilon. */
  readonly difference = {
    mean: 0,
    meanSquare: 0,
    variance: 0,
    entropy: 0,
    /** Means of 1/(1 + k), 1/(1 + k²), 1/(1 + k/N), 1/(1 + k²/N²), and of 1/k² over k > 0. */
    inverse: 0,
    inverseMoment: 0,
    inverseNormalised: 0,
    inverseMomentNormalised: 0,
    inverseVariance: 0,
  };

  /** Sum of the counts or weights. */
  protected total = 0;
  #epsilonOfProducts = 0;

  constructor(levels: Float64Array, highest: number) {
    this.levels = levels;
    this.highest = highest;
  }

  /** Whether the region has one gray level only. */
  get flat(): boolean {
    return this.levels.length < 2;
  }

  /** Whether all pairs of this direction have the same two gray levels. */
  get single(): boolean {
    return this.occupiedRows === 1 && this.occupiedColumns === 1;
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
    const epsilon = this.#epsilonOfProducts - this.occupiedCells * EPSILON_PER_CELL;
    return this.jointEntropy - this.rowEntropy - this.columnEntropy + epsilon;
  }

  /**
   * Maximal correlation coefficient: the second largest singular value of D_x^−½ P D_y^−½; its squares are
   * the eigenvalues of PyRadiomics' Q.
   */
  abstract maximalCorrelation(): number;

  /** Take in what the kernel `measurePairs` wrote from a place on. */
  protected read(from: Float64Array, at: number): void {
    const { row, column, sum, difference } = this;
    this.total = from[at];
    this.energy = from[at + 1];
    this.maximum = from[at + 2];
    this.jointEntropy = from[at + 3];
    this.occupiedCells = from[at + 4];
    this.rowEntropy = from[at + 5];
    this.occupiedRows = from[at + 6];
    row.mean = from[at + 7];
    row.variance = from[at + 8];
    this.columnEntropy = from[at + 9];
    this.occupiedColumns = from[at + 10];
    column.mean = from[at + 11];
    column.variance = from[at + 12];
    sum.mean = from[at + 13];
    sum.meanSquare = from[at + 14];
    sum.second = from[at + 15];
    sum.third = from[at + 16];
    sum.fourth = from[at + 17];
    sum.entropy = from[at + 18];
    difference.mean = from[at + 19];
    difference.meanSquare = from[at + 20];
    difference.variance = from[at + 21];
    difference.entropy = from[at + 22];
    difference.inverse = from[at + 23];
    difference.inverseMoment = from[at + 24];
    difference.inverseNormalised = from[at + 25];
    difference.inverseMomentNormalised = from[at + 26];
    difference.inverseVariance = from[at + 27];
    this.#epsilonOfProducts = from[at + 28];
    this.covariance = from[at + 29];
  }
}
