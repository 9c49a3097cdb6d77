import {
  denseData,
  InvalidArgumentError,
  type TypedArray,
  type Volume,
  volumeLike,
} from '@steatosis/core';
import type { MultiEcho } from '../multi-echo/multi-echo.js';
import { encodeNifti } from '../nifti/write.js';

/** How complex echoes become the files of a BIDS folder. */
export interface EncodeMultiEchoOptions {
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

/** A file of a data set, by its path below the data set's folder, with `/` between the names. */
export interface EncodedFile {
  path: string;
  content: Uint8Array | string;
}

/** The images of one subject with their sidecars, an image before its sidecar, echo after echo. */
export async function* encodeMultiEchoBids(
  id: string,
  multiEcho: MultiEcho,
  { part, dataType, gzipLevel }: EncodeMultiEchoOptions,
): AsyncGenerator<EncodedFile> {
  const subject = subjectName(id);
  for (const [echo, echoTimeMs] of multiEcho.echoTimesMs.entries()) {
    for (const image of imagesOfEcho(multiEcho, echo, part ?? 'real-imag')) {
      const stem = `${subject}/anat/${subject}_echo-${echo + 1}_part-${image.part}_MEGRE`;
      const content = await encodeNifti(image.volume, {
        gzip: true,
        gzipLevel,
        dataType: dataType ?? 'int16',
      });
      yield { path: `${stem}.nii.gz`, content };
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
      yield { path: `${stem}.json`, content: `${JSON.stringify(sidecar, null, 2)}\n` };
    }
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
