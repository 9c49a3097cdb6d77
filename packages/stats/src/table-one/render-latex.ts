import { layoutOf } from './layout.js';
import type { TableOne } from './table-one-result.js';

/**
 * A table of characteristics as a LaTeX `tabular` with the rules of the package booktabs.
 *
 * @param table from `tableOne`
 * @example
 * ```ts
 * import { tableOne, tableOneLatex } from '@steatosis/stats';
 *
 * const lines = tableOneLatex(tableOne({ fat_percent: [4, 8, 9] })).split('\n');
 * console.log(lines[4]); // fat\_percent & 7.0 $\pm$ 2.6 \\
 * ```
 */
export function tableOneLatex(table: TableOne): string {
  const { heads, rows } = layoutOf(table);
  const line = (cells: readonly string[]): string => `${cells.join(' & ')} \\\\`;
  const notes = table.footnotes.map(
    (note) => `\\multicolumn{${heads.length}}{l}{\\footnotesize ${escaped(note)}} \\\\`,
  );
  return [
    `\\begin{tabular}{l${'r'.repeat(heads.length - 1)}}`,
    '\\toprule',
    line(heads.map(escaped)),
    '\\midrule',
    ...rows.map(({ level, cells }) =>
      line(cells.map((cell, i) => (i === 0 && level ? `\\quad ${escaped(cell)}` : escaped(cell)))),
    ),
    '\\bottomrule',
    ...notes,
    '\\end{tabular}',
    '',
  ].join('\n');
}

function escaped(text: string): string {
  return text.replaceAll(/[\\{}[&%$#_~^<>±χ–\s]/g, (character) => SPECIAL[character] ?? ' ');
}

const SPECIAL: Readonly<Record<string, string>> = {
  '\\': String.raw`\textbackslash{}`,
  '{': String.raw`\{`,
  // Else a row that starts with it would be read as the length of a gap.
  '[': '{[}',
  '}': String.raw`\}`,
  '&': String.raw`\&`,
  '%': String.raw`\%`,
  $: String.raw`\$`,
  '#': String.raw`\#`,
  _: String.raw`\_`,
  '~': String.raw`\textasciitilde{}`,
  '^': String.raw`\textasciicircum{}`,
  '<': '$<$',
  '>': '$>$',
  '±': String.raw`$\pm$`,
  χ: String.raw`$\chi$`,
  '–': '--',
};
