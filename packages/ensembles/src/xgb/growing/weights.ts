import type { GrowerSettings } from './grower-settings.js';

const { fround } = Math;

/** float32's greatest number: bounds that hold nothing back. */
const GREATEST = 3.4028234663852886e38;

/** Bounds that monotone constraints set to the weights of a node's children, float32. */
export interface Bounds {
  readonly lower: number;
  readonly upper: number;
}

/** Weights and gains of single nodes with XGBoost's roundings; those of splits are computed by the kernels. */
export class NodeWeights {
  readonly #settings: GrowerSettings;
  /** Whether there are constraints; XGBoost lets even those that are all 0 change how gains are rounded. */
  readonly isConstrained: boolean;
  /** Whether gains are those of a given weight. */
  readonly givenWeight: boolean;

  constructor(settings: GrowerSettings) {
    this.#settings = settings;
    this.isConstrained = (settings.monotoneConstraints?.length ?? 0) > 0;
    this.givenWeight = this.isConstrained || settings.maxDeltaStep !== 0;
  }

  get unbounded(): Bounds {
    return { lower: -GREATEST, upper: GREATEST };
  }

  /**
   * Optimal weight −T(G) / (H + λ) of a leaf, eq. 5 of Chen and Guestrin 2016 with the L1 penalty of XGBoost, within
   * ± `maxDeltaStep` and the bounds; 0 where the rows weigh too little. float32, never −0.
   */
  weight(gradient: number, hessian: number, { lower, upper }: Bounds): number {
    const free = this.#freeWeight(gradient, hessian);
    return free < lower ? lower : free > upper ? upper : free;
  }

  /** Gain of a node without a split, float32: G² / (H + λ), or that of the weight it may have. */
  gain(gradient: number, hessian: number, bounds: Bounds): number {
    if (hessian <= 0) return 0;
    const { lambda } = this.#settings;
    if (!this.givenWeight) {
      const shrunken = this.#shrunk(gradient);
      return fround(fround(shrunken * shrunken) / fround(hessian + lambda));
    }
    const weight = this.weight(gradient, hessian, bounds);
    const linear = fround(fround(2 * fround(gradient)) * weight);
    const quadratic = fround(fround(fround(hessian) + lambda) * fround(weight * weight));
    return -fround(linear + quadratic) + 0;
  }

  /** Bounds of the two children of a node that is split on `feature`. */
  childBounds(
    bounds: Bounds,
    feature: number,
    leftWeight: number,
    rightWeight: number,
  ): [Bounds, Bounds] {
    const sign = this.#settings.monotoneConstraints?.[feature] ?? 0;
    if (sign === 0) return [bounds, bounds];
    const middle = fround(fround(leftWeight + rightWeight) / 2);
    const below = { lower: bounds.lower, upper: middle };
    const above = { lower: middle, upper: bounds.upper };
    return sign > 0 ? [below, above] : [above, below];
  }

  #freeWeight(gradient: number, hessian: number): number {
    const { minChildWeight, lambda, maxDeltaStep } = this.#settings;
    if (hessian < minChildWeight || hessian <= 0) return 0;
    const weight = -this.#shrunk(gradient) / (hessian + lambda);
    if (maxDeltaStep !== 0) {
      if (weight > maxDeltaStep) return maxDeltaStep;
      if (weight < -maxDeltaStep) return -maxDeltaStep;
    }
    return fround(weight) + 0;
  }

  /** G drawn towards 0 by α. */
  #shrunk(gradient: number): number {
    const { alpha } = this.#settings;
    return gradient > alpha ? gradient - alpha : gradient < -alpha ? gradient + alpha : 0;
  }
}
