import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { FileAccessError } from '@steatosis/io/node';
import { writeOutput } from '../command-line/output.js';
import { OutputExistsError } from '../terminal/usage-error.js';
import { GENERATOR } from './page.js';

/** A file of a report: its name in the folder and what it holds. */
export type ReportFile = readonly [name: string, content: string | Uint8Array];

/**
 * Before any work: may a folder be filled with a page and its pictures? An empty or missing one may, and one
 * whose page this program wrote.
 *
 * @throws OutputExistsError, FileAccessError
 */
export async function checkReportFolder(path: string, force: boolean): Promise<void> {
  const found = await stat(path).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return undefined;
    throw new FileAccessError(path, 'written', cause);
  });
  if (found === undefined) return;
  if (!found.isDirectory())
    throw new OutputExistsError(path, 'is a file; a folder is wanted', false);
  if (force || (await readdir(path)).length === 0) return;
  const page = await readFile(join(path, 'index.html'), 'utf8').catch(() => '');
  if (!page.includes(`name="generator" content="${GENERATOR} `)) {
    throw new OutputExistsError(path, 'holds files that this command did not write', true);
  }
}

/** Write the files; the page last, so that what it shows is there. */
export async function writeReport(folder: string, files: readonly ReportFile[]): Promise<void> {
  const last = files.filter(([name]) => name === 'index.html');
  for (const [name, content] of [...files.filter(([name]) => name !== 'index.html'), ...last]) {
    await writeOutput(join(folder, name), content);
  }
}
