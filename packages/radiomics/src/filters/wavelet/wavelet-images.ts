import { InvalidArgumentError, type Volume } from '@steatosis/core';
import type { DerivedImage } from '../image-type.js';
import { wantedBox, type WithinOptions } from '../wanted-box.js';
import { filterBank } from './filter-bank.js';
import { subBands } from './sub-bands.js';

/** Options of {@link waveletImages}; names and defaults are those of PyRadiomics. */
export interface WaveletOptions extends WithinOptions {
  /** Name of the wavelet as PyWavelets has it; see {@link waveletNames}. Default `'coif1'`. */
  wavelet?: string;
  /** Levels of decomposition, an integer ≥ 1. Default 1. */
  level?: number;
  /** Levels to leave out before the first, an integer ≥ 0. Default 0. */
  start_level?: number;
  /** Leave the axis of `force2Ddimension` as it is. Default false. */
  force2D?: boolean;
  /** Axis across the planes: 0 = z, 1 = y, 2 = x. Default 0. Ignored unless `force2D` is set. */
  force2Ddimension?: 0 | 1 | 2;
}

/**
 * Sub-bands of the stationary wavelet transform, as PyRadiomics names and computes them.
 *
 * Letters say which filter went along x, y and z: `wavelet-LLH` is low-pass along x and y and high-pass along z. Later
 * levels (`wavelet2-LLH`) filter the approximation of the level before; the approximation `LLL` itself comes last and once.
 * Axes are periodic; one of odd length first gets a copy of its first sample at its end. The filters are not dilated from
 * level to level, since PyRadiomics calls PyWavelets' `swtn` anew each time. Results are bit-equal to PyWavelets':
 * `Float32Array` where the image is `Float32Array`, else `Float64Array`.
 *
 * Bands are made when they are asked for, four at a time; let go of one before taking the next, and
 * at most five are in memory.
 *
 * @throws InvalidArgumentError for an unknown wavelet, impossible levels, or an image with components
 * @throws WasmSimdMissingError where WebAssembly or its SIMD instructions are missing
 * @example
 * ```ts
 * import { createVolume } from '@steatosis/core';
 * import { waveletImages } from '@steatosis/radiomics';
 *
 * const image = createVolume(Int16Array.of(1, 5, 2, 8), [2, 2, 1]);
 * const bands = [...waveletImages(image, { wavelet: 'haar', force2D: true })];
 * console.log(bands.map(({ name }) => name).join()); // wavelet-LH,wavelet-HL,wavelet-HH,wavelet-LL
 * console.log(Math.round(bands[3]!.image.data.get(0, 0, 0))); // 8: (1 + 5 + 2 + 8) / 2
 * ```
 */
export function waveletImages(
  image: Volume,
  options: WaveletOptions = {},
): Generator<DerivedImage, void, undefined> {
  const { wavelet = 'coif1', level = 1, start_level = 0 } = options;
  const bank = filterBank(wavelet, image.data.data instanceof Float32Array);
  expectLevels('level', level, 1);
  expectLevels('start_level', start_level, 0);
  const { box, like } = wantedBox(image, options.within);
  const across = options.force2D === true ? 2 - (options.force2Ddimension ?? 0) : undefined;
  const axes = ([0, 1, 2] as const).filter((axis) => axis !== across);
  return subBands(image, { box, like, bank, axes, skipped: start_level, levels: level });
}

function expectLevels(name: string, value: number, least: number): void {
  if (Number.isInteger(value) && value >= least && value <= 64) return;
  throw new InvalidArgumentError(name, value, `an integer from ${least} to 64`);
}
