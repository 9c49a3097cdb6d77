import type { DesignName, LearnedModelName } from './designs.js';
import { inLanes } from './in-lanes.js';
import type { FitOutput } from './fit-model.js';
import type { Scores } from './judge-models.js';
import { type DesignPlan, fitInput, fitJobs } from './plan.js';
import type { StudyRun } from './run-study.js';
import { STAGES } from './stages.js';
import type { StudyRows } from './study-rows.js';

/** What the fitted models say, and how the DenseNets came to it. */
export interface Fits {
  scores: Scores;
  densenetLossPerStep: Record<DesignName, Float64Array>;
}

/** Fit every learned model under every design on the workers, and score the judged rows. */
export async function fitModels(
  { settings, seed, pool, checkpoint, options }: StudyRun,
  plans: readonly DesignPlan[],
  rows: StudyRows,
): Promise<Fits> {
  const jobs = fitJobs(plans);
  const scores: Partial<Record<DesignName, Partial<Record<LearnedModelName, Float64Array>>>> = {};
  const losses: Partial<Record<DesignName, Float64Array>> = {};
  const keep = (design: DesignName, model: LearnedModelName, found: FitOutput) => {
    (scores[design] ??= {})[model] = found.probabilities;
    if (model === 'densenet') losses[design] = found.lossPerStep;
  };
  let done = 0;
  const { message } = STAGES.fitting;
  options.onProgress?.({ done, total: jobs.length, message });
  await inLanes(jobs, pool.size, options.signal, async (job, signal) => {
    const { design } = job.plan;
    const name = `fit-${design}-${job.model}`;
    let found = await checkpoint.load<FitOutput>(name);
    if (found === undefined) {
      found = await pool.run('fitModel', fitInput(job, rows, settings, seed), { signal });
      await checkpoint.save(name, found);
    }
    keep(design, job.model, found);
    options.onProgress?.({ done: ++done, total: jobs.length, message });
  });
  return {
    scores: scores as Scores,
    densenetLossPerStep: losses as Record<DesignName, Float64Array>,
  };
}
