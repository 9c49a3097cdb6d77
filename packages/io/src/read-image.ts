import type { Volume } from '@steatosis/core';
import { detectFormatOrThrow } from './detect.js';
import { parseDicom } from './dicom/file.js';
import { imagesOf } from './dicom/enhanced-frames.js';
import { type SeriesVolume, volumesOf } from './dicom/volumes.js';
import { SeriesError, UnsupportedFormatError } from './errors.js';
import { readNifti } from './nifti/read.js';
import { readNrrd } from './nrrd/read.js';
import { checkedOptions, type ReadOptions } from './options.js';
import { type OpenSibling, readContext } from './read-context.js';
import { type ImageSource, openSource } from './sources.js';

/** How {@link readImage} reads. */
export interface ReadImageOptions extends ReadOptions {
  /**
   * Opens the data file that a detached header (`.nhdr`, `.hdr`) names. Default: such headers are refused
   * (`@steatosis/io/node` opens files beside a header that is given by its path).
   */
  openSibling?: OpenSibling | undefined;
}

/**
 * Read one image: NIfTI-1 or NIfTI-2 (also gzipped), NRRD, or one DICOM file (classic, or enhanced MR that
 * holds a single volume). The format is told by content first, by name second.
 *
 * Voxel values are physical: `scl_slope`, rescale slope and Philips' scale slope are applied. NIfTI's RAS
 * becomes LPS. Components (complex, colour, time) are the fourth axis. The volume may share memory with a
 * `Uint8Array` that was passed in.
 *
 * @throws FormatError when the file is cut or damaged: never part of an image
 * @throws SeriesError when the frames of an enhanced file make up no volume, or several
 * @throws UnsupportedFormatError for what is not read, with what to do about it
 * @example
 * ```ts
 * import { createVolume } from '@steatosis/core';
 * import { encodeNrrd, readImage } from '@steatosis/io';
 *
 * const bytes = await encodeNrrd(createVolume(new Int16Array([5, 6, 7]), [3, 1, 1]));
 * const volume = await readImage({ name: 'line.nrrd', bytes: async () => bytes });
 * console.log(volume.data.get(2, 0, 0)); // 7
 * ```
 */
export async function readImage(
  source: ImageSource,
  options: ReadImageOptions = {},
): Promise<Volume> {
  checkedOptions('readImage', options, ['onWarning', 'openSibling']);
  const file = await openSource(source);
  const context = readContext(options, options.openSibling);
  switch (detectFormatOrThrow(file)) {
    case 'nifti':
      return await readNifti(file, context);
    case 'nrrd':
      return (await readNrrd(file, context)).volume;
    case 'dicom':
      return onlyVolume(volumesOf(imagesOf(parseDicom(file)), context.onWarning), file.name);
    default:
      throw new UnsupportedFormatError(
        'markups',
        'it is a JSON file, no image; regions are read by readSegmentation and readMarkups',
        { source: file.name },
      );
  }
}

/** The volume of a file that has one. */
function onlyVolume(volumes: readonly SeriesVolume[], source: string): Volume {
  if (volumes.length === 1) return volumes[0].volume;
  const found = volumes.map(({ volume, component, map, repetition }) => {
    const again = repetition > 0 ? `, repetition ${repetition + 1}` : '';
    return `${map ?? component} ${volume.data.shape.join('×')}${again}`;
  });
  throw new SeriesError(
    'ambiguous',
    `${source} holds ${volumes.length} volumes (${found.slice(0, 8).join('; ')}${found.length > 8 ? '; …' : ''}); read them with readSeries, echoes with readMultiEcho, a scanner's maps with readMaps.`,
    [source],
  );
}
