import { InvalidArgumentError } from '@steatosis/core';
import { colourAt, type ColourMapName, type Rgb } from './colour-map.js';
import { paintSlice } from './slice-painter.js';
import {
  createRaster,
  paste,
  type Raster,
  setPixel,
  strokeRectangle,
  writeText,
} from './raster.js';
import { GLYPH_HEIGHT, textWidth } from './stroke-font.js';

/** A rectangle drawn on a map, in voxels; `label` is written above it. */
export interface MapOutline {
  x: number;
  y: number;
  width: number;
  height: number;
  label?: string;
}

/** One slice to be shown. */
export interface MapPanel {
  title: string;
  /** `width × height` values, x fastest. */
  values: ArrayLike<number>;
  width: number;
  height: number;
  /** Values of the lowest and the highest colour; beyond them colours saturate. */
  range: readonly [number, number];
  colours: ColourMapName;
  /** Written above the colour bar, for instance `%`. No bar is drawn without it. */
  unit?: string;
  /** Height of a voxel over its width; default 1. */
  voxelAspect?: number;
  outlines?: readonly MapOutline[];
}

const BACKGROUND: Rgb = [17, 20, 24];
const INK: Rgb = [232, 235, 238];
const OUTLINE: Rgb = [255, 255, 255];
const OUTLINE_SHADOW: Rgb = [0, 0, 0];
const MARGIN = 10;
const TITLE_HEIGHT = 2 * GLYPH_HEIGHT + 10;
const BAR_WIDTH = 14;
const BAR_LABEL_WIDTH = 66;

/**
 * Draw one slice with its title, outlines and colour bar.
 *
 * @param scale pixels for a voxel's width
 * @throws InvalidArgumentError when values and size disagree or the range is empty
 */
export function renderMap(panel: MapPanel, scale = 2): Raster {
  const { values, width, height, range } = panel;
  if (values.length !== width * height) {
    throw new InvalidArgumentError('values', values.length, `${width} × ${height} values`);
  }
  if (!(range[1] > range[0])) {
    throw new InvalidArgumentError('range', range, 'two ascending finite numbers');
  }
  const scaleY = scale * (panel.voxelAspect ?? 1);
  const shown = { width: Math.round(width * scale), height: Math.round(height * scaleY) };
  const raster = createRaster(
    shown.width + 2 * MARGIN,
    shown.height + TITLE_HEIGHT + MARGIN,
    BACKGROUND,
  );
  writeText(raster, panel.title, MARGIN, 6, INK, 2);
  paintSlice(raster, panel, { left: MARGIN, top: TITLE_HEIGHT, scaleX: scale, scaleY });
  for (const outline of panel.outlines ?? []) drawOutline(raster, outline, scale, scaleY);
  return panel.unit === undefined
    ? raster
    : montage([raster, renderColourBar(panel, panel.unit, raster.height)], 2);
}

/** The colour bar of a map as a picture of its own, `height` pixels high, with round numbers and the unit. */
export function renderColourBar(
  { range, colours }: Pick<MapPanel, 'range' | 'colours'>,
  unit: string,
  height: number,
): Raster {
  const raster = createRaster(BAR_WIDTH + BAR_LABEL_WIDTH, height, BACKGROUND);
  const top = TITLE_HEIGHT + GLYPH_HEIGHT;
  const length = Math.max(1, height - top - GLYPH_HEIGHT - MARGIN);
  for (let y = 0; y < length; y++) {
    const colour = colourAt(colours, 1 - y / Math.max(1, length - 1));
    for (let x = 0; x < BAR_WIDTH; x++) setPixel(raster, x, top + y, colour);
  }
  writeText(raster, unit, 0, 6, INK, 2);
  for (const tick of ticksOf(range)) {
    const share = (tick - range[0]) / (range[1] - range[0]);
    const y = top + Math.round((1 - share) * (length - 1));
    for (let x = 0; x < 4; x++) setPixel(raster, BAR_WIDTH + x, y, INK);
    const text = String(tick).replace('-', '−');
    const room = Math.floor((BAR_LABEL_WIDTH - 7) / Math.max(1, textWidth(text)));
    const size = Math.max(1, Math.min(2, room));
    writeText(raster, text, BAR_WIDTH + 7, y - Math.floor((GLYPH_HEIGHT * size) / 2), INK, size);
  }
  return raster;
}

/** Put pictures side by side, `columns` in a row, on one background. */
export function montage(pictures: readonly Raster[], columns: number): Raster {
  const count = Math.max(1, Math.min(columns, pictures.length));
  const rows = Array.from({ length: Math.ceil(pictures.length / count) }, (_, r) =>
    pictures.slice(r * count, (r + 1) * count),
  );
  const heights = rows.map((row) => Math.max(...row.map((p) => p.height)));
  const widths = Array.from({ length: count }, (_, c) =>
    Math.max(...rows.map((row) => row[c]?.width ?? 0)),
  );
  const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
  const whole = createRaster(Math.max(1, sum(widths)), Math.max(1, sum(heights)), BACKGROUND);
  rows.forEach((row, r) => {
    row.forEach((picture, c) => {
      paste(whole, picture, sum(widths.slice(0, c)), sum(heights.slice(0, r)));
    });
  });
  return whole;
}

function drawOutline(raster: Raster, outline: MapOutline, scale: number, scaleY: number): void {
  const left = MARGIN + Math.round(outline.x * scale);
  const top = TITLE_HEIGHT + Math.round(outline.y * scaleY);
  const right = MARGIN + Math.round((outline.x + outline.width) * scale) - 1;
  const bottom = TITLE_HEIGHT + Math.round((outline.y + outline.height) * scaleY) - 1;
  strokeRectangle(
    raster,
    { left: left - 1, top: top - 1, right: right + 1, bottom: bottom + 1 },
    OUTLINE_SHADOW,
  );
  strokeRectangle(raster, { left, top, right, bottom }, OUTLINE);
  if (outline.label === undefined) return;
  const labelTop = top - GLYPH_HEIGHT * 2 - 3;
  writeText(raster, outline.label, left, labelTop, OUTLINE, 2, OUTLINE_SHADOW);
}

/** Round numbers inside a range, four to eight of them. */
export function ticksOf([low, high]: readonly [number, number]): number[] {
  const rough = (high - low) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((m) => m * power).find((s) => s >= rough * 0.999)!;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) =>
    Number(((first + i) * step).toPrecision(10)),
  );
}
