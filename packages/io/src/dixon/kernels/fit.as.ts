/** What every fit of the voxels in the lanes leaves behind; each fit adds registers of its own. */

export const FIT = memory.data(512, 16);

/** Residual sum of squares of the last evaluation. */
export const COST: usize = 0;
/** Gauss–Newton step from there, Hz. */
export const STEP_FIELD: usize = 16;
/** Gauss–Newton step from there, 1/s. */
export const STEP_R2STAR: usize = 32;
