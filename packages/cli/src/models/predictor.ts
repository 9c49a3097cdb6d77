import type { DenseMatrix, FeatureInput, FittedModel } from '@steatosis/ensembles';
import ndarray from 'ndarray';
import { mostProbable } from './evaluate-classes.js';
import type { LoadedModel } from './load-model.js';
import { everyRow } from './splits.js';

/** A loaded model as the functions of `@steatosis/ensembles` ask one: its classes are the codes 0, 1, … */
export function predictor({ model, classes }: LoadedModel): FittedModel {
  // Only matrices that this program made are asked for.
  const matrix = (x: FeatureInput): DenseMatrix => x as DenseMatrix;
  if (classes.length === 0) return { predict: (x) => model.predictions(matrix(x)) };
  const { length } = classes;
  return {
    classes: [...classes.keys()],
    predict(x) {
      const probabilities = model.predictions(matrix(x));
      return Float64Array.from(everyRow(matrix(x).rows), (row) =>
        mostProbable(probabilities, row, length),
      );
    },
    predictProba: (x) => ndarray(model.predictions(matrix(x)), [matrix(x).rows, length]),
  };
}
