import { join } from 'node:path';
import {
  type EncodedDicomMap,
  encodeDicomMaps,
  encodeNifti,
  type SeriesTags,
} from '@steatosis/io/node';
import { type Maps, MAPS, presentMaps } from './maps.js';

/** A file below the output folder. */
export type OutputFile = readonly [name: string, content: Uint8Array | string];

/** The maps as `.nii.gz`. */
export async function niftiFiles(maps: Maps, subject: string): Promise<OutputFile[]> {
  const files: OutputFile[] = [];
  for (const { file, volume } of presentMaps(maps)) {
    const name = `${subject}_desc-${file.desc}_map.nii.gz`;
    files.push([join(subject, 'anat', name), await encodeNifti(volume, { gzip: true })]);
  }
  return files;
}

/** The maps as DICOM series, one folder each. */
export async function dicomFiles(
  maps: Maps,
  subject: string,
  {
    source,
    comment,
    warn,
  }: {
    source: SeriesTags;
    /** How the maps were made. */
    comment: string | undefined;
    warn: (message: string) => void;
  },
): Promise<OutputFile[]> {
  const present = presentMaps(maps).map(({ file, volume }) => [file.key, volume]);
  const series = await encodeDicomMaps(Object.fromEntries(present) as Maps, { source, comment });
  return series.flatMap((map) => {
    const { desc } = MAPS.find(({ key }) => key === map.name)!;
    tellSaturated(map, desc, warn);
    return map.files.map((bytes, i): OutputFile => [
      join(subject, 'dicom', desc, `IM_${String(i + 1).padStart(4, '0')}.dcm`),
      bytes,
    ]);
  });
}

function tellSaturated(
  { saturated, step }: EncodedDicomMap,
  desc: string,
  warn: (message: string) => void,
): void {
  if (saturated === 0) return;
  const limit = Number((32767 * step).toPrecision(6));
  warn(
    `DICOM map ${desc}: ${saturated} voxels lie beyond ±${limit}, which 16 bits in steps of ${step} hold, and were ` +
      'stored as that limit. NIfTI holds all values.',
  );
}
