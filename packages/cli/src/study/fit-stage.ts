import type { DesignName, LearnedModelName } from './designs.js';
import { inLanes } from './in-lanes.js';
import type { Scores } from './judge-models.js';
import { type DesignPlan, fitInput, fitJobs } from './plan.js';
import type { StudyRun } from './run-study.js';
import { STAGES } from './stages.js';
import type { StudyRows } from './study-rows.js';

/** Fit every learned model under every design on the workers, and score the judged rows. */
export async function fitModels(
  { settings, seed, pool, checkpoint, options }: StudyRun,
  plans: readonly DesignPlan[],
  rows: StudyRows,
): Promise<Scores> {
  const jobs = fitJobs(plans);
  const scores: Partial<Record<DesignName, Partial<Record<LearnedModelName, Float64Array>>>> = {};
  const keep = (design: DesignName, model: LearnedModelName, found: Float64Array) => {
    (scores[design] ??= {})[model] = found;
  };
  let done = 0;
  const { message } = STAGES.fitting;
  options.onProgress?.({ done, total: jobs.length, message });
  await inLanes(jobs, pool.size, options.signal, async (job, signal) => {
    const { design } = job.plan;
    const name = `scores-${design}-${job.model}`;
    let found = await checkpoint.load<Float64Array>(name);
    if (found === undefined) {
      found = await pool.run('fitModel', fitInput(job, rows, settings, seed), { signal });
      await checkpoint.save(name, found);
    }
    keep(design, job.model, found);
    options.onProgress?.({ done: ++done, total: jobs.length, message });
  });
  return scores as Scores;
}
