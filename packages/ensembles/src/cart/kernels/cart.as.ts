/** The kernels of exact trees, one module with one memory; see `cart-memory.ts` for how it is laid out. */
export { copyBag, copyLists, divideLists, markSides } from './lists.as';
export { scanClasses } from './scan-classes.as';
export { scanSquares, scanWeightedSquares } from './scan-squares.as';
export { scanTwoClasses } from './scan-two-classes.as';
export { sumClasses, sumTargets, sumWeightedTargets } from './sums.as';

/** Memory from here on belongs to the caller. */
export const heapBase: usize = __heap_base;
