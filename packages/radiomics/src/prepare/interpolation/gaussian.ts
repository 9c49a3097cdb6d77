import type { Vector3 } from '@steatosis/core';
import { erf } from './error-function.js';
import type { AxisTaps, Kernel, Samples } from './kernel.js';

/** Of SimpleITK: standard deviation in voxels, and standard deviations at which the Gaussian ends. */
const SMOOTHING = { sigma: 0.8, cutOff: 4 };
const LABELS = { sigma: 1, cutOff: 1 };

type Extent = typeof SMOOTHING;

/**
 * Gaussian smoothing of 0.8 voxels, weighted by the integral of the Gaussian over each voxel, weights of
 * voxels in the image normalised to one: SimpleITK's `sitkGaussian`. The values at voxels change.
 */
export function gaussianKernel(samples: Samples): Kernel {
  const { data, size } = samples;
  const [nx, ny] = size;
  return {
    at(...position) {
      const [x, y, z] = tapsAround(position, size, SMOOTHING);
      let sum = 0;
      let total = 0;
      for (let k = 0; k < z.weights.length; k++) {
        for (let j = 0; j < y.weights.length; j++) {
          const row = x.first + nx * (y.first + j + ny * (z.first + k));
          for (let i = 0; i < x.weights.length; i++) {
            const weight = x.weights[i] * y.weights[j] * z.weights[k];
            sum += data[row + i] * weight;
            total += weight;
          }
        }
      }
      return sum / total;
    },
    separable: {
      samples,
      jumps: true,
      inOrder: false,
      taps: (axis, positions) => normalisedTaps(positions, size[axis]),
    },
  };
}

/**
 * The value with the largest Gaussian weight among the voxels around a position, for label images:
 * SimpleITK's `sitkLabelGaussian`. Between equal weights the one that reached it first.
 */
export function labelGaussianKernel({ data, size }: Samples): Kernel {
  const [nx, ny] = size;
  return {
    at(...position) {
      const [x, y, z] = tapsAround(position, size, LABELS);
      const weightOf = new Map<number, number>();
      let best = 0;
      let heaviest = 0;
      for (let k = 0; k < z.weights.length; k++) {
        for (let j = 0; j < y.weights.length; j++) {
          const row = x.first + nx * (y.first + j + ny * (z.first + k));
          for (let i = 0; i < x.weights.length; i++) {
            const value = data[row + i];
            const own = x.weights[i] * y.weights[j] * z.weights[k];
            const weight = (weightOf.get(value) ?? 0) + own;
            weightOf.set(value, weight);
            if (weight > heaviest) {
              heaviest = weight;
              best = value;
            }
          }
        }
      }
      return best;
    },
  };
}

interface Weights {
  first: number;
  weights: Float64Array;
}

function tapsAround(position: number[], size: Vector3, extent: Extent): Weights[] {
  return position.map((at, axis) => weightsAround(at, size[axis], extent));
}

/** The integral of the Gaussian over each voxel that it reaches, up to a factor. */
function weightsAround(position: number, length: number, { sigma, cutOff }: Extent): Weights {
  // Measured from the border of the image.
  const at = position + 0.5;
  const reach = sigma * cutOff;
  const first = Math.max(0, Math.floor(at - reach));
  const end = Math.min(length, Math.ceil(at + reach));
  const perVoxel = 1 / (Math.SQRT2 * sigma);
  const weights = new Float64Array(end - first);
  let border = (first - at) * perVoxel;
  let before = erf(border);
  for (let i = 0; i < weights.length; i++) {
    border += perVoxel;
    const after = erf(border);
    weights[i] = after - before;
    before = after;
  }
  return { first, weights };
}

function normalisedTaps(positions: Float64Array, length: number): AxisTaps {
  const all = Array.from(positions, (position) => weightsAround(position, length, SMOOTHING));
  const count = Math.max(...all.map(({ weights }) => weights.length));
  const indices = new Int32Array(count * all.length);
  const weights = new Float64Array(count * all.length);
  all.forEach((one, p) => {
    const total = one.weights.reduce((sum, weight) => sum + weight, 0);
    for (let i = 0; i < count; i++) {
      // Where the image ends there are fewer voxels: the rest has no weight.
      const inside = i < one.weights.length;
      indices[count * p + i] = inside ? one.first + i : one.first;
      weights[count * p + i] = inside ? one.weights[i] / total : 0;
    }
  });
  return { count, indices, weights };
}
