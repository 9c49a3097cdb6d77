/** Copies between the layouts that the layers, torch and the backend's convolution use. */
import type { Images, Matrix } from './matrix.js';

/** The columns `start … start + channels − 1` as [rows, channels]. */
export function takeColumns(
  from: Matrix,
  start: number,
  channels: number,
  out: Float32Array,
): Float32Array {
  const { data, rows, stride } = from;
  for (let row = 0, o = 0; row < rows; row++) {
    const base = row * stride + start;
    for (let c = 0; c < channels; c++) out[o++] = data[base + c];
  }
  return out;
}

/** Write [rows, channels] into the columns `start … start + channels − 1`. */
export function putColumns(
  values: Float32Array,
  start: number,
  channels: number,
  into: Matrix,
): void {
  const { data, rows, stride } = into;
  for (let row = 0, i = 0; row < rows; row++) {
    const base = row * stride + start;
    for (let c = 0; c < channels; c++) data[base + c] = values[i++];
  }
}

/** [rows, columns] → [columns, rows]. */
export function transpose(
  values: Float32Array,
  rows: number,
  columns: number,
  out: Float32Array,
): Float32Array {
  for (let row = 0, i = 0; row < rows; row++) {
    for (let c = 0; c < columns; c++) out[c * rows + row] = values[i++];
  }
  return out;
}

/** [images, height, width, channels] → [channels, height, width, images]. */
export function imagesLast(x: Images, out: Float32Array): Float32Array {
  const { data, images, stride } = x;
  const pixels = x.height * x.width;
  for (let image = 0, i = 0; image < images; image++) {
    for (let pixel = 0; pixel < pixels; pixel++) {
      for (let c = 0; c < stride; c++) out[(c * pixels + pixel) * images + image] = data[i++];
    }
  }
  return out;
}

/** [images, height, width, channels] → [height, width, images, channels]. */
export function imagesInside(x: Images, out: Float32Array): Float32Array {
  const { data, images, stride } = x;
  const pixels = x.height * x.width;
  for (let image = 0, i = 0; image < images; image++) {
    for (let pixel = 0; pixel < pixels; pixel++) {
      const base = (pixel * images + image) * stride;
      for (let c = 0; c < stride; c++) out[base + c] = data[i++];
    }
  }
  return out;
}
