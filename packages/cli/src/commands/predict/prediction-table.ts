import { SteatosisError } from '@steatosis/core';
import type { DenseMatrix } from '@steatosis/ensembles';
import type { LoadedModel } from '../../models/load-model.js';
import { predictionCells, predictionColumns } from '../../models/prediction-columns.js';
import type { RowValues } from '../../models/usable-model.js';
import type { DataColumn } from '../../tables/data-column.js';
import type { Column, Table, TableRow } from '../../tables/table.js';

/** What is predicted: classes or values, raw scores, or leaves. */
export type PredictionKind = 'class' | 'margin' | 'leaf';

/** A model that cannot give what was asked of it. */
class NotGivenError extends SteatosisError {
  readonly code = 'NOT_GIVEN';
}

/** Predictions with the columns that are carried along; the prediction's own columns win over those. */
export function predictionTable(
  model: LoadedModel,
  x: DenseMatrix,
  kind: PredictionKind,
  carried: readonly DataColumn[],
): Table {
  const { columns, cells } = predicted(model, x, kind);
  const made = new Set(columns.map(({ name }) => name));
  const kept = carried.filter(({ name }) => !made.has(name));
  function* rows(): Generator<TableRow> {
    for (let row = 0; row < x.rows; row++) {
      const own = kept.map((column) => [column.name, column.text(row) || undefined] as const);
      yield { ...Object.fromEntries(own), ...cells(row) };
    }
  }
  return {
    columns: [...kept.map(({ name }): Column => ({ name, type: 'text' })), ...columns],
    rows: rows(),
  };
}

function predicted(
  { model, classes, target, path }: LoadedModel,
  x: DenseMatrix,
  kind: PredictionKind,
): { columns: Column[]; cells: (row: number) => TableRow } {
  if (kind === 'class') {
    const predictions = model.predictions(x);
    return {
      columns: predictionColumns(classes, target),
      cells: (row) => predictionCells(predictions, row, classes, target),
    };
  }
  const values = kind === 'margin' ? model.margins?.(x) : model.leaves?.(x);
  if (values === undefined) {
    const what = kind === 'margin' ? 'raw scores (--margin)' : 'leaves (--leaf)';
    throw new NotGivenError(`${path} holds a model that has no ${what}`);
  }
  const several = kind === 'margin' && values.columns === classes.length;
  const names = Array.from({ length: values.columns }, (_, k) =>
    several
      ? `margin_${classes[k]}`
      : values.columns > 1 || kind === 'leaf'
        ? `${kind}_${k}`
        : kind,
  );
  const type = kind === 'leaf' ? 'integer' : 'number';
  return {
    columns: names.map((name): Column => ({ name, type })),
    cells: (row) => rowCells(values, row, names),
  };
}

function rowCells({ values, columns }: RowValues, row: number, names: readonly string[]): TableRow {
  return Object.fromEntries(names.map((name, k) => [name, values[row * columns + k]!]));
}
