import { type LongTaskOptions, throwIfAborted } from '@steatosis/core';

/** How long the calling thread may be held before timers and aborts have their turn. */
const HOLD_MS = 50;

/**
 * Calls `step` with 0, 1, … on the calling thread and lets aborts in between.
 *
 * @throws AbortedError
 * @internal
 */
export async function inSteps(
  steps: number,
  step: (i: number) => void,
  { signal, onProgress }: Pick<LongTaskOptions, 'signal' | 'onProgress'>,
): Promise<void> {
  let held = performance.now();
  for (let i = 0; i < steps; i++) {
    throwIfAborted(signal);
    step(i);
    onProgress?.({ done: i + 1, total: steps });
    if (performance.now() - held > HOLD_MS) {
      await new Promise((resolve) => {
        setTimeout(resolve);
      });
      held = performance.now();
    }
  }
  throwIfAborted(signal);
}
