import type { Estimator } from './estimator.js';
import { estimatorFromBlueprint, type Blueprint } from '../model-registry.js';
import { type FoldAnswer, type FoldData, type FoldWork, fitFold } from './fit-fold.js';

/** One fold as it is sent to a worker. */
interface PortableFold {
  blueprint: Blueprint;
  data: FoldData;
  work: FoldWork;
  /** Whether the fitted model comes back. */
  withModel: boolean;
}

/** What a worker answers; the model as its `toJSON` gives it. */
interface PortableAnswer {
  answer: FoldAnswer;
  model: unknown;
}

async function fitPortableFold({
  blueprint,
  data,
  work,
  withModel,
}: PortableFold): Promise<PortableAnswer> {
  const model: Estimator = estimatorFromBlueprint(blueprint);
  const answer = await fitFold(model, data, work, {});
  return { answer, model: withModel ? model.toJSON?.() : undefined };
}

/** What a worker of a cross-validation can do. */
export function selectionTasks(): { fitPortableFold: typeof fitPortableFold } {
  return { fitPortableFold };
}
