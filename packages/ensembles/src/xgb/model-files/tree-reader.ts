import type { Field } from '../../data/json-fields.js';
import { type CategoricalSplits, NO_PARENT, type RegressionTree } from '../tree.js';

/** Most nodes of a tree that a file may claim; its arrays have to be that long, so memory is bounded by its size. */
const MOST_NODES = 2 ** 31 - 2;

/** What XGBoost writes as the feature of a node that pruning has removed; the node itself stays in the arrays. */
export const REMOVED = 2147483647;

/** Codes from here on are no whole numbers in float32 any more; XGBoost knows no categories beyond. */
const CATEGORIES_END = 2 ** 24;

/** One tree of XGBoost's schema, checked to be a tree. */
export function readTree(field: Field, features: number): RegressionTree {
  const parameters = field.get('tree_param');
  const nodes = parameters.get('num_nodes').integer(1, MOST_NODES);
  const leafSize = parameters.optional('size_leaf_vector');
  if (leafSize && leafSize.integer(0, 2 ** 31 - 1) > 1) {
    leafSize.fail(
      "its leaves hold several outputs; one is expected, so train with multi_strategy='one_output_per_tree'",
    );
  }
  const integers = (name: string, least: number, most: number) =>
    field.get(name).integers(nodes, least, most);
  const numbers = (name: string) => field.get(name).numbers(nodes);
  const categories = field.optional('split_type')?.integers(nodes, 0, 1);
  const tree: RegressionTree = {
    leftChildren: integers('left_children', -1, nodes - 1),
    rightChildren: integers('right_children', -1, nodes - 1),
    parents: integers('parents', -1, NO_PARENT),
    splitIndices: integers('split_indices', 0, REMOVED),
    splitConditions: field.get('split_conditions').numbers(nodes, categories),
    defaultLeft: Uint8Array.from(integers('default_left', 0, 1)),
    baseWeights: numbers('base_weights'),
    lossChanges: numbers('loss_changes'),
    sumHessian: numbers('sum_hessian'),
  };
  checkShape(tree, features, field);
  const categorical = readCategories(field, tree);
  return categorical ? { ...tree, categorical } : tree;
}

/**
 * Every node is reached exactly once from the root, so that no walk can run in a circle, but for leaves that are
 * marked as removed. Those get feature 0, so that every number in the array is a feature.
 */
function checkShape(tree: RegressionTree, features: number, field: Field): void {
  const { leftChildren, rightChildren, parents, splitIndices, splitConditions } = tree;
  const reached = new Uint8Array(leftChildren.length);
  const open = [0];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (reached[node] === 1) field.fail(`node ${node} is reached in two ways, so it is no tree`);
    reached[node] = 1;
    const left = leftChildren[node];
    const right = rightChildren[node];
    if ((left === -1) !== (right === -1)) {
      field.fail(`node ${node} has one child; two or none are expected`);
    }
    if (left === -1) {
      if (!Number.isFinite(splitConditions[node])) {
        field.fail(
          `the output of leaf ${node} is ${splitConditions[node]}; a finite float32 is expected`,
        );
      }
      if (splitIndices[node] >= features) splitIndices[node] = 0;
      continue;
    }
    if (splitIndices[node] >= features) {
      field.fail(
        `node ${node} tests feature ${splitIndices[node]}, but the features are 0 … ${features - 1}`,
      );
    }
    for (const child of [left, right]) {
      if (parents[child] !== node) {
        field.fail(
          `node ${child} names ${parents[child]} as its parent, but it is a child of ${node}`,
        );
      }
      open.push(child);
    }
  }
  for (let node = 0; node < reached.length; node++) {
    if (reached[node] === 1) continue;
    const removed =
      leftChildren[node] === -1 && rightChildren[node] === -1 && splitIndices[node] === REMOVED;
    if (!removed) field.fail(`node ${node} cannot be reached from the root`);
    splitIndices[node] = 0;
    if (!Number.isFinite(splitConditions[node])) splitConditions[node] = 0;
  }
}

/** The categorical splits, or undefined if there are none. */
function readCategories(
  field: Field,
  { leftChildren }: RegressionTree,
): CategoricalSplits | undefined {
  const nodes = leftChildren.length;
  const types = field.optional('split_type')?.integers(nodes, 0, 1);
  const isCategorical = new Uint8Array(nodes);
  let expected = 0;
  types?.forEach((type, node) => {
    if (type !== 1 || leftChildren[node] === -1) return;
    isCategorical[node] = 1;
    expected++;
  });
  const owners = field.optional('categories_nodes')?.integers(undefined, 0, nodes - 1);
  if (expected === 0 && (owners?.length ?? 0) === 0) return undefined;
  if (owners?.length !== expected) {
    field.fail(
      `${expected} nodes are said to test categories, but the categories of ${owners?.length ?? 0} are listed`,
    );
  }
  const segments = field.get('categories_segments').integers(expected, 0, REMOVED);
  const sizes = field.get('categories_sizes').integers(expected, 1, REMOVED);
  const categories = field.get('categories').integers(undefined, 0, CATEGORIES_END - 1);
  const starts = new Int32Array(nodes + 1);
  let end = 0;
  owners.forEach((node, index) => {
    if (isCategorical[node] !== 1 || (index > 0 && node <= owners[index - 1])) {
      field.fail(
        `categories_nodes[${index}] is ${node}; the nodes with split_type 1 are expected in their order`,
      );
    }
    if (segments[index] !== end) {
      field.fail(`categories_segments[${index}] is ${segments[index]}; ${end} is expected`);
    }
    end += sizes[index];
    starts[node + 1] = sizes[index]!;
  });
  if (end !== categories.length) {
    field.fail(`it has ${categories.length} categories; its nodes need ${end}`);
  }
  for (let node = 0; node < nodes; node++) {
    starts[node + 1] = starts[node] + starts[node + 1];
    categories.subarray(starts[node], starts[node + 1]).sort();
  }
  return { isCategorical, starts, categories };
}
