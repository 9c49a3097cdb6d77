import { InvalidArgumentError, sameGridOrThrow, type Volume } from '@steatosis/core';
import type { MultiEcho } from '../multi-echo/multi-echo.js';
import { UnusableEchoesError } from './errors.js';

/** No magnet for people or animals is stronger; more is gauss. */
const HIGHEST_FIELD_T = 30;

/** With three echoes the unknowns can just be solved. */
export const FEWEST_ECHOES = 3;

/** Most echoes that are taken: more than any Dixon protocol has. */
const MOST_ECHOES = 64;

/** Parts of a multi-echo acquisition by name. */
type Parts = Readonly<Record<string, Volume<Float32Array>>>;

/**
 * Check that a multi-echo acquisition can be separated, but for the values of its samples.
 *
 * @throws UnusableEchoesError when the volumes do not fit the echo times or there are too few echoes
 * @throws InvalidArgumentError when a part is missing, or echo times or field strength are impossible
 * @throws GridMismatchError when real and imaginary part lie on different grids
 */
export function checkEchoes(multiEcho: MultiEcho): void {
  const parts = partsOf(multiEcho);
  const { echoTimesMs, fieldStrengthT } = multiEcho;
  if (!(fieldStrengthT > 0 && fieldStrengthT <= HIGHEST_FIELD_T)) {
    throw new InvalidArgumentError(
      'fieldStrengthT',
      fieldStrengthT,
      'the field strength of the scanner in tesla, > 0 and at most 30 (15000 gauss are 1.5 T); ' +
        'give it as fieldStrengthT of the multi-echo acquisition',
    );
  }
  checkTimes(echoTimesMs);
  const count = echoTimesMs.length;
  for (const [name, volume] of Object.entries(parts)) {
    const shape = volume?.data?.shape;
    if (shape?.length !== 4 || shape[3] !== count) {
      throw new UnusableEchoesError(
        `The ${name} volume has the shape ${shape?.join('×')}; expected [x, y, z, ${count}] ` +
          `for ${count} echo times.`,
      );
    }
  }
  if (multiEcho.real !== undefined) {
    sameGridOrThrow(multiEcho.real, multiEcho.imaginary, 'real part', 'imaginary part');
  }
}

/** The volumes of samples by name. */
export function partsOf(multiEcho: MultiEcho): Parts {
  const { real, imaginary, magnitude } = multiEcho;
  if (real !== undefined && imaginary !== undefined) return { real, imaginary };
  if ('phase' in multiEcho) {
    throw new InvalidArgumentError(
      'multiEcho',
      Object.keys(multiEcho),
      'complex echoes as real and imaginary volumes; from magnitude and phase in radians they are ' +
        'real = magnitude·cos(phase), imaginary = magnitude·sin(phase)',
    );
  }
  const part = real === undefined ? 'imaginary' : 'real';
  if (real !== undefined || imaginary !== undefined) {
    throw new InvalidArgumentError(
      'multiEcho',
      Object.keys(multiEcho),
      `real and imaginary volumes; only the ${part} part is there. Add the other part, or give ` +
        'the magnitudes alone as magnitude',
    );
  }
  if (magnitude === undefined) {
    throw new InvalidArgumentError(
      'multiEcho',
      Object.keys(multiEcho),
      'real and imaginary volumes of shape [x, y, z, echo], or a magnitude volume',
    );
  }
  return { magnitude };
}

function checkTimes(echoTimesMs: readonly number[]): void {
  if (!Array.isArray(echoTimesMs)) {
    throw new InvalidArgumentError(
      'echoTimesMs',
      echoTimesMs,
      'the echo times in ms, one for each entry of the last axis of the echoes',
    );
  }
  const wrong = echoTimesMs.findIndex(
    (t, k) => !(Number.isFinite(t) && t > (k > 0 ? echoTimesMs[k - 1] : -Number.MIN_VALUE)),
  );
  if (wrong >= 0) {
    throw new InvalidArgumentError(
      'echoTimesMs',
      echoTimesMs,
      `ascending times in ms, the first ≥ 0; entry ${wrong} is ${echoTimesMs[wrong]}` +
        (wrong > 0 ? ` after ${echoTimesMs[wrong - 1]}. Order times and echoes alike` : ''),
    );
  }
  const count = echoTimesMs.length;
  if (count < FEWEST_ECHOES || count > MOST_ECHOES) {
    throw new UnusableEchoesError(
      `${count} echoes were given; water, fat and R2* need ${FEWEST_ECHOES} to ${MOST_ECHOES}. ` +
        'Read all echoes of the acquisition together.',
    );
  }
}

/**
 * Check the samples: no echo that is 0 everywhere, no negative magnitude, and no voxel that is finite at
 * some echoes only. Voxels that are not finite at any echo are background of other programs and pass.
 *
 * @param rms root mean square of each voxel over the echoes, not finite where a sample is not
 * @param masked whether a mask of the caller decides which voxels count
 * @throws UnusableEchoesError
 */
export function checkSamples(multiEcho: MultiEcho, rms: Float32Array, masked: boolean): void {
  const parts = partsOf(multiEcho);
  const { echoTimesMs } = multiEcho;
  const empty = echoTimesMs.findIndex((_, echo) =>
    Object.values(parts).every((volume) => !someSample(volume, echo, (value) => value !== 0)),
  );
  if (empty >= 0) {
    throw new UnusableEchoesError(
      `Echo ${empty + 1} (${echoTimesMs[empty]} ms) is 0 in every voxel: it was not recorded or not ` +
        'read. Read it again, or leave it out of the volumes and of echoTimesMs.',
    );
  }
  const { magnitude } = multiEcho;
  const negative = magnitude
    ? echoTimesMs.findIndex((_, echo) => someSample(magnitude, echo, (value) => value < 0))
    : -1;
  if (negative >= 0) {
    throw new UnusableEchoesError(
      `The magnitude of echo ${negative + 1} has negative values: it holds something else, such as ` +
        'phase or the real part. Read the magnitude images of the series.',
    );
  }
  if (!masked && rms.some((value) => !Number.isFinite(value))) checkFinite(parts, rms);
}

function checkFinite(parts: Parts, rms: Float32Array): void {
  const volumes = Object.values(parts);
  const [nx, ny, , count] = volumes[0].data.shape;
  let broken = 0;
  let first = '';
  for (let voxel = 0; voxel < rms.length; voxel++) {
    if (Number.isFinite(rms[voxel])) continue;
    const at = [voxel % nx, Math.floor(voxel / nx) % ny, Math.floor(voxel / (nx * ny))] as const;
    const bad = Array.from({ length: count }, (_, echo) => echo).filter((echo) =>
      volumes.some(({ data }) => !Number.isFinite(data.get(...at, echo))),
    );
    if (bad.length === 0 || bad.length === count) continue;
    broken++;
    if (broken === 1) first = `echo ${bad[0] + 1} at voxel ${at.join(', ')}`;
  }
  if (broken > 0) {
    throw new UnusableEchoesError(
      `${broken} voxels are NaN or infinite at some echoes and finite at others, first ${first}. ` +
        'Correct these samples, set all echoes of such a voxel to 0, or leave it out by a mask.',
    );
  }
}

/** Whether any sample of an echo has a property, whatever the memory layout. */
function someSample(
  volume: Volume<Float32Array>,
  echo: number,
  has: (value: number) => boolean,
): boolean {
  const { data, offset, shape, stride } = volume.data;
  for (let z = 0; z < shape[2]; z++) {
    for (let y = 0; y < shape[1]; y++) {
      let at = offset + y * stride[1] + z * stride[2] + echo * stride[3];
      for (let x = 0; x < shape[0]; x++, at += stride[0]) if (has(data[at])) return true;
    }
  }
  return false;
}
