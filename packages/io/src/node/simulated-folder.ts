import { readdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { SteatosisError } from '@steatosis/core';
import { FileAccessError } from '../errors.js';
import { json } from '../simulate/encode-patient.js';
import { writeFileAtomic } from './atomic-write.js';

/** A folder that already holds a data set which the simulator did not write. */
export class FolderInUseError extends SteatosisError {
  readonly code = 'FOLDER_IN_USE';
  readonly folder: string;

  constructor(folder: string, found: string) {
    super(
      `${folder} already holds ${found}, which no simulation wrote. ` +
        'Choose a new folder, or one that holds a simulated cohort only.',
    );
    this.folder = folder;
  }
}

/** Cohort-wide note of what is being simulated here; its presence marks the folder as the simulator's. */
const KEY_FILE = 'derivatives/simulation/simulation.json';

/**
 * The checkpoint of a simulated cohort on disk: which settings it belongs to and which patients are whole.
 */
export class SimulatedFolder {
  readonly #folder: string;
  readonly #key: string;

  /** @param key everything that the bytes depend on */
  constructor(folder: string, key: unknown) {
    this.#folder = folder;
    this.#key = json(key);
  }

  /**
   * Make the folder ready. What another key left here is removed; the files of other programs stay.
   *
   * @returns whether a cohort of other settings had to give way
   * @throws FolderInUseError when the folder holds patients that were not simulated
   */
  async claim(): Promise<boolean> {
    const old = await readText(this.#path(KEY_FILE));
    if (old === this.#key) return false;
    if (old === undefined) {
      const found = (await list(this.#folder)).find(
        (name) => name === 'participants.tsv' || name.startsWith('sub-'),
      );
      if (found !== undefined) throw new FolderInUseError(this.#folder, found);
    } else {
      await this.#clear();
    }
    await this.#write(KEY_FILE, this.#key);
    return old !== undefined;
  }

  /** Whether all files of a patient are there, as long as they were when they were written. */
  async isComplete(id: string): Promise<boolean> {
    const text = await readText(this.#marker(id));
    if (text === undefined) return false;
    const files = sizesIn(text);
    if (files === undefined) return false;
    for (const [name, bytes] of Object.entries(files)) {
      const found = await stat(this.#path(name)).catch(() => undefined);
      if (found?.size !== bytes) return false;
    }
    return true;
  }

  /** Write a patient's files and, last of all, the note that they are whole. */
  async writePatient(
    id: string,
    files: readonly { path: string; content: Uint8Array | string }[],
  ): Promise<void> {
    const sizes: Record<string, number> = {};
    // At once, since most of the time goes into waiting for the disk to confirm each file.
    await Promise.all(
      files.map(async ({ path: name, content }) => {
        await this.#write(name, content);
      }),
    );
    for (const { path: name, content } of files) {
      sizes[name] =
        typeof content === 'string' ? new TextEncoder().encode(content).length : content.length;
    }
    await writeFileAtomic(this.#marker(id), json({ files: sizes }));
  }

  async #write(name: string, content: Uint8Array | string): Promise<void> {
    await writeFileAtomic(this.#path(name), content);
  }

  /** Everything that names a patient; the tables first, so that no half cohort looks whole. */
  async #clear(): Promise<void> {
    for (const name of ['participants.tsv', 'participants.json', KEY_FILE]) {
      await rm(this.#path(name), { force: true });
    }
    for (const parent of ['.', 'derivatives/simulation', 'derivatives/rois', 'derivatives/truth']) {
      for (const name of await list(this.#path(parent))) {
        if (/^sub-\d+(_simulation\.json)?$/.test(name)) {
          await rm(this.#path(`${parent}/${name}`), { recursive: true, force: true });
        }
      }
    }
  }

  #marker(id: string): string {
    return this.#path(`derivatives/simulation/${id}_simulation.json`);
  }

  #path(name: string): string {
    return path.join(this.#folder, ...name.split('/'));
  }
}

/** Bytes of each file of a patient; `undefined` where the note is damaged. */
function sizesIn(note: string): Record<string, number> | undefined {
  try {
    const { files } = JSON.parse(note) as { files?: Record<string, number> };
    return typeof files === 'object' && files !== null ? files : undefined;
  } catch {
    return undefined;
  }
}

async function readText(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    if (isMissing(cause)) return undefined;
    throw new FileAccessError(file, 'read', cause);
  }
}

async function list(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (cause) {
    if (isMissing(cause)) return [];
    throw new FileAccessError(folder, 'listed', cause);
  }
}

function isMissing(error: unknown): boolean {
  return (error as { code?: unknown }).code === 'ENOENT';
}
