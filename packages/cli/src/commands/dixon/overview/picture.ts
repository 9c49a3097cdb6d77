import { colourAt, type Rgb } from '../../../report/colour-map.js';
import { ticksOf } from '../../../report/maps.js';
import {
  createRaster,
  encodePng,
  paste,
  type Raster,
  setPixel,
  strokeRectangle,
  writeText,
} from '../../../report/raster.js';
import { paintSlice } from '../../../report/slice-painter.js';
import { GLYPH_HEIGHT, textWidth } from '../../../report/stroke-font.js';
import { labelPlace, type RegionOutline } from './outlines.js';
import { type Overview, type Strip, stripsAcross } from './overview.js';

const PAPER: Rgb = [255, 255, 255];
const INK: Rgb = [24, 28, 33];
const SOFT: Rgb = [96, 104, 112];
const BLACK: Rgb = [0, 0, 0];
const WHITE: Rgb = [255, 255, 255];

const MARGIN = 24;
/** Between panels of a strip, and between strips. */
const GAP = 6;
const STRIP_GAP = 26;
const TITLE_HEIGHT = 28;
const BAR_WIDTH = 16;
const BAR_SPACE = 84;
/** Width of a panel in pixels. */
const PANEL_WIDTH = 300;
/** Capitals are 7 × this high. */
const TEXT = 1.75;
const SMALL = 1.4;

/**
 * The overview as a picture for a paper or a slide: a strip for each map, one panel a slice, a colour bar with
 * unit and limits, outlines and numbers of the segments.
 *
 * @param title first line
 * @param lines smaller lines below it
 * @returns a PNG file
 */
export function overviewPicture(
  overview: Overview,
  title: string,
  lines: readonly string[],
): Uint8Array {
  const strips = overview.strips.map((strip, i) => drawStrip(overview, strip, i === 0));
  const columns = Math.min(stripsAcross(overview), strips.length);
  const { width, height } = strips[0]!;
  const rows = Math.ceil(strips.length / columns);
  const head = MARGIN + 30 + 20 * lines.length;
  const picture = createRaster(
    2 * MARGIN + columns * width,
    head + rows * (height + STRIP_GAP) + MARGIN - STRIP_GAP,
    PAPER,
  );
  writeText(picture, title, MARGIN, MARGIN, INK, 2.4);
  lines.forEach((line, i) => writeText(picture, line, MARGIN, MARGIN + 28 + 20 * i, SOFT, SMALL));
  strips.forEach((strip, i) => {
    const left = MARGIN + (i % columns) * width;
    const top = head + Math.floor(i / columns) * (height + STRIP_GAP);
    paste(picture, strip, left, top);
  });
  return encodePng(picture);
}

function drawStrip(overview: Overview, strip: Strip, first: boolean): Raster {
  const { width, height, voxelAspect, slices } = overview;
  const scaleX = PANEL_WIDTH / width;
  const scaleY = scaleX * voxelAspect;
  const panel = { width: Math.round(width * scaleX), height: Math.round(height * scaleY) };
  const raster = createRaster(
    slices.length * (panel.width + GAP) + BAR_SPACE,
    TITLE_HEIGHT + panel.height,
    PAPER,
  );
  writeText(raster, strip.title, 2, 6, INK, 2);
  const limits = `${strip.range.join(' … ').replaceAll('-', '−')} ${strip.unit}`;
  writeText(raster, limits, textWidth(strip.title) * 2 + 14, 10, SOFT, SMALL);
  slices.forEach((slice, i) => {
    const left = i * (panel.width + GAP);
    const place = { left, top: TITLE_HEIGHT, scaleX, scaleY };
    const values = strip.slices[i]!;
    paintSlice(
      raster,
      { ...strip, values, width, height },
      { ...place, smooth: true, nothing: BLACK },
    );
    for (const outline of slice.outlines) drawOutline(raster, outline, place, first);
    if (!first) return;
    const name = `slice ${slice.number} of ${overview.sliceCount}`;
    const at = left + panel.width - textWidth(name) * SMALL;
    writeText(raster, name, at, 9, SOFT, SMALL);
    if (i > 0) return;
    writeText(raster, 'R', left + 7, TITLE_HEIGHT + 7, WHITE, TEXT, BLACK);
    writeText(raster, 'L', left + panel.width - 16, TITLE_HEIGHT + 7, WHITE, TEXT, BLACK);
  });
  drawBar(raster, strip, slices.length * (panel.width + GAP) + 6, panel.height);
  return raster;
}

function drawBar(raster: Raster, strip: Strip, left: number, height: number): void {
  const { range, colours, unit } = strip;
  const top = TITLE_HEIGHT;
  for (let y = 0; y < height; y++) {
    const colour = colourAt(colours, 1 - y / (height - 1));
    for (let x = 0; x < BAR_WIDTH; x++) setPixel(raster, left + x, top + y, colour);
  }
  strokeRectangle(
    raster,
    { left, top, right: left + BAR_WIDTH - 1, bottom: top + height - 1 },
    SOFT,
  );
  writeText(raster, unit, left, 9, SOFT, SMALL);
  const half = (GLYPH_HEIGHT * SMALL) / 2;
  for (const tick of ticksOf(range)) {
    const share = (tick - range[0]) / (range[1] - range[0]);
    const y = top + Math.round((1 - share) * (height - 1));
    for (let x = 0; x < 4; x++) setPixel(raster, left + BAR_WIDTH + x, y, INK);
    const text = String(tick).replace('-', '−');
    const textTop = Math.min(top + height - 2 * half, Math.max(top, y - half));
    writeText(raster, text, left + BAR_WIDTH + 8, textTop, INK, SMALL);
  }
}

interface Place {
  left: number;
  top: number;
  scaleX: number;
  scaleY: number;
}

function drawOutline(
  raster: Raster,
  outline: RegionOutline,
  { left, top, scaleX, scaleY }: Place,
  labelled: boolean,
): void {
  const at = (x: number, y: number) =>
    [left + Math.round(x * scaleX), top + Math.round(y * scaleY)] as const;
  const draw = (colour: Rgb, swell: number) => {
    for (const [x1, y1, x2, y2] of outline.edges) {
      const [fromX, fromY] = at(x1, y1);
      const [toX, toY] = at(x2, y2);
      for (let y = fromY - swell; y <= toY + swell; y++) {
        for (let x = fromX - swell; x <= toX + swell; x++) setPixel(raster, x, y, colour);
      }
    }
  };
  draw(BLACK, 1);
  draw(WHITE, 0);
  if (!labelled) return;
  const size = { width: textWidth(outline.label) * TEXT, height: GLYPH_HEIGHT * TEXT };
  const place = labelPlace(outline, size.width / scaleX, size.height / scaleY);
  const [x, y] = at(place.x, place.y);
  const textTop = place.above ? y - size.height - 5 : y - size.height / 2;
  writeText(raster, outline.label, x - size.width / 2, textTop, WHITE, TEXT, BLACK);
}
