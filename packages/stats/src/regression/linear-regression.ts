import { InvalidArgumentError } from '@steatosis/core';
import { checkedChoice } from '../alternative.js';
import { checkedLevel, checkedOptions, type Numbers } from '../checks.js';
import { compensatedSum } from '../numeric/sum.js';
import type { Reason } from '../reason.js';
import { checkedClusters, type ClusterLabel, clusterMembers } from './clusters.js';
import {
  type ModelCoefficient,
  modelCoefficients,
  unknownCoefficients,
  unknownCovariance,
} from './coefficients.js';
import { checkedDesign, type DesignOptions, type Rows, spreadOverRows } from './design.js';
import { leastSquares } from './least-squares.js';
import { linearCovariance, type StandardErrors } from './linear-covariance.js';
import {
  fitQuality,
  type FitQuality,
  fTest,
  sumsOfSquares,
  unknownQuality,
} from './linear-quality.js';
import {
  originalCoefficients,
  inOriginalUnits,
  powerOfTwo,
  standardColumns,
} from './standard-columns.js';
import { waldStatistic } from './wald.js';

/** Options of {@link linearRegression}. */
export interface LinearRegressionOptions extends DesignOptions {
  /** Confidence level of the intervals, between 0 and 1. Default 0.95. */
  level?: number;
  /** Each row's precision relative to the others (1/variance), ≥ 0; rows of weight 0 do not count. Default all 1. */
  weights?: Numbers;
  /**
   * `'classical'` (default) for errors of one variance; `'hc0'`, `'hc1'`, `'hc2'`, `'hc3'` hold for variances that differ from row
   * to row (White 1980; MacKinnon and White 1985; HC3 suits small samples); `'cluster'` for rows that depend on each other
   * within `clusters` (Liang and Zeger 1986, with the factor G/(G − 1) · (n − 1)/(n − p) of Stata; the default where clusters are given).
   */
  standardErrors?: StandardErrors;
  /** Patient of each row, a number or a word; only with `standardErrors: 'cluster'`. */
  clusters?: ArrayLike<ClusterLabel>;
}

/** A linear model fitted by least squares. */
export interface LinearRegression extends FitQuality {
  /** With t tests; the intercept first. */
  coefficients: ModelCoefficient[];
  /** Of the coefficients, in their order. */
  covariance: number[][];
  /** n − p of the residuals. The tests use it too, or G − 1 of clusters. */
  degreesOfFreedom: number;
  /** ŷ, one for each row; NaN for rows left out. */
  fitted: Float64Array;
  /** y − ŷ, one for each row; NaN for rows left out. */
  residuals: Float64Array;
  /** Rows used. */
  n: number;
  level: number;
  method: string;
  /** Names of predictors that are linear combinations of those before them; only with the reason `'collinear'`. */
  collinear?: string[];
  /**
   * Why there are NaN: `'nan-input'`; `'too-few-observations'` (no more rows than coefficients); `'collinear'`;
   * `'constant-input'` (y does not vary: nothing to explain); `'too-few-clusters'` (one alone, or no more than predictors: these have
   * no common F test); `'zero-denominator'` (HC2 and HC3 of a row
   * that the model fits whatever its y). `'zero-variance'`: the model fits without error, so that standard errors are 0
   * or rounding.
   */
  reason?: Reason;
}

/**
 * Linear regression by least squares: coefficients with t tests and intervals, R², the F test of the whole model.
 *
 * Columns are centred and scaled, decomposed by Householder's QR, and the solution is refined in twice the working precision: also
 * badly conditioned problems, as the polynomial of degree 10 in NIST's collection, keep their digits.
 *
 * @param rows one for each observation with its predictors, or an ml-matrix `Matrix`; without a column of ones
 * @param y response, one for each row
 * @returns NaN with a `reason` where the data do not determine the model
 * @throws InvalidArgumentError for ragged rows, other lengths, infinities, or impossible options
 * @example
 * ```ts
 * import { linearRegression } from '@steatosis/stats';
 *
 * const age = [[34], [41], [52], [58], [63], [70]];
 * const fatPercent = [4.1, 6.0, 7.2, 9.9, 9.1, 12.3];
 * const model = linearRegression(age, fatPercent, { names: ['age'] });
 * console.log(model.coefficients[1].estimate.toFixed(4)); // 0.2092
 * console.log(model.coefficients[1].interval.map((limit) => limit.toFixed(3))); // [ '0.132', '0.286' ]
 * console.log(model.rSquared.toFixed(3)); // 0.935
 * ```
 */
export function linearRegression(
  rows: Rows,
  y: Numbers,
  options: LinearRegressionOptions = {},
): LinearRegression {
  checkedOptions(options, [
    'names',
    'intercept',
    'nanPolicy',
    'level',
    'weights',
    'standardErrors',
    'clusters',
  ]);
  const level = checkedLevel(options.level);
  const { clusters } = options;
  const kind = checkedStandardErrors(options);
  const design = checkedDesign(rows, { y }, options);
  if (clusters !== undefined) checkedClusters(clusters, design.rows);
  const method = methodInWords(kind, options.weights !== undefined);
  const p = design.names.length;
  const unknown = (reason: Reason, n: number): LinearRegression => ({
    coefficients: unknownCoefficients(design.names),
    covariance: unknownCovariance(p),
    ...unknownQuality(n, p, options.intercept ?? true),
    degreesOfFreedom: n - p,
    fitted: new Float64Array(design.rows).fill(Number.NaN),
    residuals: new Float64Array(design.rows).fill(Number.NaN),
    n,
    level,
    method,
    reason,
  });
  if (design.kept === 'nan') return unknown('nan-input', design.rows);
  const { n, kept, weights, intercept } = design;
  if (n < p) return unknown('too-few-observations', n);
  const response = design.beside.y;
  if (response.every((value) => value === (intercept ? response[0] : 0))) {
    return unknown('constant-input', n);
  }
  const columns = standardColumns(design.columns, intercept, n);
  const unit = powerOfTwo(response.reduce((most, value) => Math.max(most, Math.abs(value)), 0));
  const scaled = response.map((value) => value / unit);
  const fit = leastSquares(columns, scaled, weights);
  if ('dependent' in fit) {
    return { ...unknown('collinear', n), collinear: fit.dependent.map((j) => design.names[j]) };
  }
  const sums = sumsOfSquares(
    intercept ? aboutMean(scaled, weights) : scaled,
    fit.residuals,
    weights,
  );
  const members = clusters === undefined ? [] : clusterMembers(clusters, kept);
  const variance = sums.residual / (n - p);
  const standard = linearCovariance(kind, columns.high, fit, variance, weights, members);
  const { covariance, standardErrors } = inOriginalUnits(columns, standard.covariance, unit);
  const degreesOfFreedom = kind === 'cluster' ? members.length - 1 : n - p;
  const quality = fitQuality(sums, { n, p, intercept, scale: unit, weights });
  const first = intercept ? 1 : 0;
  const testsAll = kind !== 'cluster' || p - first < members.length;
  if (kind !== 'classical') {
    // Between G clusters the covariance has rank G − 1 at most; rounding may hide that it has no inverse.
    const wald = testsAll ? waldStatistic(fit.high, standard.covariance, first) : Number.NaN;
    quality.fTest = fTest(wald / (p - first), p - first, degreesOfFreedom);
  }
  const isExact = Math.sqrt(sums.residual / n) <= 2 ** -52;
  const failure =
    standard.reason ?? (isExact ? 'zero-variance' : testsAll ? undefined : 'too-few-clusters');
  return {
    coefficients: modelCoefficients(
      design.names,
      originalCoefficients(columns, fit.high, fit.low).map((value) => value * unit),
      standardErrors,
      level,
      degreesOfFreedom,
    ),
    covariance,
    ...quality,
    degreesOfFreedom: n - p,
    fitted: spreadOverRows(
      response.map((value, i) => value - fit.residuals[i] * unit),
      design,
    ),
    residuals: spreadOverRows(
      fit.residuals.map((value) => value * unit),
      design,
    ),
    n,
    level,
    method,
    ...(failure === undefined ? {} : { reason: failure }),
  };
}

/** Deviations from the (weighted) mean; the second pass removes what the rounding of the mean left. */
function aboutMean(values: Float64Array, weights: Float64Array | undefined): Float64Array {
  let deviations = values;
  for (let pass = 0; pass < 2; pass++) {
    const mean =
      weights === undefined
        ? compensatedSum(deviations) / values.length
        : compensatedSum(deviations.map((value, i) => value * weights[i])) /
          compensatedSum(weights);
    deviations = deviations.map((value) => value - mean);
  }
  return deviations;
}

function checkedStandardErrors({
  standardErrors,
  clusters,
}: LinearRegressionOptions): StandardErrors {
  const kind = standardErrors ?? (clusters === undefined ? 'classical' : 'cluster');
  checkedChoice('standardErrors', kind, ['classical', 'hc0', 'hc1', 'hc2', 'hc3', 'cluster']);
  if ((kind === 'cluster') !== (clusters !== undefined)) {
    throw new InvalidArgumentError(
      'clusters',
      clusters,
      kind === 'cluster' ? 'the cluster of each row' : `no clusters with '${kind}' standard errors`,
    );
  }
  return kind;
}

function methodInWords(kind: StandardErrors, weighted: boolean): string {
  const errors = {
    classical: 'standard errors of one error variance',
    hc0: 'HC0 standard errors (White)',
    hc1: 'HC1 standard errors (MacKinnon and White)',
    hc2: 'HC2 standard errors (MacKinnon and White)',
    hc3: 'HC3 standard errors (MacKinnon and White)',
    cluster: 'standard errors between clusters (Liang and Zeger)',
  };
  return `${weighted ? 'weighted' : 'ordinary'} least squares, ${errors[kind]}`;
}
