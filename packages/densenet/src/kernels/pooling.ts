import type { Images } from './matrix.js';

/** 2×2 average pooling with stride 2; an odd last row or column is left out, as torch does. */
export function averagePool(x: Images, out: Images): void {
  const { data, height, width, stride } = x;
  forEachWindow(out, (image, y, column, target) => {
    const a = ((image * height + 2 * y) * width + 2 * column) * stride;
    const b = a + width * stride;
    for (let c = 0; c < stride; c++) {
      out.data[target + c] =
        (data[a + c] + data[a + stride + c] + data[b + c] + data[b + stride + c]) / 4;
    }
  });
}

/** Gradient of {@link averagePool}; every element of `into` is written. */
export function averagePoolBackward(gradient: Images, into: Images): void {
  const { data, height, width, stride } = into;
  data.fill(0);
  forEachWindow(gradient, (image, y, column, source) => {
    const a = ((image * height + 2 * y) * width + 2 * column) * stride;
    const b = a + width * stride;
    for (let c = 0; c < stride; c++) {
      const share = gradient.data[source + c] / 4;
      data[a + c] = share;
      data[a + stride + c] = share;
      data[b + c] = share;
      data[b + stride + c] = share;
    }
  });
}

/**
 * 3×3 max pooling with stride 2 and a border of 1.
 *
 * @returns for every element of `out` where in `x` its value stands (the first one of equals)
 */
export function maxPool(x: Images, out: Images): Int32Array {
  const { data, height, width, stride } = x;
  const places = new Int32Array(out.rows * stride);
  forEachWindow(out, (image, y, column, target) => {
    for (let c = 0; c < stride; c++) {
      let best = -Infinity;
      let place = -1;
      for (let h = Math.max(2 * y - 1, 0); h <= Math.min(2 * y + 1, height - 1); h++) {
        for (let w = Math.max(2 * column - 1, 0); w <= Math.min(2 * column + 1, width - 1); w++) {
          const i = ((image * height + h) * width + w) * stride + c;
          if (data[i] > best) {
            best = data[i];
            place = i;
          }
        }
      }
      out.data[target + c] = best;
      places[target + c] = place;
    }
  });
  return places;
}

/** Gradient of {@link maxPool} into a buffer like its input; every element is written. */
export function maxPoolBackward(
  gradient: Float32Array,
  places: Int32Array,
  into: Float32Array,
): void {
  into.fill(0);
  for (let i = 0; i < gradient.length; i++) into[places[i]] += gradient[i];
}

/** Mean over the pixels of [images · pixels, channels], into [images, channels]. */
export function globalAverage(
  x: Float32Array,
  images: number,
  pixels: number,
  channels: number,
): Float64Array {
  const out = new Float64Array(images * channels);
  for (let image = 0, i = 0; image < images; image++) {
    const base = image * channels;
    for (let pixel = 0; pixel < pixels; pixel++) {
      for (let c = 0; c < channels; c++) out[base + c] += x[i++];
    }
    for (let c = 0; c < channels; c++) out[base + c] /= pixels;
  }
  return out;
}

function forEachWindow(
  out: Images,
  visit: (image: number, y: number, x: number, offset: number) => void,
): void {
  let offset = 0;
  for (let image = 0; image < out.images; image++) {
    for (let y = 0; y < out.height; y++) {
      for (let x = 0; x < out.width; x++, offset += out.stride) visit(image, y, x, offset);
    }
  }
}
