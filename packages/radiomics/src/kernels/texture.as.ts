/** The texture kernels, one module with one memory; see `arena.ts` for how it is shared out. */
export * from './pair-counts.as';

/** Memory from here on belongs to the caller. */
export const heapBase: usize = __heap_base;
