import type { BoosterParts } from './booster.js';
import { type Field, parseJson } from '../data/json-fields.js';
import { objectiveNamed, objectiveNames } from './objectives/objective-named.js';
import { NO_PARENT, type RegressionTree } from './tree.js';

/** Most nodes of a tree that a file may claim; its arrays have to be that long, so memory is bounded by its size. */
const MOST_NODES = 2 ** 31 - 2;

/** Read XGBoost's JSON model. */
export function readModel(source: string | Uint8Array): BoosterParts {
  return modelParts(parseJson(source));
}

/** The parts of a model in XGBoost's JSON schema. */
export function modelParts(document: Field): BoosterParts {
  const learner = document.get('learner');
  const objectiveField: Field = learner.get('objective').get('name');
  const objective = objectiveNamed(objectiveField.string(), 1);
  if (!objective) {
    objectiveField.fail(
      `the objective ${objectiveField.string()} is not supported; known are ${objectiveNames.join(', ')}`,
    );
  }
  const parameters = learner.get('learner_model_param');
  const features = parameters.get('num_feature').integer(1, 2 ** 31 - 1);
  parameters.optional('num_class')?.integer(0, 1);
  parameters.optional('num_target')?.integer(0, 1);
  const booster = learner.get('gradient_booster');
  const name = booster.get('name');
  if (name.string() !== 'gbtree') name.fail(`${name.string()} is not supported yet; gbtree is`);
  const baseScore = readBaseScore(parameters.get('base_score'));
  if (!objective.isBaseScore(baseScore)) {
    parameters.get('base_score').fail(`${baseScore} is no prediction of ${objective.name}`);
  }
  const trees = booster
    .get('model')
    .get('trees')
    .items()
    .map((tree) => readTree(tree, features));
  return {
    objective,
    features,
    baseScores: Float32Array.of(baseScore),
    trees,
    treeInfo: new Int32Array(trees.length),
    iterationStarts: Int32Array.from({ length: trees.length + 1 }, (_, tree) => tree),
    featureNames: learner.optional('feature_names')?.strings() ?? [],
    featureTypes: learner.optional('feature_types')?.strings() ?? [],
    attributes: learner.optional('attributes')?.stringRecord() ?? {},
  };
}

/** XGBoost 3.x stores an array in a string, `"[5E-1]"`; older versions the bare number, `"5E-1"`. */
function readBaseScore(field: Field): number {
  const text = field.string();
  const inner = /^\[([^\],]*)\]$/.exec(text)?.[1] ?? text;
  const value = inner.trim() === '' ? Number.NaN : Math.fround(Number(inner));
  if (!Number.isFinite(value)) {
    field.fail(`${JSON.stringify(text)} is found; one number is expected`);
  }
  return value;
}

function readTree(field: Field, features: number): RegressionTree {
  const parameters = field.get('tree_param');
  const nodes = parameters.get('num_nodes').integer(1, MOST_NODES);
  parameters.optional('size_leaf_vector')?.integer(0, 1);
  if ((field.optional('categories_nodes')?.items().length ?? 0) > 0) {
    field.fail('it has categorical splits, which are not supported yet');
  }
  const integers = (name: string, least: number, most: number) =>
    field.get(name).integers(nodes, least, most);
  const floats = (name: string) => field.get(name).floats(nodes);
  field.optional('split_type')?.integers(nodes, 0, 0);
  const tree: RegressionTree = {
    leftChildren: integers('left_children', -1, nodes - 1),
    rightChildren: integers('right_children', -1, nodes - 1),
    parents: integers('parents', -1, NO_PARENT),
    splitIndices: integers('split_indices', 0, features - 1),
    splitConditions: floats('split_conditions'),
    defaultLeft: Uint8Array.from(integers('default_left', 0, 1)),
    baseWeights: floats('base_weights'),
    lossChanges: floats('loss_changes'),
    sumHessian: floats('sum_hessian'),
  };
  checkShape(tree, field);
  return tree;
}

/** Every node is reached once at most from the root, so that no walk can run in a circle. */
function checkShape({ leftChildren, rightChildren }: RegressionTree, field: Field): void {
  const reached = new Uint8Array(leftChildren.length);
  const open = [0];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (reached[node] === 1) field.fail(`node ${node} has two parents, so it is no tree`);
    reached[node] = 1;
    const left = leftChildren[node];
    const right = rightChildren[node];
    if ((left === -1) !== (right === -1))
      field.fail(`node ${node} has one child; two are expected`);
    if (left !== -1) open.push(left, right);
  }
}
