import type { LongTaskOptions } from '@steatosis/core';
import { InvalidArgumentError } from '@steatosis/core';
import {
  type DenseMatrix,
  type FeatureInput,
  float32Matrix,
  float64Matrix,
} from '../data/matrix.js';
import { checkNames } from '../data/parameters.js';
import { InvalidDataError } from '../errors.js';
import type { TreeEnsemble, TreeModel } from './tree-ensemble.js';

/** What {@link shapInteractionValues} takes beside the model and the rows. */
export interface ShapInteractionOptions extends Pick<LongTaskOptions, 'signal' | 'onProgress'> {
  /**
   * What stands for features that are left out. `'path-dependent'`, the default without `background`: a node's
   * training rows follow the tree in the shares in which they came. `'interventional'`, the default with
   * `background`: the features' values in the rows of `background`, whatever the other features are.
   */
  algorithm?: 'path-dependent' | 'interventional' | undefined;
  /** Rows × features that stand for the data, for `'interventional'` only; every row counts the same. */
  background?: FeatureInput | undefined;
  /** Explain only iterations from the first number to before the second; default those that predictions use. */
  iterationRange?: readonly [number, number] | undefined;
}

/** What {@link shapValues} takes beside the model and the rows. */
export interface ShapOptions extends ShapInteractionOptions {
  /**
   * Saabas' approximation along each row's own path instead of Shapley values, as XGBoost's `approx_contribs`;
   * default false. It knows no background.
   */
  approximate?: boolean | undefined;
}

/** Number of workers in the options: the function then returns a promise. */
export interface WithWorkers {
  /** Worker threads; 0 computes on the calling thread. The result has the same bits for any number. */
  workers: number;
}

/** No workers in the options: the function then returns its result. */
export interface WithoutWorkers {
  workers?: undefined;
}

/** The model's trees, chosen and checked, and the rows as the trees compare them. */
export interface ShapTask {
  ensemble: TreeEnsemble;
  /** Number of the first of the ensemble's trees in the model. */
  firstTree: number;
  x: DenseMatrix;
  background: DenseMatrix | undefined;
}

const NAMES = [
  'algorithm',
  'background',
  'iterationRange',
  'workers',
  'signal',
  'onProgress',
] as const;

/** Check everything that {@link shapValues} and its relatives are given. */
export function shapTask(
  owner: string,
  model: TreeModel,
  x: FeatureInput,
  options: ShapOptions,
): ShapTask {
  const mayApproximate = owner === 'shapValues';
  checkNames(owner, options, mayApproximate ? [...NAMES, 'approximate'] : NAMES, []);
  const { algorithm, background, approximate, iterationRange } = options;
  if (approximate !== undefined && typeof approximate !== 'boolean') {
    throw new InvalidArgumentError('approximate', approximate, 'true or false');
  }
  if (![undefined, 'path-dependent', 'interventional'].includes(algorithm)) {
    throw new InvalidArgumentError('algorithm', algorithm, "'path-dependent' or 'interventional'");
  }
  const isInterventional = (algorithm ?? (background && 'interventional')) === 'interventional';
  if (isInterventional && background === undefined) {
    throw new InvalidArgumentError(
      'background',
      background,
      "rows that stand for the data: algorithm 'interventional' needs them",
    );
  }
  if (background !== undefined && (!isInterventional || approximate)) {
    throw new InvalidArgumentError(
      'background',
      'given',
      `nothing for ${approximate ? 'approximate values' : "algorithm 'path-dependent'"}, which would not look at it`,
    );
  }
  if (approximate && algorithm === 'interventional') {
    throw new InvalidArgumentError(
      'algorithm',
      algorithm,
      "'path-dependent' for approximate values",
    );
  }
  const whole = ensembleOf(model);
  const { ensemble, firstTree } = chosenIterations(whole, iterationRange);
  if (!isInterventional) checkCovers(ensemble, firstTree);
  return {
    ensemble,
    firstTree,
    x: readRows('x', x, whole),
    background: background === undefined ? undefined : readRows('background', background, whole),
  };
}

function ensembleOf(model: TreeModel): TreeEnsemble {
  if (typeof (model as Partial<TreeModel> | undefined | null)?.treeEnsemble !== 'function') {
    throw new InvalidArgumentError(
      'model',
      model,
      'a fitted model of trees, such as XGBClassifier or LightGBMModel; of a Pipeline explain its model, on pipeline.transform(x)',
    );
  }
  return model.treeEnsemble();
}

function chosenIterations(
  ensemble: TreeEnsemble,
  range: readonly [number, number] | undefined,
): { ensemble: TreeEnsemble; firstTree: number } {
  const { trees, base, iterationStarts, iterationRange } = ensemble;
  const iterations = iterationStarts ? iterationStarts.length - 1 : trees.length / base.length;
  const [from, to] = range ?? iterationRange ?? [0, iterations];
  const isRange = Number.isInteger(from) && Number.isInteger(to) && from >= 0 && to <= iterations;
  if (!isRange || (range !== undefined && from >= to)) {
    throw new InvalidArgumentError(
      'iterationRange',
      range,
      `two integers 0 ≤ first < end ≤ ${iterations}, the model's number of iterations`,
    );
  }
  const startOf = (iteration: number) =>
    iterationStarts ? iterationStarts[iteration] : iteration * base.length;
  return {
    ensemble: { ...ensemble, trees: trees.slice(startOf(from), startOf(to)) },
    firstTree: startOf(from),
  };
}

function checkCovers({ trees }: TreeEnsemble, firstTree: number): void {
  trees.forEach(({ cover }, id) => {
    const node = cover.findIndex((weight) => !(weight >= 0 && weight < Infinity));
    if (node === -1) return;
    throw new InvalidArgumentError(
      'model',
      `tree ${firstTree + id} whose node ${node} has the training weight ${cover[node]}`,
      'finite weights ≥ 0, in whose shares rows are divided; or explain it with a background',
    );
  });
}

function readRows(
  name: 'x' | 'background',
  rows: FeatureInput,
  { features, precision, takesMissing }: TreeEnsemble,
): DenseMatrix {
  const policy = takesMissing
    ? ({ missing: 'allow' } as const)
    : ({ missing: 'refuse', owner: 'the model' } as const);
  const matrix =
    precision === 'float64' ? float64Matrix(rows, policy) : float32Matrix(rows, policy);
  if (matrix.columns !== features) {
    throw new InvalidDataError(
      name,
      `it has ${matrix.columns} columns; the model was fitted to ${features} and needs the same features in the same order.`,
    );
  }
  return matrix;
}
