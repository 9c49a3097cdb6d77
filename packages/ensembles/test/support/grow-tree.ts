import { EngineMemory } from '../../src/engine/memory.js';
import { soloTeam } from '../../src/engine/team.js';
import { binMatrix } from '../../src/xgb/binning/bin-matrix.js';
import { binningSteps } from '../../src/xgb/binning/steps.js';
import type { GrowerSettings } from '../../src/xgb/growing/grower-settings.js';
import { growingSteps, TreeGrower } from '../../src/xgb/growing/tree-grower.js';
import type { RegressionTree } from '../../src/xgb/tree.js';
import { readJson } from './fixtures.js';
import { sequentialTeam } from './sequential-team.js';

const { fround } = Math;

/** A single tree of XGBoost with everything that it depends on; see `generate-trees.py`. */
export interface TreeCase {
  name: string;
  rows: number;
  columns: number;
  types: string[];
  x: (number | null)[];
  gradients: number[];
  hessians: number[];
  /** XGBoost's names. */
  params: {
    max_depth: number;
    eta: number;
    max_bin: number;
    min_child_weight: number;
    lambda?: number;
    alpha?: number;
    gamma?: number;
    max_delta_step?: number;
    grow_policy?: 'depthwise' | 'lossguide';
    max_leaves?: number;
    monotone_constraints?: number[];
    interaction_constraints?: number[][];
    max_cat_to_onehot?: number;
    max_cat_threshold?: number;
  };
  /** As in XGBoost's model file. */
  tree: Record<
    | 'left_children'
    | 'right_children'
    | 'parents'
    | 'split_indices'
    | 'split_conditions'
    | 'default_left'
    | 'base_weights'
    | 'loss_changes'
    | 'sum_hessian'
    | 'split_type'
    | 'categories'
    | 'categories_nodes'
    | 'categories_sizes',
    number[]
  >;
}

export function treeCases(): TreeCase[] {
  return readJson('xgboost-trees/random.json.gz') as TreeCase[];
}

function settingsOf({ params }: TreeCase): GrowerSettings {
  return {
    maxDepth: params.max_depth,
    maxLeaves: params.max_leaves ?? 0,
    growPolicy: params.grow_policy ?? 'depthwise',
    learningRate: fround(params.eta),
    lambda: fround(params.lambda ?? 1),
    alpha: fround(params.alpha ?? 0),
    gamma: fround(params.gamma ?? 0),
    minChildWeight: fround(params.min_child_weight),
    maxDeltaStep: fround(params.max_delta_step ?? 0),
    monotoneConstraints: params.monotone_constraints && Int8Array.from(params.monotone_constraints),
    interactionConstraints: params.interaction_constraints,
    maxCatToOnehot: params.max_cat_to_onehot ?? 4,
    maxCatThreshold: params.max_cat_threshold ?? 64,
  };
}

/** A grower over a case's table, its gradients filled in. */
export function growerOf(
  tree: TreeCase,
  members = 1,
  change: Partial<GrowerSettings> = {},
  keptBytes?: number,
) {
  const { rows, columns } = tree;
  const x = { data: Float32Array.from(tree.x, (value) => value ?? Number.NaN), rows, columns };
  const engine = new EngineMemory();
  const steps = { ...binningSteps(engine, x), ...growingSteps(engine) };
  const team = members === 1 ? soloTeam(steps) : sequentialTeam(members, steps);
  const binned = binMatrix(engine, team, x, {
    maxBin: tree.params.max_bin,
    featureTypes: tree.types,
  });
  const grower = new TreeGrower(
    engine,
    team,
    binned,
    { ...settingsOf(tree), ...change },
    keptBytes,
  );
  for (let row = 0; row < rows; row++) {
    engine.f32[grower.gradients / 4 + 2 * row] = tree.gradients[row];
    engine.f32[grower.gradients / 4 + 2 * row + 1] = tree.hessians[row];
  }
  return { engine, grower, x };
}

/** XGBoost's arrays as ours. */
export function expectedTree({ tree }: TreeCase): RegressionTree {
  const numbers = (values: number[]) => Float32Array.from(values, (value) => value + 0);
  const expected: RegressionTree = {
    leftChildren: Int32Array.from(tree.left_children),
    rightChildren: Int32Array.from(tree.right_children),
    parents: Int32Array.from(tree.parents),
    splitIndices: Int32Array.from(tree.split_indices),
    splitConditions: numbers(tree.split_conditions),
    defaultLeft: Uint8Array.from(tree.default_left),
    baseWeights: numbers(tree.base_weights),
    lossChanges: numbers(tree.loss_changes),
    sumHessian: numbers(tree.sum_hessian),
  };
  if (tree.categories_nodes.length === 0) return expected;
  const starts = new Int32Array(tree.left_children.length + 1);
  tree.categories_nodes.forEach((node, i) => (starts[node + 1] = tree.categories_sizes[i]));
  for (let node = 1; node < starts.length; node++) starts[node] += starts[node - 1];
  return {
    ...expected,
    categorical: {
      isCategorical: Uint8Array.from(tree.split_type),
      starts,
      categories: Int32Array.from(tree.categories),
    },
  };
}
