import type { AxisTaps, Kernel, Samples } from './kernel.js';

/** Samples to each side. */
const RADIUS = 5;
const TAPS = 2 * RADIUS;

/** Windows of the sinc function, of the distance in voxels, 0 to 5. */
export type SincWindow = 'hamming' | 'cosine' | 'welch' | 'lanczos' | 'blackman';

/**
 * Interpolation by sinc functions under a window that ends five voxels away (Meijering, Niessen and
 * Viergever 1999, MICCAI, LNCS 1679:210–217), the outermost voxels repeated beyond the image. Weights do
 * not add up to exactly one.
 */
export function windowedSincKernel(samples: Samples, window: SincWindow): Kernel {
  const { data, size } = samples;
  const [nx, ny] = size;
  const axes = size.map(() => ({
    indices: new Int32Array(TAPS),
    weights: new Float64Array(TAPS),
  }));
  return {
    at(...position) {
      axes.forEach(({ indices, weights }, axis) => {
        setTaps(window, position[axis], size[axis], indices, weights, 0);
      });
      const [x, y, z] = axes;
      let sum = 0;
      for (let k = 0; k < TAPS; k++) {
        for (let j = 0; j < TAPS; j++) {
          const row = nx * (y.indices[j] + ny * z.indices[k]);
          for (let i = 0; i < TAPS; i++) {
            sum += data[row + x.indices[i]] * x.weights[i] * y.weights[j] * z.weights[k];
          }
        }
      }
      return sum;
    },
    separable: {
      samples,
      jumps: false,
      inOrder: false,
      taps(axis, positions): AxisTaps {
        const indices = new Int32Array(TAPS * positions.length);
        const weights = new Float64Array(TAPS * positions.length);
        positions.forEach((position, i) => {
          setTaps(window, position, size[axis], indices, weights, TAPS * i);
        });
        return { count: TAPS, indices, weights };
      },
    },
  };
}

function setTaps(
  window: SincWindow,
  position: number,
  length: number,
  indices: Int32Array,
  weights: Float64Array,
  from: number,
): void {
  const base = Math.floor(position);
  const distance = position - base;
  for (let i = 0; i < TAPS; i++) {
    const index = base + i - (RADIUS - 1);
    indices[from + i] = Math.min(length - 1, Math.max(0, index));
    const x = distance + (RADIUS - 1 - i);
    // The sinc of a whole number other than 0 is 0, which rounding would miss.
    if (distance === 0) weights[from + i] = x === 0 ? 1 : 0;
    else weights[from + i] = WINDOWS[window](x) * sinc(x);
  }
}

function sinc(x: number): number {
  const angle = Math.PI * x;
  return x === 0 ? 1 : Math.sin(angle) / angle;
}

/** The windows over the distance in voxels, 1 at 0. */
const WINDOWS: Record<SincWindow, (x: number) => number> = {
  hamming: (x) => 0.54 + 0.46 * Math.cos((Math.PI / RADIUS) * x),
  cosine: (x) => Math.cos((Math.PI / (2 * RADIUS)) * x),
  welch: (x) => 1 - (x * x) / (RADIUS * RADIUS),
  lanczos: (x) => sinc(x / RADIUS),
  blackman: (x) => {
    const angle = (Math.PI / RADIUS) * x;
    return 0.42 + 0.5 * Math.cos(angle) + 0.08 * Math.cos(2 * angle);
  },
};
