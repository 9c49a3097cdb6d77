import type { StoredObjective } from '../objectives/objective.js';
import type { RegressionTree } from '../tree.js';
import type { DocumentObject } from './document.js';
import { float32Text } from './float-text.js';
import { REMOVED } from './tree-reader.js';

/** What a model file tells of a model; a {@link Booster} has it all. */
export interface ModelContent {
  /** XGBoost's name of the loss. */
  readonly objective: string;
  /** The parameters of the objective. */
  readonly storedObjective: StoredObjective;
  readonly outputs: number;
  readonly features: number;
  readonly baseScores: Float32Array;
  readonly trees: readonly RegressionTree[];
  readonly treeInfo: Int32Array;
  readonly iterationStarts: Int32Array;
  readonly featureNames: readonly string[];
  readonly featureTypes: readonly string[];
  readonly attributes: Readonly<Record<string, string>>;
}

/** The model in the schema of XGBoost 3.2, its keys in XGBoost's order. */
export function modelDocument(model: ModelContent): DocumentObject {
  const { outputs, features, trees } = model;
  return {
    learner: {
      attributes: sorted(model.attributes),
      feature_names: model.featureNames,
      feature_types: model.featureTypes,
      gradient_booster: {
        model: {
          cats: { enc: [], feature_segments: new Int32Array(), sorted_idx: new Int32Array() },
          gbtree_model_param: {
            num_parallel_tree: String(parallelTrees(model)),
            num_trees: String(trees.length),
          },
          iteration_indptr: Array.from(model.iterationStarts),
          tree_info: Array.from(model.treeInfo),
          trees: trees.map((tree, id) => treeDocument(tree, id, features)),
        },
        name: 'gbtree',
      },
      learner_model_param: {
        base_score: `[${Array.from(model.baseScores, float32Text).join(',')}]`,
        boost_from_average: '1',
        num_class: String(outputs > 1 ? outputs : 0),
        num_feature: String(features),
        num_target: '1',
      },
      objective: sorted({ name: model.objective, ...model.storedObjective }),
    },
    version: [3, 2, 0],
  };
}

/** Trees per output and round: those of a boosted forest, else 1. */
function parallelTrees({ outputs, iterationStarts }: ModelContent): number {
  const first = iterationStarts.length > 1 ? iterationStarts[1] : 0;
  return first > 0 && first % outputs === 0 ? first / outputs : 1;
}

function treeDocument(tree: RegressionTree, id: number, features: number): DocumentObject {
  const nodes = tree.leftChildren.length;
  const { splitIndices, defaultLeft, removed } = withRemovedNodes(tree);
  return {
    base_weights: tree.baseWeights,
    ...categoryLists(tree),
    default_left: defaultLeft,
    id,
    left_children: tree.leftChildren,
    loss_changes: tree.lossChanges,
    parents: tree.parents,
    right_children: tree.rightChildren,
    split_conditions: tree.splitConditions,
    split_indices: splitIndices,
    split_type: tree.categorical?.isCategorical ?? new Uint8Array(nodes),
    sum_hessian: tree.sumHessian,
    tree_param: {
      num_deleted: String(removed),
      num_feature: String(features),
      num_nodes: String(nodes),
      size_leaf_vector: '1',
    },
  };
}

/** Nodes that no other has as a child were removed by pruning; XGBoost's mark for them is a feature and a flag. */
function withRemovedNodes({
  leftChildren,
  rightChildren,
  splitIndices,
  defaultLeft,
}: RegressionTree) {
  const reached = new Uint8Array(leftChildren.length);
  reached[0] = 1;
  let count = 1;
  for (let node = 0; node < leftChildren.length; node++) {
    if (leftChildren[node] === -1) continue;
    reached[leftChildren[node]] = 1;
    reached[rightChildren[node]] = 1;
    count += 2;
  }
  const removed = leftChildren.length - count;
  if (removed === 0) return { splitIndices, defaultLeft, removed };
  return {
    splitIndices: splitIndices.map((feature, node) => (reached[node] === 1 ? feature : REMOVED)),
    defaultLeft: defaultLeft.map((left, node) => (reached[node] === 1 ? left : 1)),
    removed,
  };
}

function categoryLists({ categorical }: RegressionTree) {
  const nodes: number[] = [];
  categorical?.isCategorical.forEach((flag, node) => {
    if (flag === 1) nodes.push(node);
  });
  const starts = categorical?.starts ?? new Int32Array();
  return {
    categories: categorical?.categories ?? new Int32Array(),
    categories_nodes: Int32Array.from(nodes),
    categories_segments: BigInt64Array.from(nodes, (node) => BigInt(starts[node])),
    categories_sizes: BigInt64Array.from(nodes, (node) => BigInt(starts[node + 1] - starts[node])),
  };
}

/** The same fields with their names in the order of code units. */
function sorted(object: DocumentObject): DocumentObject {
  return Object.fromEntries(
    Object.entries(object).toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)),
  );
}
