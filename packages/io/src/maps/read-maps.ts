import { imagesOf } from '../dicom/enhanced-frames.js';
import { hasPixels } from '../dicom/image.js';
import { readDicomFiles } from '../dicom/read-series.js';
import { NoImagesError } from '../errors.js';
import { checkedOptions, type ReadOptions } from '../options.js';
import { readContext } from '../read-context.js';
import { type ImageSources, type NamedSource, namedSources } from '../sources.js';
import { assembled } from './assemble.js';
import { mapsOfDicom } from './from-dicom.js';
import { mapsOfNifti } from './from-nifti.js';
import type { ScannerMaps } from './scanner-maps.js';

/**
 * Read the maps that a scanner reconstructed from a Dixon acquisition: water, fat, in and out of phase, fat
 * fraction in percent, R2* in 1/s, all on one grid.
 *
 * - DICOM, classic or enhanced: Philips (W, F, IP, OP, FF, R2_STAR …), Siemens (`…\DIXON\WATER`, or series named
 *   `…_W`), GE (`…\WATER`, or series named `WATER: …`), the standard's frame types (FAT_FRACTION …).
 * - NIfTI by name: `…_desc-<pdff|water|fat|r2star>_map.nii.gz` as `steatosis dixon` writes them, BIDS'
 *   `…_R2starmap.nii.gz` (1/s) and `…_T2starmap.nii.gz` (s), or `water.nii.gz`, `fat.nii.gz`, `pdff.nii.gz` …
 *
 * Units are taken from Rescale Type or the sidecar's `Units`. Where none is given, the assumption made is told
 * through `onWarning`; so is a PDFF computed as 100·F/(W + F) for want of a fat fraction, and an R2* computed
 * from T2*.
 *
 * @throws NoImagesError when there is no map
 * @throws SeriesError when a map occurs twice or its slices make up no volume
 * @throws GridMismatchError (of `@steatosis/core`) when two maps lie on different grids
 * @throws FormatError, UnsupportedFormatError for files that cannot be read, and for impossible units
 * @example
 * ```ts
 * import { createVolume } from '@steatosis/core';
 * import { encodeNifti, readMaps } from '@steatosis/io';
 *
 * const named = async (name: string, value: number) => {
 *   const bytes = await encodeNifti(createVolume(new Float32Array([value]), [1, 1, 1]));
 *   return { name, bytes: async () => bytes };
 * };
 * const warnings: string[] = [];
 * const onWarning = (warning: string) => warnings.push(warning);
 * const maps = await readMaps(
 *   [await named('water.nii', 90), await named('fat.nii', 10)],
 *   { onWarning },
 * );
 * console.log(maps.pdffPercent?.data.get(0, 0, 0)); // 10
 * console.log(warnings[0]?.slice(0, 37)); // The input holds no fat fraction: PDFF
 * ```
 */
export async function readMaps(
  source: ImageSources,
  options: ReadOptions = {},
): Promise<ScannerMaps> {
  checkedOptions('readMaps', options, ['onWarning']);
  return await mapsOf(source, 'The input', options);
}

/** {@link readMaps} with a name for the whole in messages. */
export async function mapsOf(
  source: ImageSources,
  where: string,
  options: ReadOptions,
): Promise<ScannerMaps> {
  const files: NamedSource[] = [];
  for await (const file of namedSources(source)) files.push(file);
  const context = readContext(options, undefined);
  const { onWarning } = context;
  const nifti = await mapsOfNifti(files, context);
  if (nifti.length > 0) return assembled(nifti, where, onWarning);
  const dicom = await readDicomFiles(files, options);
  const found = mapsOfDicom(dicom, onWarning);
  if (found.length > 0) return assembled(found, where, onWarning);
  // Where a file cannot be read at all (compressed, another multi-frame class) that is the reason to tell.
  dicom.filter(hasPixels).forEach(imagesOf);
  throw new NoImagesError(
    where,
    `maps of a scanner: neither DICOM images whose Image Type, Frame Type or series description names water, fat, in or out of phase, fat fraction, R2* or T2* (${dicom.length} DICOM files are there), nor NIfTI files named like *_desc-pdff_map.nii.gz, *_R2starmap.nii.gz, water.nii.gz, fat.nii.gz or pdff.nii.gz`,
  );
}
