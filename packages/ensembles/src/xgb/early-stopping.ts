/** Watches the metric that decides when to stop. */
export class EarlyStopping {
  /** Round of the best value so far. */
  bestIteration = 0;
  bestScore = Number.NaN;
  readonly #patience: number;
  readonly #maximise: boolean;

  /** @param patience rounds without improvement after which training stops */
  constructor(patience: number, maximise: boolean) {
    this.#patience = patience;
    this.#maximise = maximise;
  }

  /** Take in the value after a round; returns whether training stops. */
  isOver(round: number, value: number): boolean {
    const better = this.#maximise ? value > this.bestScore : value < this.bestScore;
    if (better || round === 0) {
      this.bestIteration = round;
      this.bestScore = value;
    }
    return round - this.bestIteration >= this.#patience;
  }
}
