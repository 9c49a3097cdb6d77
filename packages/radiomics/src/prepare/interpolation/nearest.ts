import type { Kernel, Samples } from './kernel.js';

/** The voxel whose centre a position is nearest to: the higher one halfway between two. */
export function nearestIndex(position: number): number {
  return Math.floor(position + 0.5);
}

export function nearestKernel({ data, size }: Samples): Kernel {
  const [nx, ny] = size;
  return {
    at: (x, y, z) => data[nearestIndex(x) + nx * (nearestIndex(y) + ny * nearestIndex(z))],
  };
}
