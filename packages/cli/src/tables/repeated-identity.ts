import { isIdentityName } from '../models/feature-columns.js';
import type { DataTable } from './data-table.js';

/** A column that names somebody and has the same value in several rows, if there is one. */
export function repeatedIdentity(table: DataTable): string | undefined {
  return table.columns.find((column) => {
    if (!isIdentityName(column.name)) return false;
    const seen = new Set<string>();
    for (let row = 0; row < table.rows; row++) {
      const whose = column.text(row);
      if (whose !== '' && seen.has(whose)) return true;
      seen.add(whose);
    }
    return false;
  })?.name;
}
