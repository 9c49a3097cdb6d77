/** Markup that is safe to put into a page as it is. */
export interface Html {
  readonly markup: string;
}

type Content = Html | string | number | null | undefined | readonly Content[];

/** Markup from a template; every interpolated string is escaped, markup and lists of it are kept. */
export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Html {
  const markup = strings.reduce((text, part, i) => text + render(values[i - 1]) + part);
  return { markup };
}

/** Markup that was made elsewhere, an SVG for instance. Never give it text from a file. */
export function rawHtml(markup: string): Html {
  return { markup };
}

function escapeHtml(text: string): string {
  return text.replace(
    /[&<>"']/g,
    (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[c]!,
  );
}

function render(content: Content): string {
  if (content === null || content === undefined) return '';
  if (typeof content === 'string' || typeof content === 'number')
    return escapeHtml(String(content));
  if ('markup' in content) return content.markup;
  return content.map(render).join('');
}

/** A column of a table. */
export interface Column {
  head: string | Html;
  /** Numbers are aligned right. */
  numeric?: boolean;
}

/** A row: its cells, and whether it is set apart. */
export interface Row {
  cells: readonly (string | number | Html)[];
  kind?: 'group' | 'strong' | 'muted';
}

/** A table in a box of its own that scrolls where the window is narrow. */
export function table(
  caption: string | Html,
  columns: readonly Column[],
  rows: readonly Row[],
): Html {
  const head = columns.map(
    (column) => html`<th scope="col" ${numericClass(column)}>${column.head}</th>`,
  );
  const body = rows.map((row) => {
    if (row.kind === 'group') {
      return html`<tr class="group">
        <th scope="rowgroup" colspan="${columns.length}">${row.cells[0]}</th>
      </tr>`;
    }
    const cells = row.cells.map((cell, i) =>
      i === 0
        ? html`<th scope="row">${cell}</th>`
        : html`<td${numericClass(columns[i])}>${cell}</td>`,
    );
    return html`<tr${row.kind === undefined ? html`` : html` class="${row.kind}"`}>${cells}</tr>`;
  });
  return html`<div class="table">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${head}
        </tr>
      </thead>
      <tbody>
        ${body}
      </tbody>
    </table>
  </div> `;
}

function numericClass(column: Column | undefined): Html {
  return column?.numeric ? html` class="number"` : html``;
}
