import type { BinnedMatrix } from './binned-matrix.js';
import { gainOf, type Regularisation } from './gain.js';
import type { Histogram } from './histogram.js';

const { fround } = Math;

/** Gradient and hessian sums of a node, and its gain without a split. */
export interface NodeSums {
  readonly gradient: number;
  readonly hessian: number;
  /** float32 */
  readonly gain: number;
}

/** A split of a node. */
export interface Split {
  /** Loss reduction, float32; 0 if no split is better than none. */
  gain: number;
  feature: number;
  /** Last bin that goes left, counted from the feature's first; −1 if none does. */
  bin: number;
  defaultLeft: boolean;
  leftGradient: number;
  leftHessian: number;
  rightGradient: number;
  rightHessian: number;
}

/**
 * Find the best split of a node by scanning its histogram.
 *
 * Each feature is scanned from the left with missing values going right; then, if its bins do not sum to the
 * node's totals to the last bit, from the right with missing values going left. So XGBoost recognises missing
 * values, and rounding alone can bring the second scan about in dense data: it is kept, since it decides
 * default directions. A split has to be strictly better to replace one found earlier, so that the lower
 * feature, the forward scan and the lower bin win ties.
 */
export function findSplit(
  binned: BinnedMatrix,
  histogram: Histogram,
  node: NodeSums,
  rules: Regularisation,
): Split {
  const best: Split = {
    gain: 0,
    feature: -1,
    bin: -1,
    defaultLeft: false,
    leftGradient: 0,
    leftHessian: 0,
    rightGradient: 0,
    rightHessian: 0,
  };
  const { slots } = binned;
  const missing = binned.hasMissing ? 1 : 0;
  const sums = { gradient: 0, hessian: 0 };
  for (let feature = 0; feature < binned.columns; feature++) {
    const begin = slots[feature]!;
    const end = slots[feature + 1]! - missing;
    scan(histogram, begin, end, 1, feature, node, rules, best, sums);
    if (sums.gradient !== node.gradient || sums.hessian !== node.hessian) {
      scan(histogram, end - 1, begin - 1, -1, feature, node, rules, best, sums);
    }
  }
  return best;
}

/**
 * One scan from slot `from` to before slot `to`; `sums` receives the sums over all its bins.
 *
 * Most bins are turned down by a comparison without a division: a bin can only win if G²/(H+λ) summed over
 * both sides exceeds best + parent. The bound is lowered by 10⁻⁶, more than all float32 roundings together
 * (4 · 2⁻²⁴), so nothing that the rounded formula would choose is lost.
 */
function scan(
  histogram: Histogram,
  from: number,
  to: number,
  step: 1 | -1,
  feature: number,
  node: NodeSums,
  rules: Regularisation,
  best: Split,
  sums: { gradient: number; hessian: number },
): void {
  const { lambda, minChildWeight } = rules;
  const totalGradient = node.gradient;
  const totalHessian = node.hessian;
  let bound = (best.gain + node.gain) * (1 - 1e-6);
  let gradient = 0;
  let hessian = 0;
  for (let slot = from; slot !== to; slot += step) {
    const g = histogram[2 * slot]!;
    const h = histogram[2 * slot + 1]!;
    // An empty bin leaves both sides as they were, and equal gains do not replace.
    if (h === 0 && g === 0) continue;
    gradient += g;
    hessian += h;
    if (hessian < minChildWeight) continue;
    const otherHessian = totalHessian - hessian;
    if (otherHessian < minChildWeight) continue;
    const otherGradient = totalGradient - gradient;
    const here = hessian + lambda;
    const there = otherHessian + lambda;
    if (gradient * gradient * there + otherGradient * otherGradient * here < bound * here * there) {
      continue;
    }
    const gain = fround(
      fround(gainOf(gradient, hessian, lambda) + gainOf(otherGradient, otherHessian, lambda)) -
        node.gain,
    );
    if (gain > best.gain && gain !== Infinity) {
      const forward = step === 1;
      const first = forward ? from : to + 1;
      best.gain = gain;
      best.feature = feature;
      best.bin = forward ? slot - first : slot - first - 1;
      best.defaultLeft = !forward;
      best.leftGradient = forward ? gradient : otherGradient;
      best.leftHessian = forward ? hessian : otherHessian;
      best.rightGradient = forward ? otherGradient : gradient;
      best.rightHessian = forward ? otherHessian : hessian;
      bound = (gain + node.gain) * (1 - 1e-6);
    }
  }
  sums.gradient = gradient;
  sums.hessian = hessian;
}
