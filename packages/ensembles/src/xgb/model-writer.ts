import type { Booster } from './booster.js';
import { float32Text } from './float-text.js';
import type { RegressionTree } from './tree.js';

/** The model in XGBoost's JSON schema, version 3.2. */
export function writeModel(booster: Booster): string {
  const { trees } = booster;
  const model =
    `{"cats":{"enc":[],"feature_segments":[],"sorted_idx":[]},` +
    `"gbtree_model_param":{"num_parallel_tree":"1","num_trees":"${trees.length}"},` +
    `"iteration_indptr":${JSON.stringify(Array.from({ length: trees.length + 1 }, (_, i) => i))},` +
    `"tree_info":${JSON.stringify(trees.map(() => 0))},` +
    `"trees":[${trees.map((tree, id) => writeTree(tree, id, booster.features)).join(',')}]}`;
  const learner =
    `{"attributes":${JSON.stringify(booster.attributes)},` +
    `"feature_names":${JSON.stringify(booster.featureNames)},` +
    `"feature_types":${JSON.stringify(booster.featureTypes)},` +
    `"gradient_booster":{"model":${model},"name":"gbtree"},` +
    `"learner_model_param":{"base_score":"[${float32Text(booster.baseScore)}]","boost_from_average":"1",` +
    `"num_class":"0","num_feature":"${booster.features}","num_target":"1"},` +
    `"objective":{"name":"${booster.objective}","reg_loss_param":{"scale_pos_weight":"1"}}}`;
  return `{"learner":${learner},"version":[3,2,0]}`;
}

function writeTree(tree: RegressionTree, id: number, features: number): string {
  const nodes = tree.leftChildren.length;
  const floats = (values: Float32Array) => `[${Array.from(values, float32Text).join(',')}]`;
  const integers = (values: Int32Array | Uint8Array) => `[${values.join(',')}]`;
  return (
    `{"base_weights":${floats(tree.baseWeights)},` +
    `"categories":[],"categories_nodes":[],"categories_segments":[],"categories_sizes":[],` +
    `"default_left":${integers(tree.defaultLeft)},"id":${id},` +
    `"left_children":${integers(tree.leftChildren)},` +
    `"loss_changes":${floats(tree.lossChanges)},` +
    `"parents":${integers(tree.parents)},` +
    `"right_children":${integers(tree.rightChildren)},` +
    `"split_conditions":${floats(tree.splitConditions)},` +
    `"split_indices":${integers(tree.splitIndices)},` +
    `"split_type":${integers(new Uint8Array(nodes))},` +
    `"sum_hessian":${floats(tree.sumHessian)},` +
    `"tree_param":{"num_deleted":"0","num_feature":"${features}","num_nodes":"${nodes}","size_leaf_vector":"1"}}`
  );
}
