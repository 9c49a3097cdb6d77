import { constants, type Stats } from 'node:fs';
import { access, readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { FileAccessError, makeFolders } from '@steatosis/io/node';
import { writeWhole } from '../study/checkpoint.js';
import { OutputExistsError } from '../terminal/usage-error.js';
import type { OptionDefinition } from './command.js';

/** The option of every command that writes. */
export const FORCE: OptionDefinition = {
  flags: '--force',
  description: 'Overwrite what is already there',
};

/**
 * Before any work: may this file be written?
 *
 * @throws OutputExistsError when it exists and `force` is not set, or when it is a folder
 */
export async function checkOutputFile(path: string, force: boolean): Promise<void> {
  const found = await statOf(path);
  if (found?.isDirectory())
    throw new OutputExistsError(path, 'is a folder; a file is wanted', false);
  if (found !== undefined && !force) throw new OutputExistsError(path, 'already exists', true);
}

/**
 * Before any work: may this folder be filled? An empty or missing one may, and one that the same command
 * made (it says so in `dataset_description.json`): its files are replaced.
 *
 * @throws OutputExistsError when it holds anything else and `force` is not set
 */
export async function checkOutputFolder(
  path: string,
  generator: string,
  force: boolean,
): Promise<void> {
  const found = await statOf(path);
  if (found === undefined) return;
  if (!found.isDirectory())
    throw new OutputExistsError(path, 'is a file; a folder is wanted', false);
  if (force || (await readdir(path)).length === 0) return;
  const text = await readFile(join(path, 'dataset_description.json'), 'utf8').catch(() => '{}');
  if (!text.includes(JSON.stringify(generator))) {
    throw new OutputExistsError(path, `holds files that ${generator} did not write`, true);
  }
}

/**
 * Before any work: can files be written beside this one, or its folder be made?
 *
 * @throws FileAccessError
 */
export async function expectWritableFolder(path: string): Promise<void> {
  let folder = dirname(path);
  while ((await statOf(folder)) === undefined && dirname(folder) !== folder)
    folder = dirname(folder);
  try {
    if (!(await stat(folder)).isDirectory()) throw new Error(`${folder} is a file`);
    await access(folder, constants.W_OK);
  } catch (cause) {
    throw new FileAccessError(path, 'written', cause);
  }
}

/**
 * Write a file whole or not at all, with the folders it needs.
 *
 * @throws FileAccessError when the disk refuses
 */
export async function writeOutput(path: string, content: Uint8Array | string): Promise<void> {
  try {
    await makeFolders(dirname(path));
    await writeWhole(path, content);
  } catch (cause) {
    throw new FileAccessError(path, 'written', cause);
  }
}

/** JSON as all files of the command have it: indented, with a line end. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** The ending of a name among those given, in lower case. */
export function endingOf(path: string, endings: readonly string[]): string | undefined {
  const name = basename(path).toLowerCase();
  return endings.find((ending) => name.endsWith(ending));
}

async function statOf(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new FileAccessError(path, 'written', cause);
  }
}
