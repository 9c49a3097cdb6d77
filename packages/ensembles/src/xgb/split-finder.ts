import type { BinnedMatrix } from './binned-matrix.js';
import { gainOf, type Regularisation } from './gain.js';
import type { Histogram } from './histogram.js';

const { fround } = Math;

/**
 * Most bins are turned down without a division: a bin can only win if G²/(H+λ) summed over both sides exceeds
 * best + parent. The bound is lowered by this factor, more than all float32 roundings of the exact formula
 * together (4 · 2⁻²⁴ relative), so that nothing is lost that the rounded formula would choose.
 */
const CLEARLY_WORSE = 1 - 1e-6;

/** Gradient and hessian sums of a node, and its gain without a split. */
export interface NodeSums {
  readonly gradient: number;
  readonly hessian: number;
  /** float32 */
  readonly gain: number;
}

/** The best split of a node so far. */
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

export function noSplit(): Split {
  return {
    gain: 0,
    feature: -1,
    bin: -1,
    defaultLeft: false,
    leftGradient: 0,
    leftHessian: 0,
    rightGradient: 0,
    rightHessian: 0,
  };
}

/** Scans the histograms of nodes for their best splits, feature by feature in ascending order. */
export class SplitFinder {
  readonly #binned: BinnedMatrix;
  readonly #lambda: number;
  readonly #minChildWeight: number;
  /** Sums over all bins of the last scan. */
  #gradient = 0;
  #hessian = 0;

  constructor(binned: BinnedMatrix, { lambda, minChildWeight }: Regularisation) {
    this.#binned = binned;
    this.#lambda = lambda;
    this.#minChildWeight = minChildWeight;
  }

  /**
   * Take a split on `feature` into `best` if it is strictly better.
   *
   * The feature is scanned from the left with missing values going right; then, if its bins do not sum to the
   * node's totals to the last bit, from the right with missing values going left. So XGBoost recognises missing
   * values, and rounding alone can bring the second scan about in dense data: it is kept, since it decides
   * default directions. The lower feature, the forward scan and the bin met first win ties.
   */
  scanFeature(histogram: Histogram, feature: number, node: NodeSums, best: Split): void {
    const { slots, hasMissing } = this.#binned;
    const begin = slots[feature];
    const end = slots[feature + 1] - (hasMissing ? 1 : 0);
    this.#scan(histogram, begin, end, 1, feature, node, best);
    if (this.#gradient === node.gradient && this.#hessian === node.hessian) return;
    this.#scan(histogram, end - 1, begin - 1, -1, feature, node, best);
  }

  /** One scan from slot `from` to before slot `to`. */
  #scan(
    histogram: Histogram,
    from: number,
    to: number,
    step: 1 | -1,
    feature: number,
    node: NodeSums,
    best: Split,
  ): void {
    const lambda = this.#lambda;
    const minChildWeight = this.#minChildWeight;
    const totalGradient = node.gradient;
    const totalHessian = node.hessian;
    let bound = (best.gain + node.gain) * CLEARLY_WORSE;
    let gradient = 0;
    let hessian = 0;
    for (let at = 2 * from; at !== 2 * to; at += 2 * step) {
      gradient += histogram[at];
      hessian += histogram[at + 1];
      const otherHessian = totalHessian - hessian;
      if (hessian < minChildWeight || otherHessian < minChildWeight) continue;
      const otherGradient = totalGradient - gradient;
      const here = hessian + lambda;
      const there = otherHessian + lambda;
      if (
        gradient * gradient * there + otherGradient * otherGradient * here <
        bound * here * there
      ) {
        continue;
      }
      const sides = gainOf(gradient, hessian, lambda) + gainOf(otherGradient, otherHessian, lambda);
      const gain = fround(fround(sides) - node.gain);
      if (gain > best.gain && gain !== Infinity) {
        const forward = step === 1;
        best.gain = gain;
        best.feature = feature;
        best.bin = forward ? at / 2 - from : at / 2 - to - 2;
        best.defaultLeft = !forward;
        best.leftGradient = forward ? gradient : otherGradient;
        best.leftHessian = forward ? hessian : otherHessian;
        best.rightGradient = forward ? otherGradient : gradient;
        best.rightHessian = forward ? otherHessian : hessian;
        bound = (gain + node.gain) * CLEARLY_WORSE;
      }
    }
    this.#gradient = gradient;
    this.#hessian = hessian;
  }
}
