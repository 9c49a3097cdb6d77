/** Convolutions and their gradients on channels-last arrays, with filters in torch's layout (OIHW). */
import type { Images } from '../kernels/matrix.js';
import { convolve } from './operations.js';

/** A square kernel with equal padding on all sides. */
export interface Kernel {
  readonly size: number;
  readonly stride: number;
  readonly padding: number;
}

export interface Channels {
  readonly inputs: number;
  readonly outputs: number;
}

/** @returns [images, height, width, outputs] */
export function convolution(
  x: Images,
  weights: Float32Array,
  { size, stride, padding }: Kernel,
  { inputs, outputs }: Channels,
  filter: Float32Array,
): Float32Array {
  const taps = size * size;
  for (let o = 0, i = 0; o < outputs; o++) {
    for (let c = 0; c < inputs; c++) {
      for (let tap = 0; tap < taps; tap++) filter[(tap * inputs + c) * outputs + o] = weights[i++];
    }
  }
  return convolve(
    x.data,
    [x.images, x.height, x.width, inputs],
    filter,
    [size, size, inputs, outputs],
    { stride, padding: [padding, padding, padding, padding] },
  );
}

/**
 * Gradient with respect to the input of a 3×3 convolution with stride 1 and padding 1: the convolution
 * of the output's gradient with the filter turned by 180°. tfjs' own kernel for it is ten times slower.
 */
export function inputGradient3x3(
  gradient: Images,
  weights: Float32Array,
  { inputs, outputs }: Channels,
  filter: Float32Array,
): Float32Array {
  for (let o = 0, i = 0; o < outputs; o++) {
    for (let c = 0; c < inputs; c++) {
      for (let tap = 8; tap >= 0; tap--) filter[(tap * outputs + o) * inputs + c] = weights[i++];
    }
  }
  return convolve(
    gradient.data,
    [gradient.images, gradient.height, gradient.width, outputs],
    filter,
    [3, 3, outputs, inputs],
    { padding: [1, 1, 1, 1] },
  );
}

/**
 * Gradient with respect to the filter, which the wasm backend has no kernel for. It is itself a
 * convolution: input channels take the place of images, images that of channels, and the output's
 * gradient is the filter, dilated by the stride.
 *
 * @param x [inputs, height, width, images]
 * @param gradient [height, width, images, outputs] of the convolution's output
 * @returns OIHW
 */
export function filterGradient(
  x: Float32Array,
  size: { images: number; height: number; width: number },
  gradient: Float32Array,
  outputSize: { height: number; width: number },
  kernel: Kernel,
  { inputs, outputs }: Channels,
): Float32Array {
  const { images, height, width } = size;
  const { padding, stride } = kernel;
  const after = (output: number, input: number) =>
    kernel.size + stride * (output - 1) - input - padding;
  const taps = kernel.size * kernel.size;
  const product = convolve(
    x,
    [inputs, height, width, images],
    gradient,
    [outputSize.height, outputSize.width, images, outputs],
    {
      dilation: stride,
      padding: [padding, after(outputSize.height, height), padding, after(outputSize.width, width)],
    },
  );
  const result = new Float32Array(product.length);
  for (let c = 0, i = 0; c < inputs; c++) {
    for (let tap = 0; tap < taps; tap++) {
      for (let o = 0; o < outputs; o++) result[(o * inputs + c) * taps + tap] = product[i++];
    }
  }
  return result;
}
