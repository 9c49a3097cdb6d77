/** The training kernels, one module over a memory that all members of a team share; see `memory.ts`. */

/** Memory from here on is laid out by the lead. */
export const heapBase: usize = __heap_base;

export { binRows } from '../xgb/binning/search.as';
export {
  sketchBegin,
  sketchBytes,
  sketchCuts,
  sketchPush,
  sketchScratchBytes,
} from '../xgb/binning/sketch.as';

export { evaluateNodes, growingScratch } from '../xgb/growing/evaluate.as';
export { sumPairs } from '../xgb/growing/histograms.as';
export { addToLeaves, fillOrder, moveChunks, splitChunks } from '../xgb/growing/rows.as';

export { exponentials } from '../xgb/objectives/exponential.as';
export {
  absoluteErrorGradients,
  logisticGradients,
  poissonGradients,
  softmaxGradients,
  squaredErrorGradients,
} from '../xgb/objectives/gradients.as';
