/** How a model gets better, or no longer does, from round to round. */
export interface LearningCurves {
  /** Name of what is measured, for instance `logloss`. */
  metric: string;
  /** On the rows that are learned from, after each round. */
  training: number[];
  /** On the rows that stop the training early. */
  validation?: number[];
  /** On rows that have no part in the training. */
  heldOut?: number[];
  /** The round whose model is kept, from 1, where the training was to stop early. */
  bestRound?: number;
}
