import { GlcmMeasures } from '../../features/glcm-measures.js';
import { visitCooccurrences } from '../../kernels/glcm-cells.js';
import type { TextureSource } from './texture-source.js';

/**
 * Evaluate features of the co-occurrence matrices: of each direction's that has pairs, and of their sum.
 */
export function evaluateCooccurrences(
  features: readonly ((measures: GlcmMeasures) => number)[],
  { grid, distant, grayLevelCount }: TextureSource,
): { apart: number[][]; merged: number[][] } {
  const measures = new GlcmMeasures(grid.grayLevels, grayLevelCount, true, grid.arena);
  const rows = (weights?: readonly number[]): number[][] => {
    const found: number[][] = [];
    visitCooccurrences(grid, distant, { symmetric: true, weights }, (cells) => {
      if (measures.loadCells(cells)) found.push(features.map((feature) => feature(measures)));
    });
    return found;
  };
  return { apart: rows(), merged: rows(distant.map(() => 1)) };
}
