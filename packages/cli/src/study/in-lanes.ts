import { throwIfAborted } from '@steatosis/core';

/**
 * Work through a list, `lanes` items at a time. The first failure stops the items that have not begun
 * and, by the signal, those that have.
 */
export async function inLanes<Item>(
  items: readonly Item[],
  lanes: number,
  signal: AbortSignal | undefined,
  work: (item: Item, stop: AbortSignal) => Promise<void>,
): Promise<void> {
  const stop = new AbortController();
  const abort = (): void => stop.abort(signal?.reason);
  if (signal?.aborted) abort();
  signal?.addEventListener('abort', abort);
  let next = 0;
  let failure: { error: unknown } | undefined;
  const lane = async (): Promise<void> => {
    try {
      while (next < items.length) {
        throwIfAborted(stop.signal);
        await work(items[next++]!, stop.signal);
      }
    } catch (error) {
      failure ??= { error };
      stop.abort(error);
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, lanes) }, lane));
  signal?.removeEventListener('abort', abort);
  if (failure !== undefined) throw failure.error;
  throwIfAborted(signal);
}
