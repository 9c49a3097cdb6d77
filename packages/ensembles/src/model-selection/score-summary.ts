/** A score over the folds. */
export interface ScoreSummary {
  /** The score of each fold. */
  values: Float64Array;
  /** Mean over the folds; NaN if it is NaN in one. */
  mean: number;
  /** Standard deviation over the folds (divisor n), which is no standard error: the folds share training rows. */
  sd: number;
}

/** Mean and standard deviation of a score. */
function summarise(values: Float64Array): ScoreSummary {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { values, mean, sd: Math.sqrt(squares / values.length) };
}

/** Scores by name, from those of each fold. */
export function summariseAll(
  names: readonly string[],
  folds: readonly (readonly number[])[],
): Record<string, ScoreSummary> {
  return Object.fromEntries(
    names.map((name, i) => [name, summarise(Float64Array.from(folds, (scores) => scores[i]))]),
  );
}
