/** Where a command writes text. */
export interface TextSink {
  write(text: string): unknown;
  /** Whether a person is watching: then there are colours and progress bars. */
  isTTY?: boolean | undefined;
}

/** The world around a command, so that tests and other programs can run one without a process. */
export interface CliIo {
  /** What was asked for. */
  stdout: TextSink;
  /** Progress, warnings and errors. */
  stderr: TextSink;
  /** Environment variables: `NO_COLOR`, `FORCE_COLOR`, `STEATOSIS_DEBUG`. */
  env: Readonly<Record<string, string | undefined>>;
  /**
   * Run work that must not be cut off between two steps. While it runs, Ctrl-C fires the signal; at all
   * other times Ctrl-C ends the process at once, even in the middle of a computation.
   */
  guard<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T>;
}

/** The real world. */
export function processIo(): CliIo {
  return {
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    async guard(work) {
      const controller = new AbortController();
      const stop = (): void => controller.abort('interrupted');
      process.on('SIGINT', stop);
      process.on('SIGTERM', stop);
      try {
        return await work(controller.signal);
      } finally {
        process.off('SIGINT', stop);
        process.off('SIGTERM', stop);
      }
    },
  };
}
