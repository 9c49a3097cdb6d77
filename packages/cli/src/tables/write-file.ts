import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { FileAccessError, makeFolders } from '@steatosis/io/node';

/**
 * Write a file whole or not at all, piece by piece: into a neighbour first, which is then renamed over the
 * target.
 *
 * @throws FileAccessError when the disk refuses; errors of the pieces come as they are
 */
export async function writePieces(
  target: string,
  pieces: AsyncIterable<string | Uint8Array>,
): Promise<void> {
  const temporary = `${target}.${process.pid}.part`;
  try {
    await makeFolders(dirname(target));
    await pipeline(Readable.from(pieces), createWriteStream(temporary));
    await rename(temporary, target);
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined);
    if (!isSystemError(cause)) throw cause;
    throw new FileAccessError(target, 'written', cause);
  }
}

function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}
