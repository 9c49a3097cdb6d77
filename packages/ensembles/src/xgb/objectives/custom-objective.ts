import { InvalidDataError } from '../../errors.js';
import type { TrainingObjective } from './training-objective.js';

/**
 * A loss of your own by its derivatives.
 *
 * @param margins sums of the trees' outputs, float32, rows × outputs row by row
 * @param labels one per row: class numbers 0, 1, … or outcomes
 * @param weights one per row; undefined if there are none. They are yours to apply.
 * @returns first and second derivative of each row's loss by each of its margins, as many numbers as margins
 */
export type CustomObjective = (
  margins: Float32Array,
  labels: Float32Array,
  weights: Float32Array | undefined,
) => { gradient: ArrayLike<number>; hessian: ArrayLike<number> };

/** Minimise `loss`, and predict as `base` does; base scores are 0.5 as XGBoost has them for losses it does not know. */
export function customObjective(
  loss: CustomObjective,
  base: TrainingObjective,
  weighted: boolean,
): TrainingObjective {
  const { outputs } = base;
  return {
    ...base,
    maxDeltaStep: 0,
    scalePosWeight: 1,
    leavesAreMedians: false,
    estimateBaseScores: () => new Float32Array(outputs).fill(0.5),
    writeGradients(_team, places, engine) {
      const { rows, pairs, block } = places;
      const derivatives: ReturnType<CustomObjective> | undefined = loss(
        engine.f32At(places.margins, rows * outputs).slice(),
        engine.f32At(places.labels, rows).slice(),
        weighted ? engine.f32At(places.weights, rows).slice() : undefined,
      );
      const { gradient, hessian } = derivatives ?? {};
      check('gradient', gradient, rows * outputs, outputs);
      check('hessian', hessian, rows * outputs, outputs);
      for (let k = 0; k < outputs; k++) {
        const target = engine.f32At(pairs + k * block, 2 * rows);
        for (let row = 0; row < rows; row++) {
          target[2 * row] = gradient[row * outputs + k]!;
          target[2 * row + 1] = hessian[row * outputs + k]!;
        }
      }
    },
  };
}

function check(
  name: string,
  values: ArrayLike<number> | undefined,
  length: number,
  outputs: number,
): asserts values is ArrayLike<number> {
  if (values?.length !== length) {
    throw new InvalidDataError(
      name,
      `the objective returned ${values?.length ?? 'none'}; one number per row and output is needed, ${length} in all.`,
    );
  }
  for (let i = 0; i < length; i++) {
    if (!Number.isFinite(Math.fround(values[i]))) {
      throw new InvalidDataError(
        name,
        `the objective returned ${values[i]}; finite float32 numbers are needed.`,
        { row: Math.floor(i / outputs) },
      );
    }
  }
}
