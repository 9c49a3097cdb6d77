import { InvalidArgumentError, type Volume } from '@steatosis/core';
import { encodeNifti, type EncodeNiftiOptions } from '../nifti/write.js';
import { encodeNrrd } from '../nrrd/write.js';
import { checkedOptions } from '../options.js';
import { writeFileAtomic } from './atomic-write.js';

/** How {@link writeImage} writes. */
export interface WriteImageOptions {
  /** zlib's level for `.nii.gz` and `.nrrd`, 1 … 9; default 6. Ignored for `.nii`. */
  gzipLevel?: number | undefined;
  /** Free text of the NIfTI header, at most 79 bytes. Ignored for `.nrrd`. */
  description?: string | undefined;
  /** Element type of a NIfTI file, see {@link EncodeNiftiOptions}. Ignored for `.nrrd`. */
  dataType?: EncodeNiftiOptions['dataType'];
}

/**
 * Write a volume as `.nii`, `.nii.gz` or `.nrrd`, by the ending of the path. The file appears whole or not
 * at all; missing folders are made.
 *
 * @throws InvalidArgumentError for another ending, FileAccessError when the disk refuses
 * @example
 * ```ts no-run
 * import { readImage, writeImage } from '@steatosis/io/node';
 *
 * await writeImage('liver.nii.gz', await readImage('liver.nrrd'));
 * ```
 */
export async function writeImage(
  path: string,
  volume: Volume,
  options: WriteImageOptions = {},
): Promise<void> {
  const { gzipLevel, description, dataType } = checkedOptions('writeImage', options, [
    'gzipLevel',
    'description',
    'dataType',
  ]);
  const name = path.toLowerCase();
  if (name.endsWith('.nii') || name.endsWith('.nii.gz')) {
    const settings = { gzip: name.endsWith('.gz'), gzipLevel, description, dataType };
    await writeFileAtomic(path, await encodeNifti(volume, settings));
  } else if (name.endsWith('.nrrd')) {
    await writeFileAtomic(path, await encodeNrrd(volume, { gzipLevel }));
  } else {
    throw new InvalidArgumentError('path', path, 'a name that ends in .nii, .nii.gz or .nrrd');
  }
}
