/** The training kernels, one module over a memory that all members of a team share; see `memory.ts`. */

/** Memory from here on is laid out by the lead. */
export const heapBase: usize = __heap_base;
