/** A fit of one voxel at a given field and decay, everything else projected out. */
export interface VoxelFit {
  /** Residual sum of squares of the last evaluation. */
  readonly cost: number;
  /** Gauss–Newton step from there, Hz. */
  readonly stepFieldHz: number;
  /** Gauss–Newton step from there, 1/s. */
  readonly stepR2star: number;
  evaluate(fieldHz: number, r2star: number): void;
}

/** How far and how long {@link Refinement.run} may go. */
export interface RefinementLimits {
  /** Evaluations at most. */
  evaluations: number;
  /** Longest single step of the field in Hz. */
  fieldStepHz: number;
  /** R2* is kept within these bounds, 1/s. */
  r2starBounds: readonly [number, number];
  /** Converged when R2* (1/s) and 2π·field (rad/s) move less than this. */
  tolerance: number;
}

const R2STAR_STEP = 300;

/** A rise of the cost below this share of the signal's energy is rounding. */
const ROUNDING = 1e-13;

/** Gauss–Newton descent that halves a step which does not descend. One object serves all voxels. */
export class Refinement {
  fieldHz = 0;
  r2star = 0;
  evaluations = 0;
  converged = false;

  /** Descend from a start; afterwards `fit` holds the evaluation at (`fieldHz`, `r2star`). */
  run(
    fit: VoxelFit,
    energy: number,
    startFieldHz: number,
    startR2star: number,
    limits: RefinementLimits,
  ): void {
    const [lowest, highest] = limits.r2starBounds;
    const slack = ROUNDING * energy;
    let field = startFieldHz;
    let r2star = startR2star;
    let evaluations = 1;
    let converged = false;
    fit.evaluate(field, r2star);
    while (evaluations < limits.evaluations) {
      const cost = fit.cost;
      let stepField = clamp(fit.stepFieldHz, -limits.fieldStepHz, limits.fieldStepHz);
      let stepR2star = clamp(
        r2star + clamp(fit.stepR2star, -R2STAR_STEP, R2STAR_STEP),
        lowest,
        highest,
      );
      stepR2star -= r2star;
      let accepted = false;
      while (evaluations < limits.evaluations) {
        fit.evaluate(field + stepField, r2star + stepR2star);
        evaluations++;
        accepted = fit.cost <= cost + slack;
        if (accepted) break;
        if (small(stepField, stepR2star, limits.tolerance)) break;
        stepField *= 0.5;
        stepR2star *= 0.5;
      }
      converged = small(stepField, stepR2star, limits.tolerance);
      if (!accepted) {
        fit.evaluate(field, r2star);
        evaluations++;
        break;
      }
      field += stepField;
      r2star += stepR2star;
      if (converged) break;
    }
    this.fieldHz = field;
    this.r2star = r2star;
    this.evaluations = evaluations;
    this.converged = converged;
  }
}

function small(stepField: number, stepR2star: number, tolerance: number): boolean {
  return Math.abs(2 * Math.PI * stepField) < tolerance && Math.abs(stepR2star) < tolerance;
}

function clamp(value: number, low: number, high: number): number {
  return value < low ? low : value > high ? high : value;
}
