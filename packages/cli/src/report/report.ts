import { html } from './html.js';
import { rawHtml } from './html.js';
import type { ReportInput } from './report-input.js';
import { auditSection } from './sections/audit.js';
import { cohortSection } from './sections/cohort.js';
import { correlationSection } from './sections/correlations.js';
import { curveSection } from './sections/curves.js';
import { headSection } from './sections/head.js';
import { limitsSection } from './sections/limits.js';
import { mapSection } from './sections/maps.js';
import { methodSection } from './sections/method.js';
import { performanceSection } from './sections/performance.js';
import { splitSection } from './sections/splits.js';
import { STYLE_SHEET } from './style.js';

/**
 * The study's report as one HTML page: pictures and figures are inside, nothing is fetched, no script
 * runs. The same input gives the same text.
 */
export function renderReport(input: ReportInput): string {
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="generator" content="steatosis ${input.results.versions['steatosis']}" />
        <title>Hepatic steatosis by radiomics and deep learning: study report</title>
        <style>
          ${rawHtml(STYLE_SHEET)}
        </style>
      </head>
      <body>
        <main>
          ${headSection(input)} ${cohortSection(input)} ${mapSection(input)} ${splitSection(input)}
          ${curveSection(input)} ${performanceSection(input)} ${correlationSection(input)}
          ${auditSection(input)} ${methodSection(input)} ${limitsSection(input)}
        </main>
      </body>
    </html> `;
  return page.markup;
}
