import type { OptionValues } from '../../command-line/option-values.js';
import { isDiagnostics, isIdentityName } from '../../models/feature-columns.js';
import type { DataColumn } from '../../tables/data-column.js';
import type { DataTable } from '../../tables/data-table.js';

/** Columns of `extract` that say which region a row is. */
const REGION = ['Label', 'Label_channel'];

/**
 * Columns that go into the output as they are: those of `--keep`, or else all columns of text and those that say
 * whose a row is.
 *
 * @throws TableError for a column that is not there
 */
export function carriedColumns(
  table: DataTable,
  features: ReadonlySet<string>,
  options: OptionValues,
): readonly DataColumn[] {
  const asked = options.text('keep');
  if (asked === 'none') return [];
  if (asked !== undefined) {
    return asked.split(',').map((name) => table.get(name.trim(), '--keep'));
  }
  return table.columns.filter(
    ({ name, kind }) =>
      !features.has(name) &&
      !isDiagnostics(name) &&
      (kind === 'text' || isIdentityName(name) || REGION.includes(name)),
  );
}
