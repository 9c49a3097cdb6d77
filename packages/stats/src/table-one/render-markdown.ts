import { layoutOf } from './layout.js';
import type { TableOne } from './table-one-result.js';

/**
 * A table of characteristics in Markdown, as GitHub and Pandoc read tables.
 *
 * @param table from `tableOne`
 * @example
 * ```ts
 * import { tableOne, tableOneMarkdown } from '@steatosis/stats';
 *
 * const lines = tableOneMarkdown(tableOne({ age: [48, 44, 55] })).split('\n');
 * console.log(lines[2]); // | age | 49.0 ± 5.6 |
 * ```
 */
export function tableOneMarkdown(table: TableOne): string {
  const { heads, rows } = layoutOf(table);
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    line(heads.map(escaped)),
    line(heads.map((_, i) => (i === 0 ? ':---' : '---:'))),
    ...rows.map(({ level, cells }) =>
      line(cells.map((cell, i) => (i === 0 && level ? `&emsp;${escaped(cell)}` : escaped(cell)))),
    ),
    '',
    ...table.footnotes.flatMap((note) => [escaped(note), '']),
  ].join('\n');
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll(/\s+/g, ' ')
    .replaceAll('<', '&lt;')
    .replaceAll(/[\\`*_[\]|#~]/g, String.raw`\$&`);
}
