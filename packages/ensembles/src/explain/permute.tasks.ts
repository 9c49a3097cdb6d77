import type { TaskContext } from '@steatosis/core';
import type { DenseMatrix } from '../data/matrix.js';
import { estimatorFromJSON } from '../model-registry.js';
import { scorerOf, type ScoringName } from '../model-selection/scoring/scorers.js';
import { type Permutations, permutedScores } from './permute-columns.js';

/** Some columns to be permuted, as they travel to a worker. */
interface PermutedColumns {
  /** What the model's `toJSON` gives. */
  model: unknown;
  x: DenseMatrix;
  y: Float64Array;
  weights: Float64Array | undefined;
  scoring: ScoringName;
  permutations: Permutations;
  columns: readonly [number, number];
}

function permute(
  { model, x, y, weights, scoring, permutations, columns }: PermutedColumns,
  { signal, report }: TaskContext,
): Float64Array {
  const scored = { model: estimatorFromJSON(model), x, y, weights, scorer: scorerOf(scoring) };
  return permutedScores(scored, permutations, columns, { signal, onProgress: report });
}

/** What a worker of permutation importance can do. */
export function permuteTasks(): { permute: typeof permute } {
  return { permute };
}
