import { colourAt, type ColourMapName, type Rgb } from './colour-map.js';
import { type Raster, setPixel } from './raster.js';

/** One slice of a map and its colours. */
export interface PaintedSlice {
  /** `width × height` values, x fastest; NaN is nothing. */
  values: ArrayLike<number>;
  width: number;
  height: number;
  /** Values of the lowest and the highest colour; beyond them colours saturate. */
  range: readonly [number, number];
  colours: ColourMapName;
}

/** Where and how large a slice is painted. */
export interface SlicePlace {
  left: number;
  top: number;
  /** Pixels for a voxel. */
  scaleX: number;
  scaleY: number;
  /** Interpolate between voxels that have values; default each voxel is one rectangle. */
  smooth?: boolean;
  /** Colour of nothing; default that of the colour map. */
  nothing?: Rgb;
}

/** Paint a slice into a picture. */
export function paintSlice(raster: Raster, slice: PaintedSlice, place: SlicePlace): void {
  const { values, width, height, range } = slice;
  const { left, top, scaleX, scaleY } = place;
  const shown = { width: Math.round(width * scaleX), height: Math.round(height * scaleY) };
  const colours = Array.from({ length: 256 }, (_, i) => colourAt(slice.colours, i / 255));
  const nothing = place.nothing ?? colourAt(slice.colours, Number.NaN);
  const within = (i: number, count: number) => Math.min(count - 1, Math.max(0, i));
  for (let y = 0; y < shown.height; y++) {
    const v = (y + 0.5) / scaleY;
    for (let x = 0; x < shown.width; x++) {
      const u = (x + 0.5) / scaleX;
      const nearest = values[within(Math.floor(v), height) * width + within(Math.floor(u), width)]!;
      const value = place.smooth === true ? (between(slice, u, v) ?? nearest) : nearest;
      const share = (value - range[0]) / (range[1] - range[0]);
      const colour = Number.isNaN(share)
        ? nothing
        : colours[Math.round(255 * Math.min(1, Math.max(0, share)))]!;
      setPixel(raster, left + x, top + y, colour);
    }
  }

  /** Bilinear between the centres of four voxels; undefined where one of them has no value. */
  function between({ values: from }: PaintedSlice, u: number, v: number): number | undefined {
    const [x, y] = [u - 0.5, v - 0.5];
    const [x0, y0] = [within(Math.floor(x), width), within(Math.floor(y), height)];
    const [x1, y1] = [within(x0 + 1, width), within(y0 + 1, height)];
    const [dx, dy] = [Math.min(1, Math.max(0, x - x0)), Math.min(1, Math.max(0, y - y0))];
    const value =
      (1 - dy) * ((1 - dx) * from[y0 * width + x0]! + dx * from[y0 * width + x1]!) +
      dy * ((1 - dx) * from[y1 * width + x0]! + dx * from[y1 * width + x1]!);
    return Number.isFinite(value) ? value : undefined;
  }
}
