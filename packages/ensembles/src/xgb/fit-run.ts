import { InvalidArgumentError, type LongTaskOptions } from '@steatosis/core';
import { Booster } from './booster.js';
import { trainHere } from './run-training.js';
import { trainedParts } from './trained-parts.js';
import { holdsFunctions, type TrainingSetup } from './training-setup.js';

/** Train, at once or, if `workers` is given, as a promise, and hand the booster over. */
export function fitBooster<T>(
  setup: TrainingSetup,
  options: LongTaskOptions,
  done: (booster: Booster) => T,
): T | Promise<T> {
  const { workers } = options;
  if (workers === undefined)
    return done(new Booster(trainedParts(setup, trainHere(setup, options))));
  return trainApart(setup, { ...options, workers }).then(done);
}

async function trainApart(
  setup: TrainingSetup,
  options: LongTaskOptions & { workers: number },
): Promise<Booster> {
  const { workers } = options;
  if (workers !== 0 && holdsFunctions(setup)) {
    throw new InvalidArgumentError(
      'workers',
      workers,
      '0 or left out where the objective or a metric is a function, which cannot be sent to a worker',
    );
  }
  // Loaded when it is needed: the source of the workers is larger than all the rest.
  const { trainOnWorkers } = await import('./workers/train-on-workers.js');
  return new Booster(trainedParts(setup, await trainOnWorkers(setup, options)));
}
