import { dot, squaredNorm } from '../numeric/sum.js';

/** A correlation with its distances from both ends of its range, which plain r loses near ±1. */
export interface Coefficient {
  r: number;
  /** 1 − r */
  below: number;
  /** 1 + r */
  above: number;
}

/**
 * Below this 1 − |r| is what rounding makes of data on an exact line: (4 units in the last place)².
 */
const EXACT = 1e-30;

/**
 * The correlation of centred values. With unit vectors u and v, 1 ∓ r = ½|u ∓ v|², which keeps its digits
 * where 1 − r as a difference has lost them.
 *
 * @internal
 */
export function coefficientOf(dx: Float64Array, dy: Float64Array): Coefficient {
  const a = 1 / Math.sqrt(dot(dx, dx));
  const b = 1 / Math.sqrt(dot(dy, dy));
  const r = Math.max(-1, Math.min(1, dot(dx, dy) * a * b));
  let below = 1 - r;
  let above = 1 + r;
  if (r > 0.5) below = 0.5 * squaredNorm(dx, a, dy, -b);
  if (r < -0.5) above = 0.5 * squaredNorm(dx, a, dy, b);
  if (below < EXACT) return { r: 1, below: 0, above: 2 };
  if (above < EXACT) return { r: -1, below: 2, above: 0 };
  return { r, below, above };
}
