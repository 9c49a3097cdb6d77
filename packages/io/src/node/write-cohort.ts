import path from 'node:path';
import type { Volume } from '@steatosis/core';
import {
  encodeMultiEchoBids,
  type EncodeMultiEchoOptions,
  subjectName,
} from '../bids/encode-multi-echo.js';
import type { MultiEcho } from '../multi-echo/multi-echo.js';
import { encodeNrrd } from '../nrrd/write.js';
import { checkedOptions } from '../options.js';
import type { Segment } from '../segmentation/segment.js';
import { writeFileAtomic } from './atomic-write.js';
import { PARTICIPANT_COLUMNS, type Participant } from './clinical.js';
import { writeImage } from './write-image.js';

/** How {@link writeMultiEchoBids} writes. */
export type WriteMultiEchoBidsOptions = EncodeMultiEchoOptions;

/**
 * Write an acquisition as BIDS: `<folder>/sub-<id>/anat/sub-<id>_echo-<n>_part-<…>_MEGRE.nii.gz`, each with
 * its JSON sidecar (echo time in s, field strength in T, flip angle, TR in s, phase in rad).
 *
 * @param id participant, with or without the prefix `sub-`
 * @returns the paths of the images written
 */
export async function writeMultiEchoBids(
  folder: string,
  id: string,
  multiEcho: MultiEcho,
  options: WriteMultiEchoBidsOptions = {},
): Promise<string[]> {
  checkedOptions('writeMultiEchoBids', options, ['part', 'dataType', 'gzipLevel']);
  const images: string[] = [];
  for await (const file of encodeMultiEchoBids(id, multiEcho, options)) {
    const target = path.join(folder, ...file.path.split('/'));
    await writeFileAtomic(target, file.content);
    if (target.endsWith('.nii.gz')) images.push(target);
  }
  return images;
}

/** Write `participants.tsv` (missing values as `n/a`) and a `dataset_description.json` into a folder. */
export async function writeParticipants(
  folder: string,
  participants: Iterable<Participant>,
): Promise<void> {
  const lines = [PARTICIPANT_COLUMNS.join('\t')];
  for (const { id, clinical } of participants) {
    const { metabolicSyndrome } = clinical;
    const cells = [
      subjectName(id),
      clinical.ageYears,
      clinical.sex,
      clinical.steatosisGrade,
      clinical.pancreaticSteatosisGrade,
      metabolicSyndrome === null ? null : metabolicSyndrome ? 'yes' : 'no',
    ];
    lines.push(cells.map((cell) => cell ?? 'n/a').join('\t'));
  }
  const description = { Name: 'Six-echo MRI of the liver', BIDSVersion: '1.10.0' };
  await writeFileAtomic(
    path.join(folder, 'dataset_description.json'),
    `${JSON.stringify(description, null, 2)}\n`,
  );
  await writeFileAtomic(path.join(folder, 'participants.tsv'), `${lines.join('\n')}\n`);
}

/**
 * Write a label map as `.seg.nrrd` (with the segments' names) or as `.nii.gz`, `.nii` or `.nrrd` (values only).
 *
 * @param mask integers `[x, y, z]`
 */
export async function writeRoiLabels(
  target: string,
  mask: Volume,
  segments: readonly Segment[],
): Promise<void> {
  if (target.toLowerCase().endsWith('.seg.nrrd')) {
    await writeFileAtomic(target, await encodeNrrd(mask, { segments }));
  } else {
    await writeImage(target, mask);
  }
}
