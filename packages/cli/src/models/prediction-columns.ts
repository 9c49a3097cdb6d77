import type { Column, TableRow } from '../tables/table.js';
import { mostProbable } from './evaluate-classes.js';

/** Columns that a prediction takes: probabilities and the class, or the value. */
export function predictionColumns(classes: readonly string[], target: string): Column[] {
  const number = (name: string): Column => ({ name, type: 'number' });
  if (classes.length === 0) return [number(`predicted_${target}`)];
  return [
    ...classes.map((name) => number(`probability_${name}`)),
    { name: `predicted_${target}`, type: 'text' },
  ];
}

/** The cells of one row's prediction. */
export function predictionCells(
  predictions: Float64Array,
  row: number,
  classes: readonly string[],
  target: string,
): TableRow {
  if (classes.length === 0) return { [`predicted_${target}`]: predictions[row]! };
  const { length } = classes;
  const cells = classes.map((name, k) => [`probability_${name}`, predictions[row * length + k]!]);
  return {
    ...(Object.fromEntries(cells) as TableRow),
    [`predicted_${target}`]: classes[mostProbable(predictions, row, length)]!,
  };
}
