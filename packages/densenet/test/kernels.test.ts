import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newImages, type Images } from '../src/kernels/matrix.js';
import { normRelu, normReluImagesLast, normReluTransposed } from '../src/kernels/norm-relu.js';
import { averagePool, averagePoolBackward } from '../src/kernels/pooling.js';
import { imagesInside, imagesLast, takeColumns, transpose } from '../src/kernels/rearrange.js';
import { measure, newMoments } from '../src/kernels/statistics.js';

const sizes = fc.record({
  images: fc.integer({ min: 1, max: 5 }),
  height: fc.integer({ min: 1, max: 6 }),
  width: fc.integer({ min: 1, max: 6 }),
  channels: fc.integer({ min: 1, max: 9 }),
});

function filled(images: number, height: number, width: number, channels: number): Images {
  const x = newImages(images, height, width, channels);
  x.data.set(x.data.map((_, i) => Math.sin(i * 1.7) * 3));
  return x;
}

test('mean and variance of every column, of any number of rows', () => {
  fc.assert(
    fc.property(sizes, ({ images, height, width, channels }) => {
      const x = filled(images, height, width, channels);
      const moments = newMoments(channels);
      measure(x, 0, channels, moments);
      for (let c = 0; c < channels; c++) {
        const column = x.data.filter((_, i) => i % channels === c);
        const mean = column.reduce((sum, v) => sum + v, 0) / x.rows;
        const variance = column.reduce((sum, v) => sum + (v - mean) ** 2, 0) / x.rows;
        expect(moments.mean[c]).toBeCloseTo(mean, 12);
        expect(moments.variance[c]).toBeCloseTo(variance, 12);
      }
    }),
  );
});

test('a large offset costs the variance no digits, and a constant has none', () => {
  const x = newImages(4, 8, 8, 2);
  x.data.set(x.data.map((_, i) => (i % 2 === 0 ? 1e6 + (i % 8) / 8 : 3e8)));
  const moments = newMoments(2);
  measure(x, 0, 2, moments);
  expect(moments.variance[0]).toBeCloseTo(0.078125, 12);
  expect(moments.variance[1]).toBe(0);
});

test('normalisation and ReLU agree in all layouts', () => {
  fc.assert(
    fc.property(
      sizes,
      fc.integer({ min: 1, max: 9 }),
      ({ images, height, width, channels }, used) => {
        const x = filled(images, height, width, channels);
        const count = Math.min(used, channels);
        const affine = {
          channels: count,
          scale: Float64Array.from({ length: count }, (_, c) => Math.cos(c) - 0.2),
          shift: Float64Array.from({ length: count }, (_, c) => Math.sin(c)),
        };
        const out = new Float32Array(x.rows * count);
        normRelu(x, affine, out);
        const expected = takeColumns(x, 0, count, new Float32Array(out.length)).map((v, i) =>
          Math.max(v * affine.scale[i % count] + affine.shift[i % count], 0),
        );
        expect(out).toEqual(expected);
        const transposed = new Float32Array(out.length);
        normReluTransposed(x, affine, transposed);
        expect(transposed).toEqual(transpose(out, x.rows, count, new Float32Array(out.length)));
        const last = new Float32Array(out.length);
        normReluImagesLast(x, affine, last);
        expect(last).toEqual(
          imagesLast({ ...x, data: out, stride: count }, new Float32Array(out.length)),
        );
      },
    ),
  );
});

describe('layouts', () => {
  test('put each value where the backend’s convolution expects it', () => {
    const x = filled(2, 3, 4, 5);
    const last = imagesLast(x, new Float32Array(120));
    const inside = imagesInside(x, new Float32Array(120));
    for (let n = 0; n < 2; n++) {
      for (let p = 0; p < 12; p++) {
        for (let c = 0; c < 5; c++) {
          const value = x.data[(n * 12 + p) * 5 + c];
          expect(last[(c * 12 + p) * 2 + n]).toBe(value);
          expect(inside[(p * 2 + n) * 5 + c]).toBe(value);
        }
      }
    }
  });
});

test('average pooling leaves odd edges out, and its gradient is its transpose', () => {
  fc.assert(
    fc.property(sizes, ({ images, height, width, channels }) => {
      fc.pre(height > 1 && width > 1);
      const x = filled(images, height, width, channels);
      const out = newImages(images, Math.floor(height / 2), Math.floor(width / 2), channels);
      averagePool(x, out);
      const corner = [0, channels, width * channels, (width + 1) * channels];
      const mean = corner.reduce((sum, i) => sum + x.data[i], 0) / 4;
      expect(out.data[0]).toBeCloseTo(mean, 6);
      const y = filled(images, out.height, out.width, channels);
      const back = newImages(images, height, width, channels);
      averagePoolBackward(y, back);
      const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, v, i) => sum + v * b[i], 0);
      expect(dot(out.data, y.data)).toBeCloseTo(dot(x.data, back.data), 3);
    }),
  );
});
