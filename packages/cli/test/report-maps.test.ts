import { decode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { colourAt } from '../src/report/colour-map.js';
import { type MapPanel, montage, renderMap, ticksOf } from '../src/report/maps.js';
import { createRaster, encodePng, writeText } from '../src/report/raster.js';
import { textWidth } from '../src/report/stroke-font.js';

const panel: MapPanel = {
  title: 'PDFF',
  values: Float32Array.of(0, 10, 20, Number.NaN, 30, 99),
  width: 3,
  height: 2,
  range: [0, 30],
  colours: 'viridis',
};

describe('colourAt', () => {
  it('runs through viridis and clamps beyond its ends', () => {
    expect(colourAt('viridis', 0)).toEqual([68, 1, 84]);
    expect(colourAt('viridis', 1)).toEqual([253, 231, 37]);
    expect(colourAt('viridis', 7)).toEqual(colourAt('viridis', 1));
    expect(colourAt('viridis', 0.5)).toEqual([35, 144, 140]);
    expect(colourAt('grey', 0.5)).toEqual([128, 128, 128]);
  });

  it('rises in lightness all the way', () => {
    const lightness = Array.from({ length: 101 }, (_, i) => {
      const [r, g, b] = colourAt('viridis', i / 100);
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    });
    for (let i = 1; i < lightness.length; i++) {
      expect(lightness[i]).toBeGreaterThanOrEqual(lightness[i - 1]!);
    }
  });
});

describe('renderMap', () => {
  const at = (scale: number, changes: Partial<MapPanel>, x: number, y: number) => {
    const raster = renderMap({ ...panel, ...changes }, scale);
    const i = ((24 + y) * raster.width + 10 + x) * 3;
    return Array.from(raster.data.subarray(i, i + 3));
  };

  it('gives each voxel the colour of its value, saturated beyond the range', () => {
    expect(at(4, {}, 1, 1)).toEqual([68, 1, 84]);
    expect(at(4, {}, 6, 6)).toEqual([253, 231, 37]);
    expect(at(4, {}, 9, 6)).toEqual([253, 231, 37]);
  });

  it('shows what is not a number in the colour of nothing', () => {
    expect(at(4, {}, 1, 6)).toEqual([40, 40, 40]);
  });

  it('stretches voxels that are not square', () => {
    const square = renderMap(panel, 4);
    const tall = renderMap({ ...panel, voxelAspect: 2 }, 4);
    expect(tall.height - square.height).toBe(2 * 4);
    expect(tall.width).toBe(square.width);
  });

  it('draws an outline around the voxels of the ROI', () => {
    const outlined = { outlines: [{ x: 1, y: 0, width: 1, height: 1 }] };
    expect(at(8, outlined, 8, 0)).toEqual([255, 255, 255]);
    expect(at(8, outlined, 15, 7)).toEqual([255, 255, 255]);
    expect(at(8, outlined, 7, 0)).toEqual([0, 0, 0]);
    expect(at(8, outlined, 11, 3)).toEqual(at(8, {}, 11, 3));
  });

  it('refuses values that do not fill the slice and an empty range', () => {
    expect(() => renderMap({ ...panel, width: 4 })).toThrow(/4 × 2 values/);
    expect(() => renderMap({ ...panel, range: [3, 3] })).toThrow(/ascending/);
  });

  it('is a PNG that reads back pixel for pixel', () => {
    const raster = renderMap({ ...panel, unit: '%' }, 3);
    const read = decode(encodePng(raster));
    expect([read.width, read.height, read.channels]).toEqual([raster.width, raster.height, 3]);
    expect(Array.from(read.data)).toEqual(Array.from(raster.data));
  });
});

describe('montage', () => {
  it('puts pictures into rows and fills the rest with background', () => {
    const [a, b] = [createRaster(2, 3, [1, 1, 1]), createRaster(4, 1, [2, 2, 2])];
    const whole = montage([a, b, a], 2);
    expect([whole.width, whole.height]).toEqual([6, 6]);
    const pixel = (x: number, y: number) => whole.data[(y * whole.width + x) * 3];
    expect([pixel(0, 0), pixel(2, 0), pixel(2, 1), pixel(0, 3)]).toEqual([1, 2, 17, 1]);
  });
});

describe('ticksOf', () => {
  it('finds round numbers inside the range', () => {
    expect(ticksOf([0, 30])).toEqual([0, 10, 20, 30]);
    expect(ticksOf([-150, 100])).toEqual([-150, -100, -50, 0, 50, 100]);
    expect(ticksOf([0, 0.4])).toEqual([0, 0.1, 0.2, 0.3, 0.4]);
  });
});

describe('writeText', () => {
  const drawn = (text: string, width: number, halo?: [number, number, number]) => {
    const raster = createRaster(width, 18, [0, 0, 0]);
    writeText(raster, text, 2, 2, [255, 255, 255], 2, halo);
    const level = (x: number, y: number) => raster.data[(y * width + x) * 3 + 1]!;
    return { level, ink: raster.data.reduce((sum, v) => sum + v, 0) };
  };

  it('draws strokes with soft edges, capitals fourteen pixels high', () => {
    const { level } = drawn('I', 8);
    const column = Array.from({ length: 18 }, (_, y) => level(2, y));
    expect(column.slice(3, 15).every((v) => v > 200)).toBe(true);
    expect([column[0], column[17]]).toEqual([0, 0]);
    expect(level(6, 9)).toBe(0);
    const between = Array.from({ length: 8 }, (_, x) => level(x, 9)).filter(
      (v) => v > 0 && v < 255,
    );
    expect(between.length).toBeGreaterThan(0);
  });

  it('knows every character that labels need, and leaves a gap for others', () => {
    const needed = '0123456789 .,:-–−+±×/*()%·’…';
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
    for (const letter of needed.replace(' ', '') + letters) {
      expect(drawn(letter, 24).ink, letter).toBeGreaterThan(0);
    }
    expect(drawn('☃', 24).ink).toBe(0);
    expect(textWidth('A☃A')).toBeGreaterThan(textWidth('AA'));
    expect(textWidth('')).toBe(0);
  });

  it('surrounds text with a rim where asked', () => {
    const { level } = drawn('I', 8, [0, 90, 0]);
    expect(level(0, 9)).toBe(90);
    expect(level(2, 9)).toBeGreaterThan(200);
  });
});
