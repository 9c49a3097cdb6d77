import type { Column, Table, TableRow } from '../../tables/table.js';
import { diagnosticsColumns } from './diagnostics-columns.js';
import type { ResultRow } from './result-row.js';

/**
 * Results as a table as PyRadiomics' batch writes it: the columns of the case, diagnostics, features. A case
 * that failed has only the first. Columns stand in the order in which the rows bring them.
 *
 * @param rows gives all rows anew each time, since the columns are known only after all have been seen
 */
export async function resultTable(
  rows: () => AsyncIterable<ResultRow> | Iterable<ResultRow>,
): Promise<Table> {
  const ofCase = new Map<string, Column>();
  const made = [new Map<string, Column>(), new Map<string, Column>()] as const;
  for await (const row of rows()) {
    add(ofCase, caseCells(row));
    const [diagnostics, features] = resultCells(row);
    add(made[0], diagnostics);
    add(made[1], features);
  }
  const label = ofCase.get('Label');
  if (label !== undefined) label.type = 'integer';
  return {
    columns: [...ofCase.values(), ...made[0].values(), ...made[1].values()],
    rows: cellsOf(rows()),
  };
}

async function* cellsOf(
  rows: AsyncIterable<ResultRow> | Iterable<ResultRow>,
): AsyncGenerator<TableRow> {
  for await (const row of rows) {
    const [diagnostics, features] = resultCells(row);
    yield { ...caseCells(row), ...diagnostics, ...features };
  }
}

/** Regions that failed, and why. */
export async function failureTable(rows: AsyncIterable<ResultRow>): Promise<Table | undefined> {
  const columns = new Map<string, Column>();
  const failed: TableRow[] = [];
  for await (const row of rows) {
    if (!('error' in row.result)) continue;
    const { code, message } = row.result.error;
    const cells = caseCells(row);
    add(columns, cells);
    failed.push({ ...cells, Code: code, Message: message });
  }
  if (failed.length === 0) return undefined;
  const text = (name: string): Column => ({ name, type: 'text' });
  return { columns: [...columns.values(), text('Code'), text('Message')], rows: failed };
}

/** The columns of the case with the label of the region, which stands after the mask unless it has a place. */
function caseCells({ columns, result }: ResultRow): TableRow {
  const cells: Record<string, string | number | undefined> = {};
  for (const [name, cell] of Object.entries(columns)) {
    cells[name] = name === 'Label' ? result.label : cell;
    if (name === 'Mask' && !('Label' in columns)) cells['Label'] = result.label;
  }
  return cells;
}

function resultCells({ result }: ResultRow): [diagnostics: TableRow, features: TableRow] {
  if ('error' in result) return [{}, {}];
  const { features, diagnostics } = result;
  return [diagnosticsColumns(diagnostics), features];
}

function add(columns: Map<string, Column>, cells: TableRow): void {
  for (const [name, cell] of Object.entries(cells)) {
    if (columns.has(name)) continue;
    columns.set(name, { name, type: typeof cell === 'number' ? 'number' : 'text' });
  }
}
