import { checkedLevel, checkedOptions, type Numbers } from '../checks.js';
import { compensatedSum } from '../numeric/sum.js';
import type { Interval, Reason } from '../reason.js';
import { chiSquareUpper } from '../special/chi-square.js';
import { UNKNOWN_P } from '../special/p-value.js';
import {
  type ModelCoefficient,
  modelCoefficients,
  unknownCoefficients,
  unknownCovariance,
} from './coefficients.js';
import { checkedDesign, type Rows, spreadOverRows } from './design.js';
import { fitLogistic, type LogisticProblem, offsetLikelihood } from './fit-logistic.js';
import { checkedIterations, ITERATED_OPTIONS, type IteratedOptions } from './iterated.js';
import { independentRoot } from './least-squares.js';
import { checkedResponse } from './response.js';
import {
  inOriginalUnits,
  interceptRow,
  originalCoefficients,
  standardColumns,
} from './standard-columns.js';
import { coefficientMap } from './triangle.js';

/** Options of {@link logisticRegression}. */
export interface LogisticRegressionOptions extends IteratedOptions {
  /** How often each row counts, ≥ 0. Default all 1. */
  weights?: Numbers;
}

/** A coefficient of a logistic model. */
export interface LogisticCoefficient extends ModelCoefficient {
  /** exp(estimate): factor on the odds with one unit of the predictor. */
  oddsRatio: number;
  /** exp of the interval's limits. */
  oddsRatioInterval: Interval;
}

/** Test of all predictors together against the null model. */
export interface LikelihoodRatioTest {
  /** 2 (ln L − ln L₀) */
  statistic: number;
  /** Coefficients without the intercept. */
  degreesOfFreedom: number;
  p: number;
  /** Natural logarithm of `p`. */
  logP: number;
}

/** A logistic model fitted by maximum likelihood. */
export interface LogisticRegression {
  /** With Wald's z tests; the intercept first. */
  coefficients: LogisticCoefficient[];
  /** Of the coefficients, in their order: the inverse of the information. */
  covariance: number[][];
  likelihoodRatioTest: LikelihoodRatioTest;
  logLikelihood: number;
  /** Of the intercept alone (with the offset, if any), or of no coefficient in a model without intercept. */
  nullLogLikelihood: number;
  /** −2 ln L */
  deviance: number;
  /** −2 ln L₀ */
  nullDeviance: number;
  /** −2 ln L + 2 p */
  aic: number;
  /** −2 ln L + p ln n */
  bic: number;
  /** 1 − ln L / ln L₀ (McFadden 1974). */
  mcFadden: number;
  /** 1 − (L₀/L)^(2/n) over its greatest value 1 − L₀^(2/n) (Nagelkerke 1991). */
  nagelkerke: number;
  /** P(y = 1) of each row; NaN for rows left out. */
  fitted: Float64Array;
  /** Observations: rows, or the sum of the weights. */
  n: number;
  /** How many of them have label 1. */
  events: number;
  iterations: number;
  /** Whether the estimate stood still at the end. */
  converged: boolean;
  level: number;
  method: string;
  /** Names of predictors that are linear combinations of those before them; only with the reason `'collinear'`. */
  collinear?: string[];
  /**
   * Why there are NaN: `'nan-input'`; `'too-few-observations'` (no more rows than coefficients); `'single-class'`; `'collinear'`;
   * `'separation'` (a combination of predictors parts the classes, entirely or but for ties, so that no finite estimate exists).
   * `'no-convergence'`: the numbers are those of the last step.
   */
  reason?: Reason;
}

/**
 * Logistic regression by maximum likelihood: coefficients and odds ratios with Wald tests and intervals, the likelihood-ratio test
 * of all predictors, deviance, AIC, and two pseudo-R².
 *
 * Separated data, whose estimates other programs print as large numbers with larger errors, give NaN with the reason `'separation'`.
 *
 * Sources: McCullagh and Nelder (1989, Generalized Linear Models), chapter 4; Albert and Anderson (1984) on separation.
 *
 * @param rows one for each observation with its predictors, or an ml-matrix `Matrix`; without a column of ones
 * @param labels 0 or 1, one for each row
 * @returns NaN with a `reason` where the data do not determine the model
 * @throws InvalidArgumentError for ragged rows, other lengths, other labels, infinities, or impossible options
 * @example
 * ```ts
 * import { logisticRegression } from '@steatosis/stats';
 *
 * const fatPercent = [[2], [3], [4], [5], [6], [7], [8], [9]];
 * const steatosis = [0, 0, 1, 0, 0, 1, 1, 1];
 * const model = logisticRegression(fatPercent, steatosis, { names: ['fat'] });
 * console.log(model.coefficients[1].oddsRatio.toFixed(3)); // 2.286
 * console.log(model.likelihoodRatioTest.p.toFixed(4)); // 0.0443
 * ```
 */
export function logisticRegression(
  rows: Rows,
  labels: Numbers,
  options: LogisticRegressionOptions = {},
): LogisticRegression {
  checkedOptions(options, ['weights', ...ITERATED_OPTIONS]);
  const level = checkedLevel(options.level);
  const maxIterations = checkedIterations(options.maxIterations);
  const { offset } = options;
  const design = checkedDesign<string>(
    rows,
    offset === undefined ? { labels } : { labels, offset },
    options,
  );
  const { names } = design;
  const p = names.length;
  const unknown = (reason: Reason, n: number, events: number): LogisticRegression => ({
    coefficients: unknownCoefficients(names).map(withOddsRatio),
    covariance: unknownCovariance(p),
    ...likelihoods(Number.NaN, Number.NaN, n, p, p - ((options.intercept ?? true) ? 1 : 0)),
    fitted: new Float64Array(design.rows).fill(Number.NaN),
    n,
    events,
    iterations: 0,
    converged: false,
    level,
    method: METHOD,
    reason,
  });
  if (design.kept === 'nan') return unknown('nan-input', design.rows, Number.NaN);
  const { intercept, weights } = design;
  const y = checkedResponse('labels', design.beside.labels, 'binomial', design.kept);
  const n = weights === undefined ? y.length : compensatedSum(weights);
  const events = compensatedSum(
    weights === undefined ? y : y.map((label, i) => label * weights[i]),
  );
  if (design.n <= p) return unknown('too-few-observations', n, events);
  if (intercept && (events === 0 || events === n)) return unknown('single-class', n, events);
  const columns = standardColumns(design.columns, intercept, design.n);
  const root = independentRoot(columns, weights);
  if ('dependent' in root) {
    return { ...unknown('collinear', n, events), collinear: root.dependent.map((j) => names[j]) };
  }
  const problem: LogisticProblem = {
    columns,
    labels: y,
    offset: design.beside.offset,
    weights,
    maxIterations,
  };
  const fit = fitLogistic(problem);
  if (fit.outcome === 'separation') {
    return { ...unknown('separation', n, events), iterations: fit.iterations };
  }
  const { covariance, standardErrors } = inOriginalUnits(
    columns,
    coefficientMap(fit.root, interceptRow(columns)).covariance,
  );
  const nullLogLikelihood = intercept
    ? fitLogistic({ ...problem, columns: standardColumns([], true, design.n) }).logLikelihood
    : offsetLikelihood(problem);
  return {
    coefficients: modelCoefficients(
      names,
      originalCoefficients(columns, fit.coefficients),
      standardErrors,
      level,
    ).map(withOddsRatio),
    covariance,
    ...likelihoods(fit.logLikelihood, nullLogLikelihood, n, p, intercept ? p - 1 : p),
    fitted: spreadOverRows(fit.probabilities, design),
    n,
    events,
    iterations: fit.iterations,
    converged: fit.outcome === 'converged',
    level,
    method: METHOD,
    ...(fit.outcome === 'converged' ? {} : { reason: fit.outcome }),
  };
}

const METHOD = "logistic regression by maximum likelihood, Wald's tests and intervals";

function withOddsRatio(coefficient: ModelCoefficient): LogisticCoefficient {
  const { estimate, interval } = coefficient;
  return {
    ...coefficient,
    oddsRatio: Math.exp(estimate),
    oddsRatioInterval: [Math.exp(interval[0]), Math.exp(interval[1])],
  };
}

function likelihoods(
  logLikelihood: number,
  nullLogLikelihood: number,
  n: number,
  p: number,
  tested: number,
) {
  const statistic = Math.max(0, 2 * (logLikelihood - nullLogLikelihood));
  const known = !Number.isNaN(statistic) && tested > 0;
  return {
    likelihoodRatioTest: {
      statistic: tested > 0 ? statistic : Number.NaN,
      degreesOfFreedom: tested,
      ...(known ? chiSquareUpper(statistic, tested) : UNKNOWN_P),
    },
    logLikelihood,
    nullLogLikelihood,
    deviance: -2 * logLikelihood,
    nullDeviance: -2 * nullLogLikelihood,
    aic: -2 * logLikelihood + 2 * p,
    bic: -2 * logLikelihood + p * Math.log(n),
    mcFadden: 1 - logLikelihood / nullLogLikelihood,
    nagelkerke: Math.expm1(-statistic / n) / Math.expm1((2 * nullLogLikelihood) / n),
  };
}
