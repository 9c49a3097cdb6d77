import type { SegmentsSummary, SegmentSummary } from '@steatosis/io/node';
import { colourAt } from '../../../report/colour-map.js';
import { fixed } from '../../../report/format.js';
import { type Html, html, rawHtml, table } from '../../../report/html.js';
import { ticksOf } from '../../../report/maps.js';
import { createRaster, encodePng, pngDataUri } from '../../../report/raster.js';
import { paintSlice } from '../../../report/slice-painter.js';
import { STYLE_SHEET } from '../../../report/style.js';
import { labelPlace, type RegionOutline } from './outlines.js';
import { type Overview, type ShownSlice, type Strip, stripsAcross } from './overview.js';
import { PAGE_STYLE } from './page-style.js';

/** What the page says besides its pictures. */
export interface PageText {
  title: string;
  /** Short facts below the title: field strength, echo times, model. */
  facts: readonly string[];
  /** What a reader must know before the maps are used. */
  warnings: readonly string[];
  /** Name and value of every setting and finding. */
  settings: readonly (readonly [name: string, value: string])[];
  /** Name of the file of segments, and what it holds. */
  segments?: { file: string; summary: SegmentsSummary } | undefined;
}

/** The overview as one HTML page without external resources, for light and dark screens and for paper. */
export function overviewPage(overview: Overview, text: PageText): string {
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${text.title}</title>
        <style>
          ${rawHtml(STYLE_SHEET + PAGE_STYLE)}
        </style>
      </head>
      <body>
        <main>
          <h1>${text.title}</h1>
          <ul class="facts">
            ${text.facts.map((fact) => html`<li>${fact}</li>`)}
          </ul>
          ${warningNote(text.warnings)} ${segmentSection(text.segments)}
          <section>
            <h2>Maps</h2>
            <p>
              Axial slices seen from the feet: the patient’s right side is on the left. Beyond the
              limits of a colour bar the colour stays the same; black is where nothing was
              separated.
            </p>
            <div class="strips" style="--across: ${stripsAcross(overview)}">
              ${overview.strips.map((strip, i) => stripFigure(overview, strip, i === 0))}
            </div>
          </section>
          ${settingsSection(text.settings)}
          <footer>
            Made by steatosis. Research software, not a medical device: not for diagnosis.
          </footer>
        </main>
      </body>
    </html> `;
  return page.markup;
}

function settingsSection(settings: PageText['settings']): Html {
  if (settings.length === 0) return html``;
  return html`<section>
    <h2>Settings and findings</h2>
    ${table(
      'As in the sidecars of the maps',
      [{ head: 'name' }, { head: 'value' }],
      settings.map(([name, value]) => ({ cells: [name, value] })),
    )}
  </section>`;
}

function warningNote(warnings: readonly string[]): Html {
  if (warnings.length === 0) return html``;
  return html`<div class="note bad">
    <p><strong>To be known before use</strong></p>
    <ul>
      ${warnings.map((warning) => html`<li>${warning}</li>`)}
    </ul>
  </div>`;
}

function segmentSection(segments: PageText['segments']): Html {
  if (segments === undefined) return html``;
  const { file, summary } = segments;
  const excluded = summary.segments.some((row) => row.excluded > 0);
  const rows = [...summary.segments, summary.all].map((row) => ({
    cells: segmentCells(row, excluded),
    ...(row === summary.all ? { kind: 'strong' as const } : {}),
  }));
  const numeric = (head: string) => ({ head, numeric: true });
  return html`<section>
    <h2>Segments</h2>
    ${table(
      'PDFF and R2* by segment',
      [
        { head: 'segment' },
        numeric('voxels'),
        ...(excluded ? [numeric('left out')] : []),
        numeric('PDFF [%], mean ± SD'),
        numeric('median [%]'),
        numeric('R2* [1/s], mean ± SD'),
        numeric('grade of the mean'),
      ],
      rows,
    )}
    <p class="soft">
      Grades by ${summary.thresholds.source}: ${summary.thresholds.above ? 'above' : 'from'}
      ${summary.thresholds.percent.join(', ')} %${summary.thresholds.above ? '' : ' on'}. They
      estimate a histological grade, whose percentages count cells with fat droplets and are no
      PDFF; single patients differ. The last row pools all voxels. All numbers are in ${file}.
    </p>
  </section>`;
}

function segmentCells(row: SegmentSummary, excluded: boolean): string[] {
  const spread = (mean: number, sd: number, digits: number) =>
    Number.isNaN(mean) ? '–' : `${fixed(mean, digits)} ± ${fixed(sd, digits)}`;
  return [
    row.segment,
    String(row.n),
    ...(excluded ? [String(row.excluded)] : []),
    spread(row.pdffMeanPercent, row.pdffSdPercent, 1),
    fixed(row.pdffMedianPercent, 1),
    spread(row.r2starMeanPerSecond, row.r2starSdPerSecond, 1),
    row.steatosisGrade === undefined ? '–' : String(row.steatosisGrade),
  ];
}

function stripFigure(overview: Overview, strip: Strip, first: boolean): Html {
  const [low, high] = strip.range;
  return html`<figure class="strip">
    <figcaption>
      <strong>${strip.title}</strong> ${limitText(low)} … ${limitText(high)} ${strip.unit}
    </figcaption>
    <div class="panels" style="--slices: ${overview.slices.length}">
      ${overview.slices.map((slice, i) => panel(overview, strip, slice, i, first))} ${bar(strip)}
    </div>
  </figure>`;
}

function panel(
  { width, height, voxelAspect, sliceCount }: Overview,
  strip: Strip,
  slice: ShownSlice,
  index: number,
  first: boolean,
): Html {
  const raster = createRaster(width, height, [0, 0, 0]);
  paintSlice(
    raster,
    { ...strip, values: strip.slices[index]!, width, height },
    { left: 0, top: 0, scaleX: 1, scaleY: 1, nothing: [0, 0, 0] },
  );
  const name = `slice ${slice.number} of ${sliceCount}`;
  const shownHeight = height * voxelAspect;
  const caption = first ? html`<span class="slice">${name}</span>` : html``;
  const sides =
    first && index === 0 ? html`<span class="right">R</span><span class="left">L</span>` : html``;
  return html`<div class="panel" style="aspect-ratio: ${width} / ${shownHeight.toFixed(2)}">
    <img alt="${strip.title}, ${name}" src="${pngDataUri(encodePng(raster))}" />
    <svg viewBox="0 0 ${width} ${shownHeight.toFixed(2)}" aria-hidden="true">
      ${slice.outlines.map((outline) => outlineMarks(outline, voxelAspect, width / 300, first))}
    </svg>
    ${caption} ${sides}
  </div>`;
}

/** @param pixel size of a screen pixel in voxels, about */
function outlineMarks(
  outline: RegionOutline,
  voxelAspect: number,
  pixel: number,
  labelled: boolean,
): Html {
  const y = (value: number) => Number((value * voxelAspect).toFixed(2));
  const path = outline.edges
    .map(([x1, y1, x2, y2]) => (y1 === y2 ? `M${x1} ${y(y1)}H${x2}` : `M${x1} ${y(y1)}V${y(y2)}`))
    .join('');
  const lines = html`<path class="rim" d="${path}" /><path d="${path}" />`;
  if (!labelled) return lines;
  const size = 15 * pixel;
  const place = labelPlace(outline, 0.6 * size * outline.label.length, size / voxelAspect);
  const baseline = y(place.y) + (place.above ? -0.3 * size : 0.35 * size);
  return html`${lines}<text x="${place.x}" y="${baseline.toFixed(2)}" font-size="${size.toFixed(2)}"
      >${outline.label}</text
    >`;
}

function bar({ range, colours, unit }: Strip): Html {
  const stops = Array.from({ length: 17 }, (_, i) => `rgb(${colourAt(colours, i / 16).join(' ')})`);
  const ticks = ticksOf(range).map((tick) => {
    const share = (100 * (tick - range[0])) / (range[1] - range[0]);
    return html`<span style="bottom: ${share.toFixed(2)}%">${limitText(tick)}</span>`;
  });
  return html`<div
    class="bar"
    role="img"
    aria-label="colours from ${range[0]} to ${range[1]} ${unit}"
  >
    <div class="colours" style="background: linear-gradient(to top, ${stops.join(', ')})"></div>
    <div class="ticks">${ticks}</div>
    <div class="unit">${unit}</div>
  </div>`;
}

function limitText(value: number): string {
  return String(value).replace('-', '−');
}
