/** Lets the tests call parts of the kernel that are not exported alone. */
import { computeCurves, second, values } from '../../../src/dixon/kernels/cost-curve.as';
import { exp, turn, TURN_COS, TURN_SIN } from '../../../src/dixon/kernels/elementary.as';

export { setCurve } from '../../../src/dixon/kernels/cost-curve.as';
export { setEchoes, startModel } from '../../../src/dixon/kernels/model.as';

export const heapBase: usize = __heap_base;

/** e^x of the pair at `from`, to `to`. */
export function expPair(from: usize, to: usize): void {
  v128.store(to, exp(v128.load(from)));
}

/** cos 2πx of the pair at `from`, to `to`, and sin 2πx behind it. */
export function turnPair(from: usize, to: usize): void {
  turn(v128.load(from));
  v128.store(to, v128.load(TURN_COS));
  v128.store(to, v128.load(TURN_SIN), 16);
}

/** Curves of the first four voxels; returns where they lie. */
export function curves(): usize {
  computeCurves(0);
  return values;
}

export function secondDecay(): usize {
  return second;
}
