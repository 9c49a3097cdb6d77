import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { runCli } from '../../src/index.js';
import type { CliIo } from '../../src/index.js';

export const fixtures = join(import.meta.dirname, '..', 'fixtures', 'commands');

/** What a command did. */
export interface Outcome {
  status: number;
  stdout: string;
  stderr: string;
}

/** Run a command line in this process. */
export async function run(...argv: string[]): Promise<Outcome> {
  return await runIn({}, argv);
}

export async function runIn(io: Partial<CliIo>, argv: readonly string[]): Promise<Outcome> {
  const outcome = { status: -1, stdout: '', stderr: '' };
  outcome.status = await runCli(argv, {
    stdout: { write: (text) => (outcome.stdout += text) },
    stderr: { write: (text) => (outcome.stderr += text) },
    env: {},
    ...io,
  });
  return outcome;
}

/** A folder of its own for each test; `remove` takes it away. */
export function temporaryFolder(): { path: (...names: string[]) => string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'steatosis-command-'));
  return {
    path: (...names) => join(folder, ...names),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Unpack the DICOM fixture into a folder, each file named by its SOP instance UID as many archives do. */
export function unpackDicom(folder: string): void {
  mkdirSync(folder, { recursive: true });
  readdirSync(join(fixtures, 'dicom')).forEach((name, i) => {
    const bytes = gunzipSync(readFileSync(join(fixtures, 'dicom', name)));
    writeFileSync(join(folder, `1.2.826.0.1.3680043.10.1449.1.${i}.dcm`), bytes);
  });
}

/** All files below a folder, with their folders. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}
