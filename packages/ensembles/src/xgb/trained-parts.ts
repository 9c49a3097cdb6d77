import type { BoosterParts } from './booster.js';
import { trainingObjective } from './train.js';
import type { TrainedModel, TrainingSetup } from './training-setup.js';

/** The booster that a training run ends with. */
export function trainedParts(setup: TrainingSetup, trained: TrainedModel): BoosterParts {
  const { parameters, x } = setup;
  const { best, history, baseScores, trees, treeInfo, iterationStarts } = trained;
  return {
    objective: trainingObjective(parameters, false),
    features: x.columns,
    baseScores,
    trees,
    treeInfo,
    iterationStarts,
    history,
    featureNames: parameters.featureNames ?? [],
    featureTypes: parameters.featureTypes?.map((type) => (type === 'q' ? 'float' : type)) ?? [],
    attributes: best
      ? { best_iteration: String(best.iteration), best_score: String(best.score) }
      : {},
  };
}
