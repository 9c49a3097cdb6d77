import { throwIfAborted } from '@steatosis/core';

interface InOrderOptions {
  /** Items that are taken and not yet given back, at most; ≥ 1. */
  window: number;
  signal: AbortSignal | undefined;
}

/** An item under way. */
interface Job<Result> {
  outcome?: { result: Result } | { error: unknown };
}

/**
 * Work on items side by side and give the results in the order of the items.
 *
 * An item is taken only when fewer than `window` are under way, and none while nobody asks for a result. A
 * result is given as soon as its turn has come, even while the next item is still awaited. When the source
 * fails, the items that it gave before are finished first; when `work` fails, the rest is given up.
 */
export async function* inOrder<Item, Result>(
  items: Iterable<Item> | AsyncIterable<Item>,
  work: (item: Item) => Promise<Result>,
  { window, signal }: InOrderOptions,
): AsyncGenerator<Result, void, undefined> {
  const source = iteratorOf(items);
  const jobs: Job<Result>[] = [];
  let taking = false;
  let ended = false;
  let failure: { error: unknown } | undefined;
  let wake = (): void => undefined;

  const start = async (item: Item): Promise<void> => {
    const job: Job<Result> = {};
    jobs.push(job);
    try {
      job.outcome = { result: await work(item) };
    } catch (error) {
      job.outcome = { error };
    }
    wake();
  };
  const take = async (): Promise<void> => {
    taking = true;
    try {
      const next = await source.next();
      if (next.done === true) ended = true;
      else void start(next.value);
    } catch (error) {
      ended = true;
      failure = { error };
    }
    taking = false;
    wake();
  };
  const onAbort = (): void => wake();
  signal?.addEventListener('abort', onAbort);
  try {
    for (;;) {
      throwIfAborted(signal);
      if (!ended && !taking && jobs.length < window) void take();
      const outcome = jobs[0]?.outcome;
      if (outcome !== undefined) {
        jobs.shift();
        if ('error' in outcome) throw outcome.error;
        yield outcome.result;
      } else if (jobs.length > 0 || taking) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      } else break;
    }
    if (failure !== undefined) throw failure.error;
  } finally {
    signal?.removeEventListener('abort', onAbort);
    // A source that still waits for its next item would hold its end back until that comes.
    const closed = ended ? undefined : Promise.resolve(source.return?.());
    if (taking) closed?.catch(() => undefined);
    else await closed;
  }
}

interface ItemSource<T> {
  next(): IteratorResult<T> | Promise<IteratorResult<T>>;
  return?(): unknown;
}

function iteratorOf<T>(items: Iterable<T> | AsyncIterable<T>): ItemSource<T> {
  return Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
}
