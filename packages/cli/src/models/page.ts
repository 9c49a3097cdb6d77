import { type Html, html, rawHtml } from '../report/html.js';
import { STYLE_SHEET } from '../report/style.js';
import { installedVersions } from '../study/versions.js';

/** What a page of this program holds, so that it may be replaced by the next one. */
export const GENERATOR = 'steatosis';

/** Shown wherever a result could be taken for a diagnosis. */
export const NOT_A_DEVICE = 'Research software, not a medical device.';

/** A page by itself: figures are inside, nothing is fetched, no script runs. */
export function pageText(title: string, body: readonly Html[]): string {
  const version = installedVersions()['steatosis'];
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="generator" content="${GENERATOR} ${version}" />
        <title>${title}</title>
        <style>
          ${rawHtml(STYLE_SHEET)}
        </style>
      </head>
      <body>
        <main>
          ${body}
          <footer>
            <p>
              Made with steatosis ${version} (Apache-2.0). ${NOT_A_DEVICE} Nothing here may be used
              to diagnose or treat anybody.
            </p>
          </footer>
        </main>
      </body>
    </html> `.markup;
}

/** Coloured names of the lines of a figure. */
export function legend(items: readonly { colour: string; name: string }[]): Html {
  const swatch = (colour: string): Html =>
    rawHtml(`<span class="swatch" style="background:${colour}"></span>`);
  return html`<ul class="legend">
    ${items.map(({ colour, name }) => html`<li>${swatch(colour)}${name}</li>`)}
  </ul>`;
}

/** A figure with what it shows. */
export function captioned(figure: Html, caption: Html | string): Html {
  return html`<figure>
    ${figure}
    <figcaption>${caption}</figcaption>
  </figure>`;
}
