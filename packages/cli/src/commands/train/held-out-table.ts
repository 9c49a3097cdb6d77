import { predictionCells, predictionColumns } from '../../models/prediction-columns.js';
import type { TrainingData } from '../../models/training-data.js';
import type { TrainedModels } from '../../models/train-models.js';
import type { Column, Table, TableRow } from '../../tables/table.js';
import type { TrainOptions } from './options.js';

/** What was predicted of each row while it was held out, in the order of the table of features. */
export function heldOutTable(
  { table, outcome, groups }: TrainingData,
  { folds, judged }: TrainedModels,
  { source }: TrainOptions,
): Table {
  const { classes, rows, y } = outcome;
  const text = (name: string): Column => ({ name, type: 'text' });
  const number = (name: string): Column => ({ name, type: 'number' });
  const group = source.group ?? 'group';
  const columns = [
    text('row'),
    ...(groups === undefined ? [] : [text(group)]),
    { name: 'fold', type: 'integer' } as const,
    classes.length > 0 ? text('observed') : number('observed'),
    ...predictionColumns(classes, source.target),
  ];
  const cells = folds.flatMap(({ test }, fold) =>
    Array.from(test, (row, i): [number, TableRow] => [
      row,
      {
        row: table.place(rows[row]!),
        ...(groups === undefined ? {} : { [group]: groups[row]! }),
        fold: fold + 1,
        observed: classes.length > 0 ? classes[y[row]!]! : y[row]!,
        ...predictionCells(judged[fold]!.predictions, i, classes, source.target),
      },
    ]),
  );
  return { columns, rows: cells.toSorted(([a], [b]) => a - b).map(([, row]) => row) };
}
