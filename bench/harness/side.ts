/** One side of a benchmark: a process that answers `values`, `time` and `end` on its standard input. */
import { createInterface } from 'node:readline';

export interface Side {
  /** Names and versions of what runs here. */
  versions: Record<string, string>;
  /** The result as numbers, for the comparison before any timing. */
  values: () => number[] | Promise<number[]>;
  /** The work to be timed. */
  run: () => unknown;
  /** Do the work and say how many milliseconds the part took that is meant; instead of timing `run`. */
  time?: () => number;
}

export type Reply =
  | { values: (number | null)[]; versions: Record<string, string> }
  | { milliseconds: number }
  | { peakMemoryMiB: number };

/** The whole of a side's main file: answer until the input ends. */
export async function serveSide(side: Side): Promise<void> {
  for await (const command of createInterface({ input: process.stdin })) {
    process.stdout.write(JSON.stringify(await answer(side, command)) + '\n');
    if (command === 'end') process.exit(0);
  }
}

async function answer(side: Side, command: string): Promise<Reply> {
  if (command === 'values') return { values: await side.values(), versions: side.versions };
  if (command === 'time') {
    if (side.time) return { milliseconds: side.time() };
    const start = performance.now();
    await side.run();
    return { milliseconds: performance.now() - start };
  }
  // Linux and macOS both report kibibytes here: Node converts.
  return { peakMemoryMiB: process.resourceUsage().maxRSS / 1024 };
}
