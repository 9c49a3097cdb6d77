import { Booster } from './booster.js';
import { trainHere } from './run-training.js';
import { trainedParts } from './trained-parts.js';
import type { TrainingSetup } from './training-setup.js';
import type { XGBFitOptions } from './xgb-fit-options.js';

/** Train, at once or, if `workers` is given, as a promise, and hand the booster over. */
export function fitBooster<T>(
  setup: TrainingSetup,
  options: XGBFitOptions,
  done: (booster: Booster) => T,
): T | Promise<T> {
  const train = () => done(new Booster(trainedParts(setup, trainHere(setup, options))));
  return options.workers === undefined ? train() : Promise.resolve().then(train);
}
