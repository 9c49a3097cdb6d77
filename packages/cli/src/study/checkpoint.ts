import { createHash } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { makeFolders } from '@steatosis/io/node';

/** What a run was when it was interrupted. */
export type CheckpointState = 'new' | 'resumed' | 'other-key';

/**
 * Finished pieces of a study on the disk, so that an interrupted run goes on where it stopped. All
 * pieces belong to one key; opening with another key throws the old pieces away.
 */
export class Checkpoint {
  readonly folder: string;
  readonly state: CheckpointState;

  private constructor(folder: string, state: CheckpointState) {
    this.folder = folder;
    this.state = state;
  }

  /** @param identity everything that decides what the pieces hold: settings, seed, versions, files */
  static async open(folder: string, identity: unknown): Promise<Checkpoint> {
    const key = createHash('sha256').update(JSON.stringify(identity)).digest('hex');
    const keyFile = join(folder, 'key');
    const found = await readFile(keyFile, 'utf8').catch(() => undefined);
    if (found === key) return new Checkpoint(folder, 'resumed');
    await rm(folder, { recursive: true, force: true });
    await makeFolders(folder);
    await writeWhole(keyFile, key);
    return new Checkpoint(folder, found === undefined ? 'new' : 'other-key');
  }

  /** A finished piece, or undefined where there is none that can be read. */
  async load<T>(name: string): Promise<T | undefined> {
    try {
      return deserialize(await readFile(this.#fileOf(name))) as T;
    } catch {
      return undefined;
    }
  }

  async save(name: string, piece: unknown): Promise<void> {
    await writeWhole(this.#fileOf(name), serialize(piece));
  }

  /** Throw everything away: the study is finished. */
  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  #fileOf(name: string): string {
    return join(this.folder, `${name}.piece`);
  }
}

/** Write a file whole or not at all: into a neighbour first, which is then renamed over the target. */
export async function writeWhole(target: string, content: Uint8Array | string): Promise<void> {
  const temporary = `${target}.${process.pid}.part`;
  try {
    await writeFile(temporary, content);
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
