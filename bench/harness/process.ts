import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { createInterface, type Interface } from 'node:readline';
import type { Reply } from './side.ts';

/** A running side: one command at a time, one reply each. */
export class SideProcess {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #lines: AsyncIterator<string>;
  #complaints = '';

  constructor(command: string, args: readonly string[], env: Record<string, string> = {}) {
    this.#child = spawn(command, args, { env: { ...process.env, ...env }, stdio: 'pipe' });
    this.#child.stderr.on('data', (chunk: Buffer) => (this.#complaints += chunk.toString()));
    const reader: Interface = createInterface({ input: this.#child.stdout });
    this.#lines = reader[Symbol.asyncIterator]();
  }

  async ask<R extends Reply>(command: 'values' | 'time' | 'end'): Promise<R> {
    this.#child.stdin.write(command + '\n');
    for (;;) {
      const line = await this.#lines.next();
      if (line.done) throw new Error(`the process ended early:\n${this.#complaints.slice(-2000)}`);
      // Libraries print banners; replies are the lines that are JSON objects.
      if (line.value.startsWith('{')) return JSON.parse(line.value) as R;
    }
  }

  stop(): void {
    this.#child.kill();
  }
}
