import {
  AbortedError,
  isSteatosisError,
  type LongTaskOptions,
  throwIfAborted,
  WarmPools,
} from '@steatosis/core';
import { canShareMemory, newSeats } from '../../engine/seat.js';
import { sharedMatrix } from '../../engine/shared-matrix.js';
import { TEAM_FAILED } from '../../engine/team.js';
import { trainHere } from '../run-training.js';
import type { TrainedModel, TrainingSetup } from '../training-setup.js';
import { trainTasks } from './train.tasks.js';
import workerSource from './train.worker.ts?worker-source';

let pools: WarmPools<ReturnType<typeof trainTasks>> | undefined;

/**
 * Train with so many threads beside the calling one, which waits without being blocked; 0 trains on it. The model is
 * the same for any number. Where threads cannot share memory, one worker does it all.
 *
 * The setup must hold no functions.
 */
export async function trainOnWorkers(
  setup: TrainingSetup,
  { workers, signal, onProgress }: LongTaskOptions & { workers: number },
): Promise<TrainedModel> {
  throwIfAborted(signal);
  pools ??= new WarmPools({ tasks: trainTasks(), code: workerSource });
  const pool = pools.of(workers);
  if (workers === 0) return trainHere(setup, { signal, onProgress });
  // Shared memory can be made on any page, but only isolated ones may post it.
  if (!canShareMemory()) return await pool.run('trainAlone', setup, { signal, onProgress });
  const seats = newSeats(workers);
  const x = sharedMatrix(setup.x);
  const led = pool.run(
    'leadTraining',
    { seat: seats[0], setup: { ...setup, x } },
    { signal, onProgress },
  );
  const served = seats.slice(1).map((seat) => pool.run('serveTraining', { seat, x }, { signal }));
  try {
    const [trained] = await Promise.all([led, ...served]);
    return trained;
  } catch (error) {
    // The lead only knows that somebody failed, and each of them would wait for ever for one that has died.
    const reason = isSteatosisError(error, TEAM_FAILED) ? await firstFailure(served) : error;
    if (!(reason instanceof AbortedError)) pools.discard(workers);
    throw reason;
  }
}

async function firstFailure(members: readonly Promise<unknown>[]): Promise<unknown> {
  const outcomes = await Promise.allSettled(members);
  return outcomes.find((outcome) => outcome.status === 'rejected')?.reason;
}
