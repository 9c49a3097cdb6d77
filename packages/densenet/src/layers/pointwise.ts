/** The 1×1 convolution as a matrix product. */
import { multiply } from '../engine/operations.js';
import type { Channels } from '../engine/convolution.js';
import { transpose } from '../kernels/rearrange.js';
import type { Scratch } from '../kernels/scratch.js';

/** [rows, inputs] → [rows, outputs] by weights [outputs, inputs]. */
export function pointwise(
  x: Float32Array,
  weights: Float32Array,
  rows: number,
  { inputs, outputs }: Channels,
  scratch: Scratch,
): Float32Array {
  const filter = transpose(weights, outputs, inputs, scratch.take('filter', weights.length));
  return multiply(x, filter, rows, inputs, outputs);
}

/**
 * Gradient with respect to the weights. Both operands come untransposed, since the backend's product
 * with a transposed operand does not use XNNPACK and is ten times slower.
 *
 * @param transposedX [inputs, rows]
 * @param gradient [rows, outputs]
 * @returns [outputs, inputs]
 */
export function pointwiseWeightGradient(
  transposedX: Float32Array,
  gradient: Float32Array,
  rows: number,
  { inputs, outputs }: Channels,
): Float32Array {
  const product = multiply(transposedX, gradient, inputs, rows, outputs);
  return transpose(product, inputs, outputs, new Float32Array(product.length));
}
