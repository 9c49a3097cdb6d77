/** So long may computation hold the calling thread before timers and events get their turn, in ms. */
const TURN_MS = 20;

/** Lets timers and events of the calling thread run now and then, so that an abort can arrive. */
export class Turns {
  #since = performance.now();

  async pass(): Promise<void> {
    if (performance.now() - this.#since < TURN_MS) return;
    await new Promise((resolve) => {
      setTimeout(resolve);
    });
    this.#since = performance.now();
  }
}
