import type { Field } from '../../data/json-fields.js';
import type { BoosterParts } from '../booster.js';
import { objectiveNamed, objectiveNames } from '../objectives/objective-named.js';
import type { Objective, StoredObjective } from '../objectives/objective.js';
import type { RegressionTree } from '../tree.js';
import { readTree } from './tree-reader.js';

/** Most features that a file may claim: a dense row of more would take 256 MiB. */
const MOST_FEATURES = 2 ** 26;

/** Most classes that a file may claim; every row has a prediction of each. */
const MOST_CLASSES = 2 ** 20;

/** Most bits that the sets of categories of a model may need, a bit up to the largest category of each node: 128 MiB. */
const MOST_CATEGORY_BITS = 2 ** 30;

/** The parts of a model in XGBoost's schema, which JSON and UBJSON share. */
export function modelParts(document: Field): BoosterParts {
  const learner = document.get('learner');
  const parameters = learner.get('learner_model_param');
  const features = parameters.get('num_feature').integer(1, MOST_FEATURES);
  const objective = readObjective(learner.get('objective'), parameters);
  const booster = learner.get('gradient_booster');
  const name = booster.get('name');
  if (name.string() !== 'gbtree') {
    name.fail(
      `a booster of the kind ${JSON.stringify(name.string())} is found; gbtree is expected, so train the model with booster='gbtree'`,
    );
  }
  const model = booster.get('model');
  refuseStoredCategories(model.optional('cats'));
  const trees = readTrees(model, features);
  const treeInfo = model.get('tree_info').integers(trees.length, 0, objective.outputs - 1);
  return {
    objective,
    features,
    baseScores: readBaseScores(parameters.get('base_score'), objective),
    trees,
    treeInfo,
    iterationStarts: readIterations(model, treeInfo, objective.outputs),
    featureNames: perFeature(learner.optional('feature_names'), features),
    featureTypes: perFeature(learner.optional('feature_types'), features),
    attributes: learner.optional('attributes')?.stringRecord() ?? {},
  };
}

function readObjective(field: Field, parameters: Field): Objective {
  const nameField: Field = field.get('name');
  const name = nameField.string();
  const targets = parameters.optional('num_target');
  if (targets && targets.integer(0, 2 ** 31 - 1) > 1) {
    targets.fail('the model has several targets; one is expected, so train one model per target');
  }
  const classesField = parameters.optional('num_class');
  const classes = classesField?.integer(0, MOST_CLASSES) ?? 0;
  const stored: StoredObjective = Object.fromEntries(
    field
      .names()
      .filter((key) => key !== 'name')
      .map((key) => [key, field.get(key).stringRecord()]),
  );
  const objective = objectiveNamed(name, Math.max(1, classes), stored);
  if (!objective) {
    nameField.fail(
      `the objective ${JSON.stringify(name)} is not supported; supported are ${objectiveNames.join(', ')}`,
    );
  }
  if (objective.outputs !== Math.max(1, classes)) {
    classesField?.fail(`${classes} classes are found, but ${name} has one output`);
  }
  return objective;
}

/**
 * XGBoost 3.1 and newer store an array in a string, one number per class, `"[5E-1]"`; older versions a bare number,
 * `"5E-1"`, which holds for all classes.
 */
function readBaseScores(field: Field, objective: Objective): Float32Array {
  const text = field.string();
  const inner = /^\[(.*)\]$/s.exec(text)?.[1];
  const items = (inner ?? text).split(',');
  if (items.length !== 1 && items.length !== objective.outputs) {
    field.fail(
      `${items.length} numbers are found; one or one per output are expected, and the model has ${objective.outputs}`,
    );
  }
  const scores = Float32Array.from(items, (item) => {
    const score = /^[-+.\de]+$/i.test(item.trim()) ? Number(item) : Number.NaN;
    if (!Number.isFinite(Math.fround(score))) {
      field.fail(`${JSON.stringify(item.slice(0, 40))} is found; a finite number is expected`);
    }
    if (!objective.isBaseScore(score)) {
      field.fail(`${item} is found, which is no base score of ${objective.name}`);
    }
    return score;
  });
  return scores.length === objective.outputs
    ? scores
    : new Float32Array(objective.outputs).fill(scores[0]);
}

/** The trees, each at the place that its id names. */
function readTrees(model: Field, features: number): RegressionTree[] {
  const fields = model.get('trees').items();
  model.get('gbtree_model_param').get('num_trees').integer(fields.length, fields.length);
  const trees = new Array<RegressionTree | undefined>(fields.length);
  let bits = 0;
  fields.forEach((field, index) => {
    const id = field.optional('id')?.integer(0, fields.length - 1) ?? index;
    if (trees[id]) field.get('id').fail(`a second tree with the number ${id} is found`);
    const tree = readTree(field, features);
    bits += categoryBits(tree);
    if (bits > MOST_CATEGORY_BITS) {
      field.fail(
        'the sets of categories up to here need more than 128 MiB; number the categories from 0 without gaps',
      );
    }
    trees[id] = tree;
  });
  return trees as RegressionTree[];
}

/** Bits of the sets of a tree's categories, which ascend within each node. */
function categoryBits({ categorical }: RegressionTree): number {
  if (!categorical) return 0;
  const { isCategorical, starts, categories } = categorical;
  let bits = 0;
  for (let node = 0; node < isCategorical.length; node++) {
    if (isCategorical[node] === 1) bits += categories[starts[node + 1] - 1] + 1;
  }
  return bits;
}

/** Where each boosting round begins; versions before 2.1 do not say, their rounds are all alike. */
function readIterations(model: Field, treeInfo: Int32Array, outputs: number): Int32Array {
  const trees = treeInfo.length;
  const field = model.optional('iteration_indptr');
  if (!field) {
    const parallel = model.get('gbtree_model_param').optional('num_parallel_tree');
    const each = outputs * (parallel?.integer(1, 2 ** 31 - 1) ?? parallelTrees(treeInfo, outputs));
    if (trees % each !== 0) {
      model.get('trees').fail(`${trees} trees are found; a multiple of ${each} is expected`);
    }
    return Int32Array.from({ length: trees / each + 1 }, (_, round) => round * each);
  }
  const starts = field.integers(undefined, 0, trees);
  if (starts.length === 0 || starts[0] !== 0 || starts.at(-1) !== trees) {
    field.fail(`numbers from 0 to ${trees}, the number of trees, are expected`);
  }
  for (let round = 1; round < starts.length; round++) {
    if (starts[round] < starts[round - 1]) field.fail(`[${round}] is less than the one before`);
  }
  return starts;
}

/** Trees per output and round as far as their order tells: those of one output stand together. */
function parallelTrees(treeInfo: Int32Array, outputs: number): number {
  if (outputs === 1) return 1;
  const second = treeInfo.findIndex((output) => output !== treeInfo[0]);
  return Math.max(1, second);
}

/** One text per feature, or none at all. */
function perFeature(field: Field | undefined, features: number): string[] {
  const texts = field?.strings() ?? [];
  if (texts.length !== 0 && texts.length !== features) {
    field?.fail(`${texts.length} are found; none or one per feature are expected, ${features}`);
  }
  return texts;
}

/** XGBoost 3.1 and newer keep the categories of data frames, so that it can turn them into codes itself. */
function refuseStoredCategories(field: Field | undefined): void {
  const encodings = field?.optional('enc');
  if (encodings && encodings.items().length > 0) {
    encodings.fail(
      'the model was trained on a data frame and keeps its categories, which are not supported; train it on their integer codes',
    );
  }
}
