import type { TaskContext } from '@steatosis/core';
import type { DenseMatrix } from '../../data/matrix.js';
import { type Seat, takeSeat } from '../../engine/seat.js';
import { leadTeam, serveTeam } from '../../engine/team.js';
import { trainHere } from '../run-training.js';
import { trainBooster, trainingSteps } from '../train.js';
import type { TrainedModel, TrainingSetup } from '../training-setup.js';

interface LeadInput {
  seat: Seat;
  setup: TrainingSetup;
}

/** Train, with the other members of the team if it has more than this one. */
function leadTraining({ seat, setup }: LeadInput, { signal, report }: TaskContext): TrainedModel {
  const { engine, control } = takeSeat(seat);
  const team = leadTeam(engine, control, seat.size, trainingSteps(engine, setup.x));
  try {
    return trainBooster(setup, { engine, team, signal, report });
  } finally {
    team.dismiss();
  }
}

interface ServeInput {
  seat: Seat;
  /** The features that the lead trains on, in memory that both see. */
  x: DenseMatrix<Float32Array>;
}

/** Help the lead until it is done. */
function serveTraining({ seat, x }: ServeInput): void {
  const { engine, control } = takeSeat(seat);
  const steps = trainingSteps(engine, x);
  serveTeam(engine, control, { index: seat.index, size: seat.size, steps });
}

/** Train in memory of this worker's own, which is posted nowhere. */
function trainAlone(setup: TrainingSetup, { signal, report }: TaskContext): TrainedModel {
  return trainHere(setup, { signal, onProgress: report });
}

/** What a worker of a training can do. */
export function trainTasks(): {
  trainAlone: typeof trainAlone;
  leadTraining: typeof leadTraining;
  serveTraining: typeof serveTraining;
} {
  return { trainAlone, leadTraining, serveTraining };
}
