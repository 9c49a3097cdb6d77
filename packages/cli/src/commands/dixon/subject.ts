import { readdir } from 'node:fs/promises';
import { resolve, sep } from 'node:path';

/**
 * The BIDS name of the subject: from the path of the input, or from the only `sub-…` folder in it. DICOM files
 * are never asked, since their patient ID identifies; they become `sub-01`.
 */
export async function subjectOf(input: string): Promise<string> {
  const inPath = resolve(input)
    .split(sep)
    .toReversed()
    .map((part) => /^(sub-[0-9A-Za-z]+)(?:_|$)/.exec(part)?.[1])
    .find((name) => name !== undefined);
  if (inPath !== undefined) return inPath;
  const entries = await readdir(input).catch(() => []);
  const inside = new Set(entries.flatMap((name) => /^sub-[0-9A-Za-z]+/.exec(name) ?? []));
  return inside.size === 1 ? [...inside][0]! : 'sub-01';
}
