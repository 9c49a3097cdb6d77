/** How far a long piece of work has come. */
export interface Progress {
  /** Units finished (slices, patients, rounds: the function says which). */
  done: number;
  /** Units in all, where that is known. */
  total?: number;
  /** What is being done, for people. */
  message?: string;
}

/** Called as often as work advances; must be quick and must not throw. */
export type OnProgress = (progress: Progress) => void;

/** What every long-running function takes. */
export interface LongTaskOptions {
  /** Stops the work; the promise then rejects with an `AbortedError`. */
  signal?: AbortSignal | undefined;
  /** Called as work advances. */
  onProgress?: OnProgress | undefined;
  /** Worker threads: 0 computes on the calling thread. The result is the same for any number. */
  workers?: number | undefined;
}
