import { open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { FileAccessError } from '../errors.js';
import { makeFolders } from './make-folders.js';

/**
 * Write a file whole or not at all: into a temporary file of the same folder, flushed to the disk, then
 * renamed over the target. Folders that are missing are made.
 *
 * @throws FileAccessError when the folder or file cannot be written; nothing is left behind then
 */
export async function writeFileAtomic(target: string, content: Uint8Array | string): Promise<void> {
  const folder = path.dirname(target);
  const temporary = path.join(
    folder,
    `.${path.basename(target)}.${process.pid}-${nextSerial()}.part`,
  );
  try {
    await makeFolders(folder);
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, target);
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw new FileAccessError(target, 'written', cause);
  }
}

let serial = 0;

/** Tells apart two writes of one process to one target. */
function nextSerial(): number {
  serial += 1;
  return serial;
}
