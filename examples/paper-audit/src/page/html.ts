/** Markup, as against text that still has to be escaped. */
export interface Html {
  readonly markup: string;
}

type Content = Html | string | number | readonly Content[];

/** Markup from a template; text between is escaped. */
export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Html {
  return { markup: strings.reduce((text, part, i) => text + render(values[i - 1]!) + part) };
}

function render(content: Content): string {
  if (typeof content === 'string' || typeof content === 'number') {
    return String(content).replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
  }
  return 'markup' in content ? content.markup : content.map(render).join('');
}

/** A table with its caption; the first cell of a row is its heading. */
export function table(
  caption: string,
  heads: readonly string[],
  rows: readonly (readonly (string | Html)[])[],
): Html {
  return html`<div class="table">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${heads.map((head) => html`<th scope="col">${head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ([head, ...cells]) =>
            html`<tr>
              <th scope="row">${head!}</th>
              ${cells.map((cell) => html`<td>${cell}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
