import { createRandom, InvalidArgumentError, type Random, type TypedArray } from '@steatosis/core';
import type { NdArray } from 'ndarray';
import { checkedOptions } from '../options.js';
import { patchOf, type Planes, planesOf, reflected } from './patch.js';

/** How {@link augmentPatch} varies a patch. */
export interface AugmentPatchOptions {
  /** An integer. A variant depends on it and on the number of the variant only. */
  seed: number;
  /** Variants besides the original, ≥ 0. Default 7: eight patches in all, as in the paper. */
  copies?: number | undefined;
  /** Distance of columns and of rows, mm. Default [1, 1]: then mm are pixels. */
  spacingMm?: readonly [number, number] | undefined;
  /**
   * Height and width of the results, whole pixels around the centre of the patch. The patch must bring the
   * margin from which tissue moves in. Default: the size of the patch, and what lies outside is the patch
   * mirrored at its border.
   */
  outputSize?: readonly [number, number] | undefined;
  /** Largest shift along each axis, mm, ≥ 0. Default 3. */
  maxShiftMm?: number | undefined;
  /** Largest turn to either side, degrees, 0 … 180. Default 15. */
  maxRotationDeg?: number | undefined;
  /**
   * Standard deviation of the noise in the unit of the patch, ≥ 0. Default: a twentieth of the standard
   * deviation of the original, channel by channel.
   */
  noiseSd?: number | undefined;
  /** Mirror about half of the variants along each axis. Default true. */
  mirror?: boolean | undefined;
}

const DEFAULTS = {
  copies: 7,
  spacingMm: [1, 1],
  maxShiftMm: 3,
  maxRotationDeg: 15,
  mirror: true,
} as const satisfies Partial<AugmentPatchOptions>;

const KEYS = [
  'seed',
  'copies',
  'spacingMm',
  'outputSize',
  'maxShiftMm',
  'maxRotationDeg',
  'noiseSd',
  'mirror',
] as const;

/** One transformation: output to source, mm about the centre. */
interface Motion {
  mirrorX: boolean;
  mirrorY: boolean;
  angle: number;
  shiftX: number;
  shiftY: number;
}

/**
 * The original patch and seeded variants of it: translation, mirroring, rotation and noise.
 *
 * Variant k (1, 2, …) draws from the stream `createRandom(seed).split('augmentPatch').split(k)`, in this order:
 * 1. whether x is mirrored, whether y is mirrored (each with probability ½, if `mirror`);
 * 2. an angle, uniform in ±`maxRotationDeg`;
 * 3. a shift along x and along y, uniform in ±`maxShiftMm`;
 * 4. Gaussian noise of `noiseSd` for every pixel, channel after channel and row after row.
 *
 * Pixel p of a variant (mm from the centre) shows the point M·R·p + s of the original, with R the rotation,
 * M the mirroring and s the shift, interpolated bilinearly: all in mm, so that tissue is turned and not
 * sheared where pixels are no squares. With `outputSize` nothing is ever filled in: where the margin is
 * too small for the largest shift and turn, that is an error. Bilinear interpolation smooths a little,
 * which the original is spared.
 *
 * @param patch `[height, width]` or `[channels, height, width]`; all channels move together
 * @returns `copies` + 1 patches in single precision, the original (its centre) first
 * @throws InvalidArgumentError for impossible options, and when the margin is too small
 * @example
 * ```ts
 * import ndarray from 'ndarray';
 * import { augmentPatch } from '@steatosis/io';
 *
 * const withMargin = ndarray(new Float32Array(32 * 32).fill(5), [32, 32]);
 * const patches = augmentPatch(withMargin, {
 *   seed: 1,
 *   spacingMm: [1.25, 1.37],
 *   outputSize: [16, 16],
 *   noiseSd: 0,
 * });
 * console.log(patches.length, patches[7].shape, patches[7].get(0, 0)); // 8 [ 16, 16 ] 5
 * ```
 */
export function augmentPatch<T extends TypedArray>(
  patch: NdArray<T>,
  options: AugmentPatchOptions,
): NdArray<Float32Array>[] {
  const settings: Settings = {
    ...DEFAULTS,
    ...defined(checkedOptions('augmentPatch', options, KEYS)),
  };
  const planes = planesOf(patch);
  const [height, width] = settings.outputSize ?? [planes.height, planes.width];
  checkSettings(settings, planes, height, width);
  const original = centre(planes, height, width);
  const stream = createRandom(settings.seed).split('augmentPatch');
  const sd = Array.from(
    { length: Math.max(1, planes.channels) },
    (_, c) => settings.noiseSd ?? spread(original.data, c * height * width, height * width) / 20,
  );
  const variants = Array.from({ length: settings.copies }, (_, k) => {
    const random = stream.split(k + 1);
    const motion = drawMotion(random, settings);
    const variant = moved(planes, motion, settings.spacingMm, height, width);
    disturb(variant, sd, random);
    return patchOf(variant);
  });
  return [patchOf(original), ...variants];
}

/** The options with their defaults filled in. */
interface Settings {
  seed: number;
  copies: number;
  spacingMm: readonly [number, number];
  outputSize?: readonly [number, number] | undefined;
  maxShiftMm: number;
  maxRotationDeg: number;
  noiseSd?: number | undefined;
  mirror: boolean;
}

/** Without the fields that were given as `undefined`. */
function defined<O extends object>(options: O): { [K in keyof O]: Exclude<O[K], undefined> } {
  const entries = Object.entries(options).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof O]: Exclude<O[K], undefined> };
}

function checkSettings(settings: Settings, planes: Planes, height: number, width: number): void {
  const { copies, spacingMm, maxShiftMm, maxRotationDeg, noiseSd } = settings;
  if (!Number.isInteger(copies) || copies < 0) {
    throw new InvalidArgumentError('copies', copies, 'a whole number ≥ 0');
  }
  if (spacingMm.length !== 2 || !spacingMm.every((v) => v > 0 && Number.isFinite(v))) {
    throw new InvalidArgumentError('spacingMm', spacingMm, 'two finite numbers > 0 [x, y]');
  }
  if (!(maxShiftMm >= 0 && Number.isFinite(maxShiftMm))) {
    throw new InvalidArgumentError('maxShiftMm', maxShiftMm, 'a finite number ≥ 0');
  }
  if (!(maxRotationDeg >= 0 && maxRotationDeg <= 180)) {
    throw new InvalidArgumentError('maxRotationDeg', maxRotationDeg, 'a number 0 … 180');
  }
  if (noiseSd !== undefined && !(noiseSd >= 0 && Number.isFinite(noiseSd))) {
    throw new InvalidArgumentError('noiseSd', noiseSd, 'a finite number ≥ 0');
  }
  if (settings.outputSize === undefined) return;
  const margins = [planes.height - height, planes.width - width];
  if (![height, width].every((n) => n >= 1) || margins.some((m) => !(m >= 0 && m % 2 === 0))) {
    throw new InvalidArgumentError(
      'outputSize',
      settings.outputSize,
      `a size inside the patch of ${planes.height}×${planes.width} pixels that leaves the same whole margin on both sides`,
    );
  }
  const needed = neededMargin(settings, height, width);
  if (copies > 0 && needed.some((margin, i) => margin > margins[i] / 2)) {
    throw new InvalidArgumentError(
      'patch',
      [planes.height, planes.width],
      `a margin of at least ${needed[0]} rows and ${needed[1]} columns around ${height}×${width} pixels, for shifts up to ${maxShiftMm} mm and turns up to ${maxRotationDeg} degrees`,
    );
  }
}

/** Rows and columns that the largest turn and shift reach beyond the output. */
function neededMargin(
  { spacingMm: [sx, sy], maxShiftMm, maxRotationDeg }: Settings,
  height: number,
  width: number,
): [rows: number, columns: number] {
  const [hx, hy] = [((width - 1) / 2) * sx, ((height - 1) / 2) * sy];
  const limit = (maxRotationDeg * Math.PI) / 180;
  const reach = (own: number, other: number): number => {
    // The corner comes furthest out at this angle; smaller limits do not get there.
    const angle = Math.min(limit, Math.atan2(other, own));
    return own * Math.cos(angle) + other * Math.sin(angle) + maxShiftMm;
  };
  const margin = (beyondMm: number, spacing: number): number =>
    Math.max(0, Math.ceil(beyondMm / spacing - 1e-9));
  return [margin(reach(hy, hx) - hy, sy), margin(reach(hx, hy) - hx, sx)];
}

function drawMotion(random: Random, { mirror, maxRotationDeg, maxShiftMm }: Settings): Motion {
  const both = (limit: number): number => (2 * random.uniform() - 1) * limit;
  return {
    mirrorX: mirror && random.uniform() < 0.5,
    mirrorY: mirror && random.uniform() < 0.5,
    angle: both((maxRotationDeg * Math.PI) / 180),
    shiftX: both(maxShiftMm),
    shiftY: both(maxShiftMm),
  };
}

function moved(
  planes: Planes,
  { mirrorX, mirrorY, angle, shiftX, shiftY }: Motion,
  [spacingX, spacingY]: readonly [number, number],
  height: number,
  width: number,
): Planes<Float32Array> {
  const count = Math.max(1, planes.channels);
  const area = planes.height * planes.width;
  const data = new Float32Array(count * height * width);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0; x < width; x++, to++) {
      const px = (x - (width - 1) / 2) * spacingX;
      const py = (y - (height - 1) / 2) * spacingY;
      const qx = (cos * px - sin * py) * (mirrorX ? -1 : 1) + shiftX;
      const qy = (sin * px + cos * py) * (mirrorY ? -1 : 1) + shiftY;
      const sx = qx / spacingX + (planes.width - 1) / 2;
      const sy = qy / spacingY + (planes.height - 1) / 2;
      const [x0, y0] = [Math.floor(sx), Math.floor(sy)];
      const [fx, fy] = [sx - x0, sy - y0];
      const left = reflected(x0, planes.width);
      const right = reflected(x0 + 1, planes.width);
      const top = reflected(y0, planes.height) * planes.width;
      const bottom = reflected(y0 + 1, planes.height) * planes.width;
      for (let c = 0, at = 0; c < count; c++, at += area) {
        data[c * height * width + to] =
          (1 - fy) *
            ((1 - fx) * planes.data[at + top + left] + fx * planes.data[at + top + right]) +
          fy * ((1 - fx) * planes.data[at + bottom + left] + fx * planes.data[at + bottom + right]);
      }
    }
  }
  return { data, channels: planes.channels, height, width };
}

function disturb({ data }: Planes<Float32Array>, sd: readonly number[], random: Random): void {
  const area = data.length / sd.length;
  sd.forEach((width, c) => {
    if (width === 0) return;
    for (let i = c * area; i < (c + 1) * area; i++) data[i] += width * random.normal();
  });
}

function centre(planes: Planes, height: number, width: number): Planes<Float32Array> {
  const count = Math.max(1, planes.channels);
  const data = new Float32Array(count * height * width);
  const [top, left] = [(planes.height - height) / 2, (planes.width - width) / 2];
  for (let c = 0, to = 0; c < count; c++) {
    for (let y = 0; y < height; y++) {
      const from = (c * planes.height + top + y) * planes.width + left;
      for (let x = 0; x < width; x++) data[to++] = planes.data[from + x];
    }
  }
  return { data, channels: planes.channels, height, width };
}

/** Standard deviation (population). */
function spread(data: Float32Array, from: number, count: number): number {
  let sum = 0;
  for (let i = from; i < from + count; i++) sum += data[i];
  let squares = 0;
  for (let i = from; i < from + count; i++) squares += (data[i] - sum / count) ** 2;
  return Math.sqrt(squares / count);
}
