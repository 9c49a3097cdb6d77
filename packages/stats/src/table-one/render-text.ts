import { layoutOf } from './layout.js';
import type { TableOne } from './table-one-result.js';

/**
 * A table of characteristics in aligned columns, for a terminal or a file of text.
 *
 * @param table from `tableOne`
 * @returns lines that end in a line feed
 * @example
 * ```ts
 * import { tableOne, tableOneText } from '@steatosis/stats';
 *
 * console.log(tableOneText(tableOne({ age: [48, 44, 55] })).split('\n')[2]); // age   49.0 ± 5.6
 * ```
 */
export function tableOneText(table: TableOne): string {
  const { heads, rows } = layoutOf(table);
  const lines = rows.map(({ level, cells }) =>
    cells.map((cell, i) => (i === 0 && level ? `  ${oneLine(cell)}` : oneLine(cell))),
  );
  const widths = heads.map((head, i) =>
    Math.max(widthOf(oneLine(head)), ...lines.map((cells) => widthOf(cells[i]))),
  );
  const print = (cells: readonly string[]): string =>
    cells
      .map((cell, i) => {
        const blanks = ' '.repeat(widths[i] - widthOf(cell));
        return i === 0 ? cell + blanks : blanks + cell;
      })
      .join('   ')
      .trimEnd();
  const rule = '─'.repeat(widths.reduce((sum, width) => sum + width + 3, -3));
  return [
    print(heads.map(oneLine)),
    rule,
    ...lines.map(print),
    rule,
    ...table.footnotes.map(oneLine),
    '',
  ].join('\n');
}

/** Columns of a terminal that a text takes, combining marks none. */
function widthOf(text: string): number {
  return Array.from(text.normalize('NFC').replaceAll(/\p{Mark}/gu, '')).length;
}

/** A name with a line break would tear the columns. */
function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ');
}
