import { encode } from 'fast-png';
import type { Rgb } from './colour-map.js';
import { drawText } from './pixel-font.js';

/** A picture in memory, 8 bits for each of red, green and blue. */
export interface Raster {
  width: number;
  height: number;
  data: Uint8Array;
}

export function createRaster(width: number, height: number, [r, g, b]: Rgb): Raster {
  const data = new Uint8Array(width * height * 3);
  for (let i = 0; i < data.length; i += 3) {
    data[i] = r;
    data[i + 1] = g;
    data[i + 2] = b;
  }
  return { width, height, data };
}

/** Set one pixel; outside the picture nothing happens. */
export function setPixel(raster: Raster, x: number, y: number, [r, g, b]: Rgb): void {
  if (x < 0 || y < 0 || x >= raster.width || y >= raster.height) return;
  const i = (y * raster.width + x) * 3;
  raster.data[i] = r;
  raster.data[i + 1] = g;
  raster.data[i + 2] = b;
}

/** Copy one picture into another at a place where it fits. */
export function paste(into: Raster, picture: Raster, left: number, top: number): void {
  const rowBytes = picture.width * 3;
  for (let y = 0; y < picture.height; y++) {
    const row = picture.data.subarray(y * rowBytes, (y + 1) * rowBytes);
    into.data.set(row, ((top + y) * into.width + left) * 3);
  }
}

/** The outline of a rectangle, one pixel wide, from (left, top) to (right, bottom) inclusive. */
export function strokeRectangle(
  raster: Raster,
  box: { left: number; top: number; right: number; bottom: number },
  colour: Rgb,
): void {
  for (let x = box.left; x <= box.right; x++) {
    setPixel(raster, x, box.top, colour);
    setPixel(raster, x, box.bottom, colour);
  }
  for (let y = box.top; y <= box.bottom; y++) {
    setPixel(raster, box.left, y, colour);
    setPixel(raster, box.right, y, colour);
  }
}

/** Write text with its top left corner at (left, top), each glyph pixel `scale` × `scale`. */
export function writeText(
  raster: Raster,
  text: string,
  left: number,
  top: number,
  colour: Rgb,
  scale = 1,
): void {
  drawText(text, (x, y) => {
    for (let dy = 0; dy < scale; dy++) {
      for (let dx = 0; dx < scale; dx++) {
        setPixel(raster, left + x * scale + dx, top + y * scale + dy, colour);
      }
    }
  });
}

/** The picture as a PNG file; the same pixels give the same bytes. */
export function encodePng(raster: Raster): Uint8Array {
  return encode({
    width: raster.width,
    height: raster.height,
    data: raster.data,
    channels: 3,
    depth: 8,
  });
}
