import type { LongTaskOptions } from '@steatosis/core';
import { EngineMemory } from '../engine/memory.js';
import { soloTeam } from '../engine/team.js';
import { trainBooster, trainingSteps } from './train.js';
import type { TrainedModel, TrainingSetup } from './training-setup.js';

/** Train on the calling thread. */
export function trainHere(
  setup: TrainingSetup,
  { signal, onProgress }: Pick<LongTaskOptions, 'signal' | 'onProgress'>,
): TrainedModel {
  const engine = new EngineMemory();
  const team = soloTeam(trainingSteps(engine, setup.x));
  return trainBooster(setup, { engine, team, signal, report: onProgress });
}
