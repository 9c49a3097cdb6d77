import { checkedChoice } from '../alternative.js';
import { checkedLevel, checkedOptions, type Numbers } from '../checks.js';
import type { Interval, Reason } from '../reason.js';
import { checkedClusters, type ClusterLabel, clusterMembers } from './clusters.js';
import {
  type ModelCoefficient,
  modelCoefficients,
  unknownCoefficients,
  unknownCovariance,
} from './coefficients.js';
import { checkedDesign, type Rows, spreadOverRows } from './design.js';
import { fitGee, type GeeProblem, independentFit } from './fit-gee.js';
import { fitLogistic } from './fit-logistic.js';
import { geeCovariance, type GeeStandardErrors } from './gee-covariance.js';
import type { GeeFamily } from './gee-family.js';
import { checkedIterations, ITERATED_OPTIONS, type IteratedOptions } from './iterated.js';
import { independentRoot } from './least-squares.js';
import { checkedResponse } from './response.js';
import {
  inOriginalUnits,
  interceptRow,
  originalCoefficients,
  powerOfTwo,
  standardColumns,
} from './standard-columns.js';

/** Options of {@link gee}. */
export interface GeeOptions extends IteratedOptions {
  /** `'binomial'` (default) with the logit, `'gaussian'` with the identity, `'poisson'` with the logarithm as link. */
  family?: GeeFamily;
  /**
   * What the equations assume about two rows of one cluster: `'exchangeable'` (default) that they correlate by the same α in every
   * cluster, `'independence'` that they do not. The estimates are consistent under either; a right assumption makes them more precise.
   */
  correlation?: 'independence' | 'exchangeable';
  /**
   * `'robust'` (default): the sandwich of Liang and Zeger, right whatever the true correlation, but too small for few clusters (under
   * about 40). `'bias-reduced'`: its correction by Mancl and DeRouen. `'model'`: right if family and correlation are.
   */
  standardErrors?: GeeStandardErrors;
}

/** A coefficient of estimating equations. */
export interface GeeCoefficient extends ModelCoefficient {
  /** exp(estimate), an odds ratio (binomial) or ratio of rates (poisson); absent for the gaussian family. */
  ratio?: number;
  /** exp of the interval's limits. */
  ratioInterval?: Interval;
}

/** Generalised estimating equations, solved. */
export interface Gee {
  /** With Wald's z tests; the intercept first. */
  coefficients: GeeCoefficient[];
  /** Of the coefficients, in their order, as `standardErrors` says. */
  covariance: number[][];
  /** α between two rows of a cluster; 0 under independence, NaN where no cluster has two rows. */
  workingCorrelation: number;
  /** φ = Σ e²/n of Pearson's residuals. */
  scale: number;
  /** Mean of each row; NaN for rows left out. */
  fitted: Float64Array;
  /** Rows used. */
  n: number;
  /** Clusters they belong to. */
  clusters: number;
  /** Rows of the largest. */
  largestCluster: number;
  iterations: number;
  /** Whether β, α and φ stood still at the end. */
  converged: boolean;
  level: number;
  method: string;
  /** Names of predictors that are linear combinations of those before them; only with the reason `'collinear'`. */
  collinear?: string[];
  /**
   * Why there are NaN: `'nan-input'`, `'too-few-observations'` (no more rows than coefficients), `'single-class'`, `'constant-input'`
   * (a response that does not vary), `'collinear'`, `'separation'`, `'too-few-clusters'` (no more clusters than coefficients: the sandwich has no
   * standard errors), `'no-convergence'` (also where α leaves the range that a correlation can have).
   */
  reason?: Reason;
}

/**
 * Regression for rows that come in clusters, as several ROIs of one patient, by generalised estimating equations.
 *
 * The coefficients are averages over the population, as in an ordinary model; standard errors, P and intervals allow for the
 * dependence within clusters. Moments and sandwich as in R's geepack; statsmodels divides by n − p instead of n in φ and α unless told otherwise.
 *
 * Source: Liang and Zeger (1986, Biometrika 73:13).
 *
 * @param rows one for each observation with its predictors, or an ml-matrix `Matrix`; without a column of ones
 * @param y response, one for each row: 0 or 1 (binomial), any number (gaussian), counts ≥ 0 (poisson)
 * @param clusters patient of each row, a number or a word; rows of a cluster need not follow each other
 * @returns NaN with a `reason` where the data do not determine the model
 * @throws InvalidArgumentError for ragged rows, other lengths, a response that the family cannot have, infinities, or impossible options
 * @example
 * ```ts
 * import { gee } from '@steatosis/stats';
 *
 * const patients = ['a', 'a', 'a', 'b', 'b', 'c', 'c', 'd', 'd', 'e', 'e', 'e'];
 * const fatPercent = [[3], [4], [6], [9], [7], [2], [5], [8], [6], [4], [3], [8]];
 * const grade = [0, 0, 1, 1, 1, 0, 0, 1, 0, 1, 0, 1];
 * const model = gee(fatPercent, grade, patients, { names: ['fat'] });
 * console.log(model.clusters, model.coefficients[1].ratio?.toFixed(3)); // 5 2.927
 * ```
 */
export function gee(
  rows: Rows,
  y: Numbers,
  clusters: ArrayLike<ClusterLabel>,
  options: GeeOptions = {},
): Gee {
  const settings = checkedSettings(options);
  const { family, correlation, standardErrors, level, maxIterations } = settings;
  const { offset } = options;
  const design = checkedDesign<string>(rows, offset === undefined ? { y } : { y, offset }, {
    ...options,
  });
  checkedClusters(clusters, design.rows);
  const { names } = design;
  const p = names.length;
  const common = { level, method: methodInWords(settings) };
  const unknown = (reason: Reason, n: number, members: readonly Uint32Array[] = []): Gee => ({
    coefficients: unknownCoefficients(names).map((one) => withRatio(one, family)),
    covariance: unknownCovariance(p),
    workingCorrelation: Number.NaN,
    scale: Number.NaN,
    fitted: new Float64Array(design.rows).fill(Number.NaN),
    n,
    ...sizesOf(members),
    iterations: 0,
    converged: false,
    ...common,
    reason,
  });
  if (design.kept === 'nan') return unknown('nan-input', design.rows);
  const { n, intercept } = design;
  const response = checkedResponse('y', design.beside.y, family, design.kept);
  const members = clusterMembers(clusters, design.kept);
  if (n <= p) return unknown('too-few-observations', n, members);
  if (intercept && response.every((value) => value === response[0])) {
    return unknown(family === 'binomial' ? 'single-class' : 'constant-input', n, members);
  }
  const columns = standardColumns(design.columns, intercept, n);
  const root = independentRoot(columns);
  if ('dependent' in root) {
    const collinear = root.dependent.map((j) => names[j]);
    return { ...unknown('collinear', n, members), collinear };
  }
  const unit = family === 'gaussian' ? powerOfTwo(largestOf(response)) : 1;
  const problem: GeeProblem = {
    columns,
    y: response.map((value) => value / unit),
    offset: design.beside.offset?.map((value) => value / unit),
    family,
    exchangeable: correlation === 'exchangeable',
    members,
    maxIterations,
  };
  let start: Float64Array;
  if (family === 'binomial') {
    const independent = fitLogistic({ ...problem, labels: response });
    if (independent.outcome === 'separation') return unknown('separation', n, members);
    start = independent.coefficients;
  } else {
    start = independentFit(problem);
  }
  const fit = fitGee(problem, start);
  if (!fit.converged) {
    return { ...unknown('no-convergence', n, members), iterations: fit.iterations };
  }
  const tooFew = standardErrors !== 'model' && members.length <= p;
  const standard = geeCovariance(
    tooFew ? 'model' : standardErrors,
    fit,
    interceptRow(columns),
    members,
  );
  const covariance = tooFew ? standard.map((row) => row.fill(Number.NaN)) : standard;
  const original = inOriginalUnits(columns, covariance, unit);
  return {
    coefficients: modelCoefficients(
      names,
      originalCoefficients(columns, fit.coefficients).map((value) => value * unit),
      original.standardErrors,
      level,
    ).map((one) => withRatio(one, family)),
    covariance: original.covariance,
    workingCorrelation: fit.workingCorrelation,
    scale: fit.scale * unit * unit,
    fitted: spreadOverRows(
      fit.means.map((value) => value * unit),
      design,
    ),
    n,
    ...sizesOf(members),
    iterations: fit.iterations,
    converged: true,
    ...common,
    ...(tooFew ? { reason: 'too-few-clusters' } : {}),
  };
}

function checkedSettings(options: GeeOptions) {
  checkedOptions(options, ['family', 'correlation', 'standardErrors', ...ITERATED_OPTIONS]);
  const { family = 'binomial', correlation = 'exchangeable', standardErrors = 'robust' } = options;
  checkedChoice('family', family, ['binomial', 'gaussian', 'poisson']);
  checkedChoice('correlation', correlation, ['independence', 'exchangeable']);
  checkedChoice('standardErrors', standardErrors, ['robust', 'bias-reduced', 'model']);
  return {
    family,
    correlation,
    standardErrors,
    maxIterations: checkedIterations(options.maxIterations),
    level: checkedLevel(options.level),
  };
}

function methodInWords({
  family,
  correlation,
  standardErrors,
}: ReturnType<typeof checkedSettings>): string {
  const errors = {
    robust: 'sandwich standard errors (Liang and Zeger)',
    'bias-reduced': 'bias-reduced sandwich standard errors (Mancl and DeRouen)',
    model: 'standard errors of the model',
  };
  return `generalised estimating equations, ${family} family, ${correlation} working correlation, ${errors[standardErrors]}`;
}

function withRatio(coefficient: ModelCoefficient, family: GeeFamily): GeeCoefficient {
  if (family === 'gaussian') return coefficient;
  const { estimate, interval } = coefficient;
  return {
    ...coefficient,
    ratio: Math.exp(estimate),
    ratioInterval: [Math.exp(interval[0]), Math.exp(interval[1])],
  };
}

function sizesOf(members: readonly Uint32Array[]): { clusters: number; largestCluster: number } {
  return {
    clusters: members.length,
    largestCluster: members.reduce((most, group) => Math.max(most, group.length), 0),
  };
}

function largestOf(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}
