import { type Matrix, ROW_BLOCK } from './matrix.js';
import type { Affine } from './norm-relu.js';

/** A normalisation by batch statistics, with what its gradient needs. */
export interface BatchNorm extends Affine {
  readonly mean: Float64Array;
  /** 1/√(variance + ε). */
  readonly inverseDeviation: Float64Array;
}

/** Gradients of a normalisation's weight (γ) and bias (β). */
export interface NormGradients {
  readonly weight: Float32Array;
  readonly bias: Float32Array;
}

/**
 * Gradient of ReLU(BN(x)) by batch statistics (Ioffe and Szegedy 2015, §3.1):
 * dx = γ/σ · (dz − mean(dz) − x̂ · mean(dz · x̂)), where dz is the gradient where the ReLU is open.
 *
 * @param gradient [rows, channels] with respect to the output; overwritten
 * @param into dx is added to its first channels
 */
export function normReluBackward(
  x: Matrix,
  norm: BatchNorm,
  gradient: Float32Array,
  into: Matrix,
): NormGradients {
  const { channels, scale, mean, inverseDeviation } = norm;
  const { sums, products } = throughRelu(x, norm, gradient);
  const weight = new Float32Array(channels);
  const bias = new Float32Array(channels);
  const constant = new Float64Array(channels);
  const slope = new Float64Array(channels);
  for (let c = 0; c < channels; c++) {
    const weightGradient = inverseDeviation[c] * products[c];
    weight[c] = weightGradient;
    bias[c] = sums[c];
    slope[c] = (-scale[c] * inverseDeviation[c] * weightGradient) / x.rows;
    constant[c] = (-scale[c] * sums[c]) / x.rows - slope[c] * mean[c];
  }
  addInputGradient(x, norm, gradient, constant, slope, into);
  return { weight, bias };
}

/** Close the gradient where the ReLU is closed; Σ dz and Σ dz · (x − mean) of every channel. */
function throughRelu(
  x: Matrix,
  { channels, scale, shift, mean }: BatchNorm,
  gradient: Float32Array,
): { sums: Float64Array; products: Float64Array } {
  const { data, rows, stride } = x;
  const sums = new Float64Array(channels);
  const products = new Float64Array(channels);
  for (let from = 0; from < rows; from += ROW_BLOCK) {
    const to = Math.min(from + ROW_BLOCK, rows);
    for (let c = 0; c < channels; c++) {
      const s = scale[c];
      const t = shift[c];
      const m = mean[c];
      let sum = 0;
      let product = 0;
      let i = from * stride + c;
      let o = from * channels + c;
      for (let row = from; row < to; row++, i += stride, o += channels) {
        const value = data[i];
        // A product with 0 or 1 takes no branch that random signs would mispredict.
        const open = gradient[o] * Number(value * s + t > 0);
        gradient[o] = open;
        sum += open;
        product += open * (value - m);
      }
      sums[c] += sum;
      products[c] += product;
    }
  }
  return { sums, products };
}

/** Add scale · dz + constant + slope · x. */
function addInputGradient(
  x: Matrix,
  { channels, scale }: Affine,
  gradient: Float32Array,
  constant: Float64Array,
  slope: Float64Array,
  into: Matrix,
): void {
  const { data, rows, stride } = x;
  const target = into.data;
  const targetStride = into.stride;
  for (let from = 0; from < rows; from += ROW_BLOCK) {
    const to = Math.min(from + ROW_BLOCK, rows);
    for (let c = 0; c < channels; c++) {
      const s = scale[c];
      const k = constant[c];
      const b = slope[c];
      let i = from * stride + c;
      let o = from * channels + c;
      let t = from * targetStride + c;
      for (let row = from; row < to; row++, i += stride, o += channels, t += targetStride) {
        target[t] += s * gradient[o] + k + b * data[i];
      }
    }
  }
}
