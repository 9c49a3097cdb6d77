/** The texture kernels, one module with one memory; see `arena.ts` for how it is shared out. */
export * from './dependences.as';
export * from './differences.as';
export { moveEntries } from './accumulator.as';
export * from './glcm-cells.as';
export { measurePairs } from './glcm-measures.as';
export { measureLevelSizes } from './level-sizes.as';
export * from './maximal-correlation.as';
export * from './pair-counts.as';
export { countRuns, listRuns } from './run-counts.as';
export * from './sparse-pairs.as';
export { dominantOfTridiagonal, tridiagonalise } from './tridiagonal.as';
export * from './zones.as';

/** Memory from here on belongs to the caller. */
export const heapBase: usize = __heap_base;
