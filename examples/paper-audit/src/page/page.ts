import { STYLE_SHEET } from './style.ts';
import type { Audit } from '../audit.ts';
import { genderSection, table2Section, womenSection } from './correlations.ts';
import { html } from './html.ts';
import { accuracySection, areasSection, majoritySection } from './performance.ts';
import { summarySection } from './summary.ts';

/** The audit as a page by itself: nothing is fetched, no script runs. */
export function pageOf(audit: Audit): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>What a paper’s printed numbers say together</title>
        <style>
          ${{ markup: STYLE_SHEET }}
        </style>
      </head>
      <body>
        <main>
          <h1>What a paper’s printed numbers say together</h1>
          <p class="lede">
            ${audit.citation} Everything here is recomputed from the numbers that are printed in it:
            the counts of patients, Table 1 and Table 2.
          </p>
          ${[
            summarySection(audit),
            table2Section(audit),
            genderSection(audit),
            womenSection(audit),
            accuracySection(audit),
            majoritySection(audit),
            areasSection(audit),
          ]}
          <footer>
            <p>
              Made with @steatosis/stats (Apache-2.0). Research software, not a medical device.
              Slips of this kind are found in many careful papers; the point is that they can be
              found.
            </p>
          </footer>
        </main>
      </body>
    </html> `.markup;
}
