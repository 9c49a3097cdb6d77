/** What a stored model needs to know of its loss: how margins become predictions. Numbers are float32. */
export interface Objective {
  /** XGBoost's name. */
  readonly name: string;
  /** Outputs of the model per row: the number of classes of a softmax, else 1. */
  readonly outputs: number;
  /**
   * What a model file's `objective` holds beside `name`: parameters by group, all of them text as in XGBoost's files.
   */
  readonly stored: StoredObjective;
  /**
   * Predictions from margins, which are rows × outputs, row by row. The array may be written over and returned.
   *
   * @returns rows × outputs; one number a row for `multi:softmax`
   */
  predictionsOf(margins: Float32Array): Float32Array;
  /** What metrics are given instead of predictions, where that is something else: probabilities of `multi:softmax`. */
  readonly scoresOf?: (margins: Float32Array) => Float32Array;
  /** From a base score, which most losses keep in the space of predictions, to a margin. */
  marginOf(baseScore: number): number;
  /** Whether `baseScore` can be a base score. */
  isBaseScore(baseScore: number): boolean;
}

/** Parameters of an objective in a model file: `{ reg_loss_param: { scale_pos_weight: '1' } }`. */
export type StoredObjective = Readonly<Record<string, Readonly<Record<string, string>>>>;
