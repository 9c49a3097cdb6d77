import path from 'node:path';
import {
  denseData,
  InvalidArgumentError,
  type TypedArray,
  type Volume,
  volumeLike,
} from '@steatosis/core';
import type { MultiEcho } from '../multi-echo/multi-echo.js';
import { encodeNifti } from '../nifti/write.js';
import { encodeNrrd } from '../nrrd/write.js';
import { checkedOptions } from '../options.js';
import type { Segment } from '../segmentation/segment.js';
import { writeFileAtomic } from './atomic-write.js';
import { PARTICIPANT_COLUMNS, type Participant } from './clinical.js';
import { writeImage } from './write-image.js';

/** How {@link writeMultiEchoBids} writes. */
export interface WriteMultiEchoBidsOptions {
  /**
   * Which two images a complex echo becomes; default `'real-imag'`. Ignored for magnitude-only echoes,
   * which become one image each.
   */
  part?: 'real-imag' | 'mag-phase' | undefined;
  /** Element type; default `'int16'` with `scl_slope` for each file, see `encodeNifti`. */
  dataType?: 'int16' | 'float32' | undefined;
  /** zlib's level, 1 … 9; default 6. Noise hardly compresses: 1 is three times as fast and about as small. */
  gzipLevel?: number | undefined;
}

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
  const { part, dataType, gzipLevel } = checkedOptions('writeMultiEchoBids', options, [
    'part',
    'dataType',
    'gzipLevel',
  ]);
  const subject = subjectName(id);
  const written: string[] = [];
  for (const [echo, echoTimeMs] of multiEcho.echoTimesMs.entries()) {
    for (const image of imagesOfEcho(multiEcho, echo, part ?? 'real-imag')) {
      const stem = path.join(
        folder,
        subject,
        'anat',
        `${subject}_echo-${echo + 1}_part-${image.part}_MEGRE`,
      );
      const bytes = await encodeNifti(image.volume, {
        gzip: true,
        gzipLevel,
        dataType: dataType ?? 'int16',
      });
      const sidecar = {
        EchoTime: toPrecision(echoTimeMs / 1000),
        MagneticFieldStrength: multiEcho.fieldStrengthT,
        FlipAngle: multiEcho.flipAngleDeg,
        RepetitionTimeExcitation:
          multiEcho.repetitionTimeMs === undefined
            ? undefined
            : toPrecision(multiEcho.repetitionTimeMs / 1000),
        Units: image.part === 'phase' ? 'rad' : undefined,
      };
      await writeFileAtomic(`${stem}.nii.gz`, bytes);
      await writeFileAtomic(`${stem}.json`, `${JSON.stringify(sidecar, null, 2)}\n`);
      written.push(`${stem}.nii.gz`);
    }
  }
  return written;
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

/** `sub-01` for `sub-01` and for `01`; BIDS allows letters and digits. */
export function subjectName(id: string): string {
  const label = id.startsWith('sub-') ? id.slice(4) : id;
  if (!/^[0-9A-Za-z]+$/.test(label)) {
    throw new InvalidArgumentError('id', id, 'letters and digits, with or without the prefix sub-');
  }
  return `sub-${label}`;
}

function imagesOfEcho(
  multiEcho: MultiEcho,
  echo: number,
  parts: 'real-imag' | 'mag-phase',
): { part: string; volume: Volume }[] {
  if (multiEcho.magnitude !== undefined) {
    return [{ part: 'mag', volume: echoOf(multiEcho.magnitude, echo) }];
  }
  const real = echoOf(multiEcho.real, echo);
  const imaginary = echoOf(multiEcho.imaginary, echo);
  if (parts === 'real-imag') {
    return [
      { part: 'real', volume: real },
      { part: 'imag', volume: imaginary },
    ];
  }
  if (parts !== 'mag-phase') {
    throw new InvalidArgumentError('part', parts, "'real-imag' or 'mag-phase'");
  }
  const combine = (formula: (re: number, im: number) => number): Volume => {
    const [re, im] = [denseData(real), denseData(imaginary)];
    return volumeLike(
      real,
      re.map((value, i) => formula(value, im[i])),
    );
  };
  return [
    { part: 'mag', volume: combine(Math.hypot) },
    { part: 'phase', volume: combine((re, im) => Math.atan2(im, re)) },
  ];
}

/** One echo as a volume of its own: a view. */
function echoOf<T extends TypedArray>(volume: Volume<T>, echo: number): Volume<T> {
  return { ...volume, data: volume.data.pick(null, null, null, echo) };
}

/** Drops the digits that dividing by 1000 adds: 1.15 ms is 0.00115 s. */
function toPrecision(value: number): number {
  return Number(value.toPrecision(12));
}
