import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import type { CaseRequest } from './case-request.js';

/** Keys by which cases are found again: what is read of them, and which of several alike it is. */
export function keysOf(requests: readonly CaseRequest[]): string[] {
  const seen = new Map<string, number>();
  return requests.map(({ imagePath, maskPath, channel, labels }) => {
    const identity = JSON.stringify([imagePath, maskPath, channel ?? null, labels ?? null]);
    const key = createHash('sha256').update(identity).digest('hex').slice(0, 32);
    const before = seen.get(key) ?? 0;
    seen.set(key, before + 1);
    return before === 0 ? key : `${key}-${before + 1}`;
  });
}

/** Size and time of change of image and mask, to see whether they are still the same. */
export async function fileStates({ imagePath, maskPath }: CaseRequest): Promise<string> {
  return `${await fileState(imagePath)}, ${await fileState(maskPath)}`;
}

/** Size in bytes and time of change of a file. */
export async function fileState(path: string): Promise<string> {
  const found = await stat(path).catch(() => undefined);
  return found === undefined ? 'missing' : `${found.size} ${found.mtimeMs}`;
}
