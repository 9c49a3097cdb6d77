import { type DenseMatrix, type FeatureInput, float32Matrix } from '../data/matrix.js';
import { checkNames } from '../data/parameters.js';
import { asFloat32, caseWeights, type NumericVector, outcomes } from '../data/targets.js';
import { marginsGiven } from './given-margins.js';

/** What a {@link DMatrix} holds beside the features. */
export interface DMatrixOptions {
  /** One label or outcome per row; needed for training and evaluation. */
  label?: NumericVector | undefined;
  /** One weight ≥ 0 per row; default all 1. */
  weight?: NumericVector | undefined;
  /** Margins to start from instead of the base score: one per row and output, row by row; default none. */
  baseMargin?: NumericVector | undefined;
  /** Names of the features; default none. */
  featureNames?: readonly string[] | undefined;
  /** `'c'` for categorical features, `'q'` for numbers; default all numbers. */
  featureTypes?: readonly ('q' | 'c')[] | undefined;
}

/**
 * Features with what belongs to their rows, checked once: what {@link Booster.train} learns from.
 *
 * @example
 * ```ts
 * import { DMatrix } from '@steatosis/ensembles';
 *
 * const data = new DMatrix([[1, NaN], [2, 5], [3, 4]], { label: [0, 1, 1] });
 * console.log(data.rows, data.columns); // 3 2
 * ```
 */
export class DMatrix {
  /** Features as float32, row by row; the caller's own array if it was that. */
  readonly x: DenseMatrix<Float32Array>;
  readonly label: Float32Array | undefined;
  readonly weight: Float32Array | undefined;
  readonly baseMargin: Float32Array | undefined;
  readonly featureNames: readonly string[] | undefined;
  readonly featureTypes: readonly ('q' | 'c')[] | undefined;

  /**
   * @param x rows × features; NaN is a missing value
   * @throws InvalidDataError when features, labels or weights cannot be used
   */
  constructor(x: FeatureInput, options: DMatrixOptions = {}) {
    checkNames(
      'DMatrix',
      options,
      ['label', 'weight', 'baseMargin', 'featureNames', 'featureTypes'],
      [],
    );
    const { label, weight, baseMargin, featureNames, featureTypes } = options;
    this.x = float32Matrix(x, { missing: 'allow' });
    const { rows } = this.x;
    this.label = label && asFloat32('y', outcomes(label, rows));
    const weights = caseWeights(weight, rows);
    this.weight = weights && asFloat32('sampleWeight', weights);
    this.baseMargin = marginsGiven(baseMargin, rows);
    this.featureNames = featureNames;
    this.featureTypes = featureTypes;
  }

  get rows(): number {
    return this.x.rows;
  }

  get columns(): number {
    return this.x.columns;
  }
}
