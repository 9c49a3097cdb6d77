import { type TableOne, tableOneHtml } from '@steatosis/stats';
import { NOT_A_DEVICE, pageText } from '../../models/page.js';
import { html, rawHtml } from '../../report/html.js';

/** Levels stand a little to the right of their variable. */
const LEVELS =
  '<style>.table-one tr.level th { padding-left: 28px; } .table-one tfoot td { color: var(--soft); }</style>';

/** The table as a page by itself. */
export function tablePage(table: TableOne, path: string): string {
  const title =
    table.groupBy === undefined ? 'Characteristics' : `Characteristics by ${table.groupBy}`;
  return pageText(title, [
    html`<header>
      <h1>${title}</h1>
      <p class="lede">${path}: ${table.n} rows.</p>
      <div class="note">
        <p>
          <strong>${NOT_A_DEVICE}</strong> P describes this table; it tests no hypothesis that was
          stated beforehand.
        </p>
      </div>
    </header>`,
    html`${rawHtml(LEVELS)}
      <div class="table">${rawHtml(tableOneHtml(table))}</div>`,
  ]);
}
