import { isMegreImage } from '../bids/names.js';
import { multiEchoOfBids } from '../bids/read-multi-echo.js';
import { multiEchoOfDicom } from '../dicom/read-multi-echo.js';
import { readDicomFiles } from '../dicom/read-series.js';
import { checkedOptions, type ReadOptions } from '../options.js';
import { readContext } from '../read-context.js';
import { type ImageSources, type NamedSource, namedSources } from '../sources.js';
import type { MultiEcho } from './multi-echo.js';

/**
 * Read a multi-echo gradient-echo acquisition: DICOM files, classic or enhanced, in any order and under any
 * names, or the images and sidecars of BIDS (`*_echo-<n>_part-<mag|phase|real|imag>_MEGRE.nii.gz` with `.json`).
 *
 * Real and imaginary are taken where they exist, else magnitude and phase are combined, else the result
 * holds `magnitude` only. DICOM values are brought to one scale file by file: Philips' magnitude by
 * FP = (SV·RS + RI)/(RS·SS), its phase as (SV·RS + RI)/1000 rad; Siemens' phase as π(SV·RS + RI)/4096; GE's
 * components by (0043,102F). Separated images (water, fat, maps) of the same series are left out.
 *
 * @throws NoImagesError when there is no multi-echo acquisition
 * @throws SeriesError when one is irregular (which slice or echo, and how), or when there are several
 * @throws FormatError, UnsupportedFormatError for files that cannot be read
 * @example
 * ```ts no-run
 * import { readMultiEcho } from '@steatosis/io/node';
 *
 * const multiEcho = await readMultiEcho('sub-01/anat');
 * console.log(multiEcho.echoTimesMs, multiEcho.fieldStrengthT);
 * ```
 */
export async function readMultiEcho(
  source: ImageSources,
  options: ReadOptions = {},
): Promise<MultiEcho> {
  checkedOptions('readMultiEcho', options, ['onWarning']);
  return await multiEchoOf(source, 'The input', options);
}

/** {@link readMultiEcho} with a name for the whole in messages. */
export async function multiEchoOf(
  source: ImageSources,
  where: string,
  options: ReadOptions,
): Promise<MultiEcho> {
  const files: NamedSource[] = [];
  for await (const file of namedSources(source)) files.push(file);
  const context = readContext(options, undefined);
  if (files.some(({ name }) => isMegreImage(name))) {
    return await multiEchoOfBids(files, where, context);
  }
  return multiEchoOfDicom(await readDicomFiles(files, options), where, context.onWarning);
}
