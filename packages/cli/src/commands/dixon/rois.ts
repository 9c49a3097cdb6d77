import { access } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Volume } from '@steatosis/core';
import { readSegmentation, type Segmentation, SegmentationError } from '@steatosis/io/node';

/** Endings under which a BIDS data set holds ROIs, as `readCohort` has them. */
const ENDINGS = ['seg.nrrd', 'nii.gz', 'mrk.json'];
/** Folders between a patient's images and the root of the data set, at most. */
const LEVELS = 4;

/** More labels than that are an image and no ROIs. */
const MOST_SEGMENTS = 255;

/** ROIs on the grid of the maps, and the file that they come from. */
export interface Rois extends Segmentation {
  file: string;
}

/**
 * Read ROIs: those asked for, or those of the data set to which the input belongs
 * (`derivatives/rois/sub-X/anat/sub-X_rois.*`).
 *
 * @param asked path, `none`, or undefined
 * @returns undefined where there are none
 * @throws SegmentationError when the data set holds several files of ROIs for the subject
 */
export async function readRois(
  asked: string | undefined,
  { input, subject, reference }: { input: string; subject: string; reference: Volume },
  onWarning: (message: string) => void,
): Promise<Rois | undefined> {
  if (asked === 'none') return undefined;
  const file = asked ?? (await findRois(input, subject));
  if (file === undefined) return undefined;
  const { mask, segments } = await readSegmentation(file, reference, { onWarning });
  if (segments.length === 0 || segments.length > MOST_SEGMENTS) {
    throw new SegmentationError(
      `${file} holds ${segments.length} different labels; expected ROIs, 1 to ${MOST_SEGMENTS} labels. ` +
        'Give a label map by --rois, or leave the regions out by --rois none.',
      file,
    );
  }
  return {
    file,
    mask,
    segments: segments.map((segment) => ({ ...segment, name: nameOf(segment) })),
  };
}

/** Label maps have no names: the values are the numbers of Couinaud segments, as in a cohort's ROIs. */
function nameOf({ name, value }: Segmentation['segments'][number]): string {
  return name === `label ${value}` && value >= 1 && value <= 8 ? `seg${value}` : name;
}

async function findRois(input: string, subject: string): Promise<string | undefined> {
  let folder = resolve(input);
  for (let level = 0; level <= LEVELS; level++) {
    const stem = join(folder, 'derivatives', 'rois', subject, 'anat', `${subject}_rois`);
    const present: string[] = [];
    for (const ending of ENDINGS) {
      const file = `${stem}.${ending}`;
      if (
        await access(file).then(
          () => true,
          () => false,
        )
      )
        present.push(file);
    }
    if (present.length > 1) {
      throw new SegmentationError(
        `${subject} has several files of ROIs: ${present.join(', ')}. Keep one, or choose by --rois.`,
        stem,
      );
    }
    if (present.length === 1) return present[0];
    folder = dirname(folder);
  }
  return undefined;
}
