import type { Kernel, Samples, SeparableKernel } from './kernel.js';

/** The voxel whose centre a position is nearest to: the higher one halfway between two. */
function nearestIndex(position: number): number {
  return Math.floor(position + 0.5);
}

/** The value of the nearest voxel. */
export function nearestKernel(samples: Samples): Kernel & { separable: SeparableKernel } {
  const { data, size } = samples;
  const [nx, ny] = size;
  return {
    at: (x, y, z) => data[nearestIndex(x) + nx * (nearestIndex(y) + ny * nearestIndex(z))],
    separable: {
      samples,
      jumps: true,
      inOrder: true,
      taps: (_, positions) => ({
        count: 1,
        indices: Int32Array.from(positions, nearestIndex),
        weights: new Float64Array(positions.length).fill(1),
      }),
    },
  };
}
