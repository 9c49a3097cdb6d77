import { layoutOf } from './layout.js';
import type { TableOne } from './table-one-result.js';

/**
 * A table of characteristics as an HTML `<table>`, every text escaped.
 *
 * Levels carry the class `level`, cells of numbers `number`; the footnotes stand in the table's foot. No style comes with it.
 *
 * @param table from `tableOne`
 * @example
 * ```ts
 * import { tableOne, tableOneHtml } from '@steatosis/stats';
 *
 * const html = tableOneHtml(tableOne({ 'age < 90': [48, 44, 55] }));
 * console.log(html.includes('<th scope="row">age &lt; 90</th>')); // true
 * ```
 */
export function tableOneHtml(table: TableOne): string {
  const { heads, rows } = layoutOf(table);
  const head = heads.map((text, i) => `<th scope="col"${numberClass(i)}>${escaped(text)}</th>`);
  const body = rows.map(({ level, cells }) => {
    const tags = cells.map((text, i) =>
      i === 0
        ? `<th scope="row">${escaped(text)}</th>`
        : `<td${numberClass(i)}>${escaped(text)}</td>`,
    );
    return `<tr${level ? ' class="level"' : ''}>${tags.join('')}</tr>`;
  });
  const notes = table.footnotes.map(escaped).join('<br>');
  return [
    '<table class="table-one">',
    `<thead><tr>${head.join('')}</tr></thead>`,
    '<tbody>',
    ...body,
    '</tbody>',
    ...(notes === ''
      ? []
      : [`<tfoot><tr><td colspan="${heads.length}">${notes}</td></tr></tfoot>`]),
    '</table>',
    '',
  ].join('\n');
}

function numberClass(column: number): string {
  return column === 0 ? '' : ' class="number"';
}

function escaped(text: string): string {
  return text.replaceAll(
    /[&<>"']/g,
    (character) => `&${{ '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": '#39' }[character]};`,
  );
}
