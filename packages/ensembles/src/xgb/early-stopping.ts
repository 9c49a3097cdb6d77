/** Watches the metric that decides when to stop. */
export class EarlyStopping {
  /** Round of the best value so far. */
  bestIteration = 0;
  bestScore = Number.NaN;
  readonly #patience: number;
  readonly #maximise: boolean;
  #begun = false;

  /** @param patience rounds without improvement after which training stops */
  constructor(patience: number, maximise: boolean) {
    this.#patience = patience;
    this.#maximise = maximise;
  }

  /** Take in the value after a round; returns whether training stops. */
  isOver(round: number, value: number): boolean {
    const better = this.#maximise ? value > this.bestScore : value < this.bestScore;
    // The first round seen need not be round 0: training may go on from a model.
    if (better || !this.#begun) {
      this.#begun = true;
      this.bestIteration = round;
      this.bestScore = value;
    }
    return round - this.bestIteration >= this.#patience;
  }
}
