/** What shapes a tree. Numbers that enter float32 arithmetic are float32 already. */
export interface GrowerSettings {
  /** Greatest depth of a leaf, 0 for no limit. */
  readonly maxDepth: number;
  /** Greatest number of leaves, 0 for no limit. */
  readonly maxLeaves: number;
  /** Level by level, or the node of the greatest loss reduction first. */
  readonly growPolicy: 'depthwise' | 'lossguide';
  readonly learningRate: number;
  /** L2 penalty of leaf weights. */
  readonly lambda: number;
  /** L1 penalty of leaf weights. */
  readonly alpha: number;
  /** Least loss reduction of a split. */
  readonly gamma: number;
  /** Least hessian sum on each side of a split. */
  readonly minChildWeight: number;
  /** Greatest absolute weight of a leaf before the learning rate, 0 for no limit. */
  readonly maxDeltaStep: number;
  /** −1, 0 or 1 per feature: outputs may only fall, may do either, may only rise with it. */
  readonly monotoneConstraints?: Int8Array | undefined;
  /** Sets of features that may be tested on one path. */
  readonly interactionConstraints?: readonly (readonly number[])[] | undefined;
  /** Categorical features with fewer categories are split one category against the others. */
  readonly maxCatToOnehot: number;
  /** Most categories that one scan of a categorical feature gathers. */
  readonly maxCatThreshold: number;
}
