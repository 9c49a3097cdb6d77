import { isIdentityName } from '../../models/feature-columns.js';
import type { Column, Table, TableRow } from '../../tables/table.js';
import { type Explained, featureSizes } from './explained.js';
import type { Interaction } from './interactions.js';
import type { Permutations } from './permutations.js';

const text = (name: string): Column => ({ name, type: 'text' });
const number = (name: string): Column => ({ name, type: 'number' });

/** SHAP values, a line for each row and output: what the row is, the values, and what they add up to. */
export function shapTable(explained: Explained): Table {
  const { table, rows, features, values, outputs, outputNames } = explained;
  const names = new Set(features.names);
  const carried = table.columns.filter(
    ({ name }) => !names.has(name) && (isIdentityName(name) || name === 'Label'),
  );
  const width = names.size + 1;
  function* lines(): Generator<TableRow> {
    for (const [r, row] of rows.entries()) {
      for (const [output, outputName] of outputNames.entries()) {
        const start = (r * outputs + output) * width;
        const own = values.subarray(start, start + width);
        yield {
          row: table.place(row),
          ...Object.fromEntries(carried.map((column) => [column.name, column.text(row)])),
          output: outputName,
          ...Object.fromEntries(features.names.map((name, i) => [name, own[i]!])),
          constant: own[width - 1]!,
          sum: own.reduce((sum, value) => sum + value, 0),
        };
      }
    }
  }
  return {
    columns: [
      text('row'),
      ...carried.map(({ name }) => text(name)),
      text('output'),
      ...features.names.map(number),
      number('constant'),
      number('sum'),
    ],
    rows: lines(),
  };
}

/** Mean sizes of the SHAP values, falling; a column for each output where there are several. */
export function sizeTable(explained: Explained): Table {
  const names = explained.outputs > 1 ? explained.outputNames : [];
  return {
    columns: [text('feature'), number('mean_abs_shap'), ...names.map(number)],
    rows: featureSizes(explained).map(({ name, meanAbsolute, byOutput }) => ({
      feature: name,
      mean_abs_shap: meanAbsolute,
      ...Object.fromEntries(names.map((output, k) => [output, byOutput[k]!])),
    })),
  };
}

/** Pairs of features, falling. */
export function interactionTable(interactions: readonly Interaction[]): Table {
  return {
    columns: [text('first'), text('second'), number('mean_abs_interaction')],
    rows: interactions.map(({ first, second, meanAbsolute }) => ({
      first,
      second,
      mean_abs_interaction: meanAbsolute,
    })),
  };
}

/** Permutation importances, falling. */
export function permutationTable({ features }: Permutations): Table {
  return {
    columns: [text('feature'), number('mean'), number('sd')],
    rows: features.map(({ name, mean, sd }) => ({ feature: name, mean, sd })),
  };
}
