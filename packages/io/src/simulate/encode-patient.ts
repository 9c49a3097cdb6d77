import { InvalidArgumentError, type Volume } from '@steatosis/core';
import {
  type EncodedFile,
  encodeMultiEchoBids,
  type EncodeMultiEchoOptions,
} from '../bids/encode-multi-echo.js';
import { encodeNifti } from '../nifti/write.js';
import type { SimulatedPatient } from './cohort.js';

/** What of a simulated patient becomes files, and how. */
export interface PatientFileOptions {
  /**
   * Which two images a complex echo becomes: `'real-imag'` (default, smaller) or `'mag-phase'`.
   */
  part?: EncodeMultiEchoOptions['part'];
  /** zlib's level, 1 … 9. Default 1: noise hardly compresses. */
  gzipLevel?: number | undefined;
  /** Also write what no study knows below `derivatives/truth`. Default false. */
  truth?: boolean | undefined;
}

/** {@link PatientFileOptions} with every default filled in. */
export type CheckedFileOptions = {
  [K in keyof PatientFileOptions]-?: Exclude<PatientFileOptions[K], undefined>;
};

/** @throws InvalidArgumentError when an option is impossible */
export function checkedFileOptions(options: PatientFileOptions): CheckedFileOptions {
  const { part = 'real-imag', gzipLevel = 1, truth = false } = options;
  if (part !== 'real-imag' && part !== 'mag-phase') {
    throw new InvalidArgumentError('part', part, "'real-imag' or 'mag-phase'");
  }
  if (!Number.isInteger(gzipLevel) || gzipLevel < 1 || gzipLevel > 9) {
    throw new InvalidArgumentError('gzipLevel', gzipLevel, 'an integer 1 … 9');
  }
  if (typeof truth !== 'boolean') throw new InvalidArgumentError('truth', truth, 'true or false');
  return { part, gzipLevel, truth };
}

/** Maps of the truth: name, suffix and unit of each file. */
const TRUTH_MAPS = [
  { map: 'm0', suffix: 'desc-m0_map', units: 'arbitrary' },
  { map: 'pdffPercent', suffix: 'desc-pdff_map', units: 'percent' },
  { map: 'r2starPerSecond', suffix: 'desc-r2star_map', units: '1/s' },
  { map: 'fieldMapHz', suffix: 'desc-field_map', units: 'Hz' },
  { map: 'phaseRad', suffix: 'desc-phase_map', units: 'rad' },
  { map: 'tissue', suffix: 'desc-tissue_dseg', units: 'label' },
  { map: 'segment', suffix: 'desc-couinaud_dseg', units: 'label' },
] as const;

/** The files of one patient: echoes, regions and, if asked for, the truth. */
export async function encodePatient(
  patient: SimulatedPatient,
  { part, gzipLevel, truth }: CheckedFileOptions,
): Promise<EncodedFile[]> {
  const { id } = patient;
  const files: EncodedFile[] = [];
  for await (const file of encodeMultiEchoBids(id, patient.multiEcho, { part, gzipLevel })) {
    files.push(file);
  }
  const image = async (path: string, volume: Volume): Promise<void> => {
    const dataType = volume.data.data instanceof Float32Array ? 'int16' : undefined;
    files.push({ path, content: await encodeNifti(volume, { gzip: true, gzipLevel, dataType }) });
  };
  await image(`derivatives/rois/${id}/anat/${id}_rois.nii.gz`, patient.roiLabels);
  if (truth) {
    for (const { map, suffix, units } of TRUTH_MAPS) {
      const stem = `derivatives/truth/${id}/anat/${id}_${suffix}`;
      await image(`${stem}.nii.gz`, patient.truth[map]);
      files.push({ path: `${stem}.json`, content: json({ Units: units }) });
    }
    const { hepaticFat, hepaticR2starPerSecond, pancreaticPdffPercent } = patient.truth;
    files.push({
      path: `derivatives/truth/${id}/${id}_truth.json`,
      content: json({
        hepaticFat,
        hepaticR2starPerSecond,
        pancreaticPdffPercent,
        rois: patient.rois,
      }),
    });
  }
  return files;
}

/** As every JSON file of a simulated cohort is written. */
export function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
