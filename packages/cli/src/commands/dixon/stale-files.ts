import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { OutputFile } from './image-files.js';
import { MAPS } from './maps.js';

/**
 * Remove what an earlier run wrote for a subject and this one did not: maps in the other format, slices
 * beyond the last, a table of ROIs that are gone. Nothing else is touched.
 */
export async function removeStale(
  folder: string,
  subject: string,
  written: readonly OutputFile[],
): Promise<void> {
  const fresh = new Set(written.map(([name]) => name));
  const maps = MAPS.map(({ desc }) => desc).join('|');
  const ours: readonly (readonly [place: string, name: RegExp])[] = [
    [
      join(subject, 'anat'),
      new RegExp(
        `^${subject}_desc-(?:(?:${maps})_map\\.(?:nii\\.gz|json)|segments_pdff\\.(?:csv|json)|separation_report\\.json)$`,
      ),
    ],
    ...MAPS.map(({ desc }) => [join(subject, 'dicom', desc), /^IM_\d{4,}\.dcm$/] as const),
  ];
  for (const [place, pattern] of ours) {
    for (const name of await readdir(join(folder, place)).catch(() => [])) {
      if (pattern.test(name) && !fresh.has(join(place, name))) await rm(join(folder, place, name));
    }
  }
}
