/** The kernel of water–fat separation: candidate fields and final fits of batches of voxels. */
export { findCandidates, setCandidates, setSearch } from './candidates.as';
export { setCurve } from './cost-curve.as';
export { estimate, setEstimates } from './estimates.as';
export { setEcho, setEchoes, setStep, startModel } from './model.as';
export { setQueue } from './refine.as';

/** Memory from here on belongs to the caller. */
export const heapBase: usize = __heap_base;
