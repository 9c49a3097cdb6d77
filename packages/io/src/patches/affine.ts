import { InvalidArgumentError, type TypedArray } from '@steatosis/core';
import type { NdArray } from 'ndarray';
import { checkedOptions } from '../options.js';
import { patchOf, type Planes, planesOf } from './patch.js';

/** How values between pixels are made. */
export type Interpolation = 'nearest' | 'bilinear';

/** How {@link affine} transforms. */
export interface AffineOptions {
  /** Rotation about the centre of the patch, clockwise on the screen, degrees. Default 0. */
  angleDegClockwise?: number | undefined;
  /** Pixels to the right and downwards, after rotation and scaling. Default [0, 0]. */
  translate?: readonly [number, number] | undefined;
  /** Magnification, > 0. Default 1. */
  scale?: number | undefined;
  /** Default `'nearest'`, as torchvision has it. */
  interpolation?: Interpolation | undefined;
  /** Value of what comes from outside of the patch. Default 0. */
  fill?: number | undefined;
}

/** How {@link rotate} turns. */
export interface RotateOptions {
  /** About the centre of the patch, degrees. Default 0. */
  angleDegCounterclockwise?: number | undefined;
  /** Default `'nearest'`, as torchvision has it. */
  interpolation?: Interpolation | undefined;
  /** Value of what comes from outside of the patch. Default 0. */
  fill?: number | undefined;
}

/**
 * Rotate, scale and move a patch as torchvision's `affine` does (v2 functional, no shear): about the
 * centre, bilinear sampling with a filled outside. Spacing is not considered: for tissue with its millimetres
 * use `augmentPatch`.
 *
 * @returns a patch of the same shape in single precision
 */
export function affine<T extends TypedArray>(
  patch: NdArray<T>,
  options: AffineOptions,
): NdArray<Float32Array> {
  const {
    angleDegClockwise = 0,
    translate = [0, 0],
    scale = 1,
    interpolation = 'nearest',
    fill = 0,
  } = checkedOptions('affine', options, [
    'angleDegClockwise',
    'translate',
    'scale',
    'interpolation',
    'fill',
  ]);
  if (!Number.isFinite(angleDegClockwise)) {
    throw new InvalidArgumentError('angleDegClockwise', angleDegClockwise, 'a finite number');
  }
  if (translate.length !== 2 || !translate.every(Number.isFinite)) {
    throw new InvalidArgumentError('translate', translate, 'two finite numbers [x, y] of pixels');
  }
  if (!(scale > 0 && Number.isFinite(scale))) {
    throw new InvalidArgumentError('scale', scale, 'a finite number > 0');
  }
  if (interpolation !== 'nearest' && interpolation !== 'bilinear') {
    throw new InvalidArgumentError('interpolation', interpolation, "'nearest' or 'bilinear'");
  }
  const planes = planesOf(patch);
  const { height, width, channels } = planes;
  const angle = (angleDegClockwise * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle) / scale, Math.sin(angle) / scale];
  const [cx, cy] = [(width - 1) / 2, (height - 1) / 2];
  const sample = interpolation === 'nearest' ? nearest : bilinear;
  const area = height * width;
  const data = new Float32Array(planes.data.length);
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0; x < width; x++, to++) {
      const dx = x - cx - translate[0];
      const dy = y - cy - translate[1];
      const sx = cos * dx + sin * dy + cx;
      const sy = cos * dy - sin * dx + cy;
      for (let c = 0; c < Math.max(1, channels); c++) {
        data[c * area + to] = sample(planes, c * area, sx, sy, fill);
      }
    }
  }
  return patchOf({ data, channels, height, width });
}

/** Turn a patch about its centre as torchvision's `rotate` does (`expand=False`); see {@link affine}. */
export function rotate<T extends TypedArray>(
  patch: NdArray<T>,
  options: RotateOptions,
): NdArray<Float32Array> {
  const {
    angleDegCounterclockwise = 0,
    interpolation,
    fill,
  } = checkedOptions('rotate', options, ['angleDegCounterclockwise', 'interpolation', 'fill']);
  return affine(patch, { angleDegClockwise: -angleDegCounterclockwise, interpolation, fill });
}

function nearest(
  { data, height, width }: Planes,
  offset: number,
  sx: number,
  sy: number,
  fill: number,
): number {
  const [x, y] = [roundHalfEven(sx), roundHalfEven(sy)];
  return x >= 0 && y >= 0 && x < width && y < height ? data[offset + y * width + x] : fill;
}

/**
 * torchvision samples the patch and a mask of ones, both with zeros outside, and blends the sample with
 * `fill` by the mask: at the border the share of the patch counts twice.
 */
function bilinear(
  { data, height, width }: Planes,
  offset: number,
  sx: number,
  sy: number,
  fill: number,
): number {
  const [x0, y0] = [Math.floor(sx), Math.floor(sy)];
  let value = 0;
  let share = 0;
  for (let y = y0; y <= y0 + 1; y++) {
    for (let x = x0; x <= x0 + 1; x++) {
      if (x < 0 || y < 0 || x >= width || y >= height) continue;
      const weight = (1 - Math.abs(sx - x)) * (1 - Math.abs(sy - y));
      value += weight * data[offset + y * width + x];
      share += weight;
    }
  }
  return share * value + (1 - share) * fill;
}

/** The rounding of PyTorch's sampler. */
function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return rest < 0.5 ? floor : floor + 1;
  return floor % 2 === 0 ? floor : floor + 1;
}
