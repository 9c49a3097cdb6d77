import { layoutOf } from './layout.js';
import type { TableOne } from './table-one-result.js';

/**
 * A table of characteristics as comma-separated values (RFC 4180), the level in a column of its own and without footnotes.
 *
 * @param table from `tableOne`
 * @returns lines that end in CR LF
 * @example
 * ```ts
 * import { tableOne, tableOneCsv } from '@steatosis/stats';
 *
 * const csv = tableOneCsv(tableOne({ sex: ['F', 'M', 'M'] }));
 * console.log(csv.split('\r\n')); // [ 'variable,level,Overall (n = 3)', 'sex,,', 'sex,F,1 (33.3%)', 'sex,M,2 (66.7%)', '' ]
 * ```
 */
export function tableOneCsv(table: TableOne): string {
  const { heads, rows } = layoutOf(table);
  let variable = '';
  const lines = rows.map(({ level, cells: [name, ...rest] }) => {
    if (!level) variable = name;
    return [variable, level ? name : '', ...rest];
  });
  return [['variable', 'level', ...heads.slice(1)], ...lines]
    .map((cells) => `${cells.map(quoted).join(',')}\r\n`)
    .join('');
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
