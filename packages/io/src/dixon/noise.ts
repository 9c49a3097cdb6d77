import { chiSquareMedian } from './chi-square.js';

/**
 * SD of the noise in the real and imaginary part of an echo, from the residual sums of squares of all
 * voxels: their median over the median of χ² with the degrees of freedom that the fit leaves. The
 * median does not mind voxels that the model does not describe (vessels, motion).
 *
 * @param residualSquares residual sum of squares of each voxel; 0 voxels give NaN
 * @param degrees real samples less real unknowns; 0 leaves no residual and gives NaN
 */
export function noiseSd(residualSquares: Float32Array, degrees: number): number {
  if (residualSquares.length === 0 || degrees < 1) return Number.NaN;
  const sorted = residualSquares.slice().sort();
  const middle = (sorted.length - 1) / 2;
  const median = 0.5 * (sorted[Math.floor(middle)] + sorted[Math.ceil(middle)]);
  return Math.sqrt(median / chiSquareMedian(degrees));
}
