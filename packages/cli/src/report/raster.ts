import { encode } from 'fast-png';
import type { Rgb } from './colour-map.js';
import { drawText } from './stroke-font.js';

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

/** Mix a colour into one pixel; outside the picture nothing happens. */
function blendPixel(raster: Raster, x: number, y: number, [r, g, b]: Rgb, share: number): void {
  if (x < 0 || y < 0 || x >= raster.width || y >= raster.height) return;
  const { data } = raster;
  const i = (y * raster.width + x) * 3;
  data[i] = Math.round(data[i]! + share * (r - data[i]!));
  data[i + 1] = Math.round(data[i + 1]! + share * (g - data[i + 1]!));
  data[i + 2] = Math.round(data[i + 2]! + share * (b - data[i + 2]!));
}

/**
 * Write text with its top left corner at (left, top).
 *
 * @param scale capitals are 7 × this high, in pixels
 * @param halo colour of a rim two pixels wide, so that the text can be read on a picture
 */
export function writeText(
  raster: Raster,
  text: string,
  left: number,
  top: number,
  colour: Rgb,
  scale = 1,
  halo?: Rgb,
): void {
  const [x0, y0] = [Math.round(left), Math.round(top)];
  const write = (ink: Rgb, swell: number) =>
    drawText(text, scale, swell, (x, y, share) => blendPixel(raster, x0 + x, y0 + y, ink, share));
  if (halo !== undefined) write(halo, 2);
  write(colour, 0);
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

/** A PNG file as an address that a page can hold itself. */
export function pngDataUri(png: Uint8Array): string {
  let binary = '';
  for (let i = 0; i < png.length; i += 8192) {
    binary += String.fromCharCode(...png.subarray(i, i + 8192));
  }
  return `data:image/png;base64,${btoa(binary)}`;
}
