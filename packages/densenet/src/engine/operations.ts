/**
 * The two operations that the wasm backend does: a matrix product and a convolution, both on XNNPACK.
 * Arrays go in and come out; every tensor is gone when a function returns.
 */
import * as tf from '@tensorflow/tfjs-core';
import { BackendError } from '../errors.js';

/** One operation's operands together; the heap of the backend ends at 4 GiB and never shrinks. */
const MOST_BYTES = 2 ** 30;

/** `a` [rows, inner] times `b` [inner, columns], row-major. */
export function multiply(
  a: Float32Array,
  b: Float32Array,
  rows: number,
  inner: number,
  columns: number,
): Float32Array {
  checkMemory(a.length + b.length + rows * columns);
  return compute(() => tf.matMul(tf.tensor2d(a, [rows, inner]), tf.tensor2d(b, [inner, columns])));
}

/** Shape of channels-last images: [images, height, width, channels]. */
export type ImageShape = readonly [number, number, number, number];

/** How a kernel moves over an image. */
export interface Geometry {
  readonly stride?: number;
  readonly dilation?: number;
  /** Rows of zeros above and below, columns of zeros left and right. */
  readonly padding: readonly [top: number, bottom: number, left: number, right: number];
}

/** Cross-correlate images with a filter [height, width, in, out]. */
export function convolve(
  images: Float32Array,
  shape: ImageShape,
  filter: Float32Array,
  filterShape: ImageShape,
  geometry: Geometry,
): Float32Array {
  const { stride = 1, dilation = 1, padding } = geometry;
  const [top, bottom, left, right] = padding;
  checkMemory(images.length + filter.length);
  return compute(() =>
    tf.conv2d(
      tf.tensor4d(images, [...shape]),
      tf.tensor4d(filter, [...filterShape]),
      stride,
      [
        [0, 0],
        [top, bottom],
        [left, right],
        [0, 0],
      ],
      'NHWC',
      dilation,
    ),
  );
}

function compute(operation: () => tf.Tensor): Float32Array {
  const engine = tf.engine();
  engine.startScope('steatosis');
  try {
    return operation().dataSync<'float32'>();
  } finally {
    engine.endScope();
  }
}

function checkMemory(elements: number): void {
  if (elements * 4 <= MOST_BYTES) return;
  throw new BackendError(
    `One layer needs ${Math.round((elements * 4) / 2 ** 20)} MiB at once; expected at most ${MOST_BYTES / 2 ** 20} MiB. Use a smaller batchSize.`,
  );
}
