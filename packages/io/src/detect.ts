import { isGzip } from './bytes/gzip.js';
import { isDicom } from './dicom/file.js';
import { FormatError, UnsupportedFormatError } from './errors.js';
import { niftiFlavour } from './nifti/header.js';
import { isNrrd } from './nrrd/header.js';
import type { OpenedFile } from './sources.js';

export type FileFormat = 'nifti' | 'nrrd' | 'dicom' | 'markups';

const BY_NAME: readonly [RegExp, FileFormat][] = [
  [/\.(nii|hdr|img)(\.gz)?$/i, 'nifti'],
  [/\.(nrrd|nhdr)$/i, 'nrrd'],
  [/\.(dcm|ima)$/i, 'dicom'],
  [/\.json$/i, 'markups'],
];

/** The format of a file, by its first bytes; where these say nothing, by its name. */
function detectFormat({ bytes, name }: OpenedFile): FileFormat | undefined {
  return formatOfContent(bytes) ?? BY_NAME.find(([pattern]) => pattern.test(name))?.[1];
}

/** @throws UnsupportedFormatError when neither content nor name is known */
export function detectFormatOrThrow(file: OpenedFile): FileFormat {
  const format = detectFormat(file);
  if (format !== undefined) return format;
  if (file.bytes.length === 0) {
    throw new FormatError('image', 'it is empty', { source: file.name, offset: 0 });
  }
  throw new UnsupportedFormatError(
    'unknown format',
    'it is none of NIfTI, NRRD and DICOM, by its first bytes and by its name',
    { source: file.name, offset: 0 },
  );
}

function formatOfContent(bytes: Uint8Array): FileFormat | undefined {
  // Of the formats read here only NIfTI is compressed as a whole.
  if (isGzip(bytes)) return 'nifti';
  if (isNrrd(bytes)) return 'nrrd';
  if (bytes.length >= 348 && niftiFlavour(bytes) !== undefined) return 'nifti';
  if (isDicom(bytes)) return 'dicom';
  return undefined;
}
