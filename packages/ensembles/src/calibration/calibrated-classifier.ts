import { InvalidArgumentError, throwIfAborted } from '@steatosis/core';
import ndarray from 'ndarray';
import type { NdArray } from 'ndarray';
import type { FeatureInput } from '../data/matrix.js';
import { checkNames } from '../data/parameters.js';
import {
  FORMAT_VERSION,
  openStored,
  type StoredHeader,
  withStoredParameters,
} from '../data/stored-model.js';
import { denseMatrix, takeRows, takeValues } from '../data/take.js';
import { caseWeights, encodeLabels, type NumericVector, readClasses } from '../data/targets.js';
import { NotFittedError } from '../errors.js';
import { readEstimator } from '../model-registry.js';
import type { Estimator, GroupedFitOptions } from '../model-selection/estimator.js';
import { takeGroups } from '../model-selection/fit-fold.js';
import type { Fold } from '../model-selection/folds.js';
import type { GroupVector } from '../model-selection/groups.js';
import { foldsOf, type Splitter, splitterOf } from '../model-selection/splitter.js';
import { unfittedCopy } from '../model-selection/unfitted.js';
import {
  type CalibratedMember,
  calibratorsFor,
  type ClassScores,
  memberProbabilities,
  scoresOf,
} from './calibrated-member.js';
import { type CalibrationMethod, readCalibrator } from './calibrator.js';

/** Parameters of {@link CalibratedClassifier}. */
export interface CalibrationParameters {
  /**
   * `sigmoid` (default) fits Platt's curve with two parameters; `isotonic` any monotone curve, which needs about a
   * thousand rows.
   */
  method?: CalibrationMethod | undefined;
  /**
   * Number of folds ≥ 2, or a splitter; default 5. Ignored if `prefit`. As a number: by group and class where `fit` is
   * given groups, otherwise by class.
   */
  splits?: number | Splitter | undefined;
  /**
   * Whether each fold's model is kept with the curves of the rows that it has not seen, and probabilities are the mean
   * over the folds (default true). False keeps one model, fitted to all rows, with the curves of the scores that the
   * folds' models gave to the rows held back. Ignored if `prefit`.
   */
  ensemble?: boolean | undefined;
  /** Whether the base is fitted already, so that `fit` is given rows it has not seen; default false. */
  prefit?: boolean | undefined;
}

interface CompleteParameters {
  method: CalibrationMethod;
  splits: number | Splitter;
  ensemble: boolean;
  prefit: boolean;
}

/** What {@link CalibratedClassifier.toJSON} gives. */
export interface SerialisedCalibration extends StoredHeader {
  model: 'CalibratedClassifier';
  /** `splits` only where it is a number. */
  parameters: { method: CalibrationMethod; splits?: number; ensemble: boolean; prefit: boolean };
  classes: number[];
  members: { model: unknown; calibrators: unknown[] }[];
}

interface Fitted {
  classes: readonly number[];
  members: readonly CalibratedMember[];
}

/**
 * A classifier whose probabilities are brought in line with how often its classes occur, always on rows that it has
 * not been fitted to; with groups, on patients that it has not seen.
 *
 * Scores are the decision function of the base where it has one, otherwise its probabilities. Of several classes
 * each is calibrated against the others and the results are divided by their sum. With unshuffled folds these are the
 * rules of scikit-learn's `CalibratedClassifierCV`. Platt 1999; Zadrozny and Elkan 2002, doi:10.1145/775047.775151.
 *
 * @example
 * ```ts
 * import { CalibratedClassifier, XGBClassifier } from '@steatosis/ensembles';
 *
 * const patients = Array.from({ length: 60 }, (_, row) => row >> 1);
 * const x = patients.map((patient, row) => [(patient * 7) % 30, row % 5]);
 * const y = x.map(([a]) => Number(a > 14));
 * const base = new XGBClassifier({ nEstimators: 20, maxDepth: 2 });
 * const model = new CalibratedClassifier(base, { splits: 3 }).fit(x, y, { groups: patients });
 * console.log(model.predict([[2, 0], [28, 1]])); // Float64Array(2) [ 0, 1 ]
 * ```
 */
export class CalibratedClassifier implements Estimator {
  readonly parameters: Readonly<CompleteParameters>;
  readonly estimatorType = 'classifier';
  readonly takesGroups = true;
  /** The classifier to calibrate; it is not fitted itself, copies of it are. */
  readonly base: Estimator;
  #fitted: Fitted | undefined;

  /**
   * @param base a classifier, fitted only if `prefit`
   * @throws InvalidArgumentError for parameters that cannot be meant
   */
  constructor(base: Estimator, parameters: CalibrationParameters = {}) {
    const names = ['method', 'splits', 'ensemble', 'prefit'];
    checkNames('CalibratedClassifier', parameters, names, []);
    const { method = 'sigmoid', splits = 5, ensemble = true, prefit = false } = parameters;
    if (typeof base?.fit !== 'function') {
      throw new InvalidArgumentError('base', base, 'a classifier');
    }
    if (method !== 'sigmoid' && method !== 'isotonic') {
      throw new InvalidArgumentError('method', method, "'sigmoid' or 'isotonic'");
    }
    for (const [name, value] of Object.entries({ ensemble, prefit })) {
      if (typeof value !== 'boolean') throw new InvalidArgumentError(name, value, 'true or false');
    }
    splitterOf({ splits }, true);
    this.base = base;
    this.parameters = { method, splits, ensemble, prefit };
  }

  /**
   * Fit base and curves. An earlier fit is forgotten.
   *
   * @param options `groups` keeps each group on one side; progress counts fits of the base
   * @throws InvalidDataError when the data cannot be learned from
   */
  fit(x: FeatureInput, y: NumericVector, options: GroupedFitOptions = {}): this {
    checkNames(
      'CalibratedClassifier.fit',
      options,
      ['sampleWeight', 'groups', 'signal', 'onProgress'],
      ['workers', 'evalSet'],
    );
    const matrix = denseMatrix(x);
    const { classes } = encodeLabels(y, matrix.rows);
    const weights = caseWeights(options.sampleWeight, matrix.rows);
    const { method, splits, ensemble, prefit } = this.parameters;
    if (prefit) {
      const scores = scoresOf(this.base, matrix);
      const calibrators = calibratorsFor(method, scores, y, weights);
      const known = [...(this.base.classes ?? [])];
      this.#fitted = { classes: known, members: [{ model: this.base, calibrators }] };
      return this;
    }
    const { groups, signal, onProgress } = options;
    const splitter = splitterOf({ splits, groups }, true);
    const folds = foldsOf(splitter, matrix, y, groups, matrix.rows);
    const total = folds.length + Number(!ensemble);
    const fitTo = (rows: Int32Array, done: number): Estimator => {
      throwIfAborted(signal);
      const model = unfittedCopy(this.base);
      const fitted = model.fit(
        takeRows(matrix, rows),
        takeValues(y, rows),
        optionsFor(rows, model, weights, groups, signal),
      );
      if (fitted instanceof Promise) {
        throw new InvalidArgumentError(
          'base',
          model.constructor.name,
          'one that is fitted at once',
        );
      }
      onProgress?.({ done, total });
      return model;
    };
    const members = folds.map(({ train, test }, i): CalibratedMember & { scores: ClassScores } => {
      const model = fitTo(train, i + 1);
      const scores = scoresOf(model, takeRows(matrix, test));
      const testWeights = weights && takeValues(weights, test);
      const calibrators = ensemble
        ? calibratorsFor(method, scores, takeValues(y, test), testWeights)
        : [];
      return { model, calibrators, scores };
    });
    if (ensemble) {
      this.#fitted = {
        classes,
        members: members.map(({ model, calibrators }) => ({ model, calibrators })),
      };
      return this;
    }
    const held = heldBackScores(
      folds,
      members.map(({ scores }) => scores),
      classes,
      matrix.rows,
    );
    const calibrators = calibratorsFor(method, held, y, weights);
    const all = Int32Array.from({ length: matrix.rows }, (_, row) => row);
    this.#fitted = { classes, members: [{ model: fitTo(all, total), calibrators }] };
    return this;
  }

  /** The labels, ascending. */
  get classes(): readonly number[] {
    return this.#get('classes').classes;
  }

  /** The fitted models with their curves: one per fold, or a single one. */
  get members(): readonly CalibratedMember[] {
    return this.#get('members').members;
  }

  /** The label with the greatest probability, one per row. */
  predict(x: FeatureInput): Float64Array {
    const { classes } = this.#get('predictions');
    const { data, shape } = this.predictProba(x);
    const k = classes.length;
    return Float64Array.from({ length: shape[0] }, (_, row) => {
      let best = 0;
      for (let i = 1; i < k; i++) if (data[row * k + i] > data[row * k + best]) best = i;
      return classes[best];
    });
  }

  /** Calibrated probabilities, [rows, classes]. */
  predictProba(x: FeatureInput): NdArray<Float64Array> {
    const { classes, members } = this.#get('predictions');
    const matrix = denseMatrix(x);
    const sums = new Float64Array(matrix.rows * classes.length);
    for (const member of members) {
      memberProbabilities(member, matrix, classes).forEach((value, i) => (sums[i] += value));
    }
    return ndarray(
      sums.map((sum) => sum / members.length),
      [matrix.rows, classes.length],
    );
  }

  /** An unfitted copy; `changes` named 'base.parameter' go to the base. Of a prefit one the base stays. */
  unfitted(changes: object = {}): CalibratedClassifier {
    const own: Record<string, unknown> = {};
    const ofBase: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(changes)) {
      if (name.startsWith('base.')) ofBase[name.slice(5)] = value;
      else own[name] = value;
    }
    const isFixed = this.parameters.prefit && Object.keys(ofBase).length === 0;
    const base = isFixed ? this.base : unfittedCopy(this.base, ofBase);
    return new CalibratedClassifier(base, { ...this.parameters, ...own });
  }

  /** A plain object that `JSON.stringify` keeps to the last bit, but for a splitter, which is left out. */
  toJSON(): SerialisedCalibration {
    const { classes, members } = this.#get('toJSON');
    const { splits, ...parameters } = this.parameters;
    return {
      model: 'CalibratedClassifier',
      formatVersion: FORMAT_VERSION,
      parameters: typeof splits === 'number' ? { ...parameters, splits } : parameters,
      classes: [...classes],
      members: members.map(({ model, calibrators }) => {
        if (!model.toJSON) {
          throw new InvalidArgumentError('base', model, 'a model with toJSON, to be stored');
        }
        return {
          model: model.toJSON(),
          calibrators: calibrators.map((calibrator) => calibrator.toJSON()),
        };
      }),
    };
  }

  /**
   * @param json what `toJSON` gave; the base is an estimator of this package
   * @param depth how many models this one stands in; 0, left out, for a document of its own
   * @throws ModelFormatError when `json` is not such
   */
  static fromJSON(json: unknown, depth = 0): CalibratedClassifier {
    const document = openStored('CalibratedClassifier', json);
    const parameters = document.get('parameters').record() as CalibrationParameters;
    const classes = readClasses(document.get('classes'));
    const items = document.get('members').items();
    if (items.length === 0) document.get('members').fail('it is empty; a model is expected');
    const bases = items.map((item) => readEstimator(item.get('model').record(), depth + 1));
    const base = parameters.prefit ? bases[0] : unfittedCopy(bases[0]);
    const model = withStoredParameters(() => new CalibratedClassifier(base, parameters));
    const members = items.map((item, i) => {
      const known = bases[i].classes ?? [];
      const expected = known.length === 2 ? 1 : known.length;
      const fields = item.get('calibrators').items();
      if (expected === 0 || fields.length !== expected) {
        item.get('calibrators').fail(`${fields.length} are found; ${expected} are expected`);
      }
      if (!known.every((label) => classes.includes(label))) {
        document.get('classes').fail('the classes of all models are expected');
      }
      const { method } = model.parameters;
      return { model: bases[i], calibrators: fields.map((field) => readCalibrator(method, field)) };
    });
    model.#fitted = { classes, members };
    return model;
  }

  #get(wanted: string): Fitted {
    if (!this.#fitted) throw new NotFittedError('CalibratedClassifier', wanted);
    return this.#fitted;
  }
}

function optionsFor(
  rows: Int32Array,
  model: Estimator,
  weights: Float64Array | undefined,
  groups: GroupVector | undefined,
  signal: AbortSignal | undefined,
): GroupedFitOptions {
  const options: GroupedFitOptions = {};
  if (signal) options.signal = signal;
  if (weights) options.sampleWeight = takeValues(weights, rows);
  if (groups && model.takesGroups) options.groups = takeGroups(groups, rows);
  return options;
}

/** The scores that each row was given by the model that had not seen it. */
function heldBackScores(
  folds: readonly Fold[],
  scores: readonly ClassScores[],
  classes: readonly number[],
  rows: number,
): ClassScores {
  const times = new Int32Array(rows);
  const columns = Array.from(
    { length: classes.length === 2 ? 1 : classes.length },
    () => new Float64Array(rows),
  );
  folds.forEach(({ test }, fold) => {
    if (scores[fold].classes.length !== classes.length) {
      throw new InvalidArgumentError(
        'splits',
        `fold ${fold}, whose training rows lack a class`,
        'folds that train on every class, where ensemble is false',
      );
    }
    test.forEach((row, i) => {
      times[row]++;
      columns.forEach((column, k) => (column[row] = scores[fold].columns[k][i]));
    });
  });
  const row = times.findIndex((count) => count !== 1);
  if (row !== -1) {
    throw new InvalidArgumentError(
      'splits',
      `folds that test row ${row} ${times[row]} times`,
      'folds that test every row once, where ensemble is false',
    );
  }
  return { classes, columns };
}
