import { InvalidArgumentError, type Volume } from '@steatosis/core';
import { filterBank } from '../wavelet/filter-bank.js';
import { type AxisFilter, inSequence, mirroredFilter, symmetricPart } from './axis-filter.js';
import { type FilterOptions, sumOfSeparable } from './sum-of-separable.js';

/** Options of {@link separableWavelet}. */
export interface SeparableWaveletOptions extends FilterOptions {
  /** Name of the wavelet as PyWavelets has it; see {@link waveletNames}. */
  wavelet: string;
  /**
   * Which filter goes along x, y and z (x and y if `planar`): `L` for low-pass, `H` for high-pass, such as `'LLH'`.
   */
  filters: string;
  /** Level of decomposition, an integer from 1 to 8. Default 1. */
  level?: number;
  /**
   * Average the responses over all turns of the filter by right angles: 24, or 4 if `planar`. Default false.
   */
  rotationInvariant?: boolean;
}

/**
 * Response to a separable wavelet by IBSI's definition: undecimated, the filters of level n with their taps 2ⁿ⁻¹ voxels
 * apart after the low-pass filters of the levels before, the image continued once before all of them.
 *
 * Source: IBSI 2 reference manual, arXiv:2006.05470, "separable wavelets". PyRadiomics' {@link waveletImages} differs from
 * level 2 on, where it does not spread the taps, and is periodic.
 *
 * @returns double precision
 * @throws InvalidArgumentError for an unknown wavelet or boundary rule, letters that do not fit, or an impossible level
 * @throws WasmSimdMissingError where WebAssembly or its SIMD instructions are missing
 * @example
 * ```ts
 * import { createVolume } from '@steatosis/core';
 * import { separableWavelet } from '@steatosis/radiomics';
 *
 * const edge = createVolume(Int16Array.of(0, 0, 8, 8), [4, 1, 1]);
 * const response = separableWavelet(edge, { wavelet: 'haar', filters: 'HL', planar: true });
 * console.log([...response.data.data].map(Math.round).join(' ')); // 0 -8 0 0
 * ```
 */
export function separableWavelet(
  image: Volume,
  options: SeparableWaveletOptions,
): Volume<Float64Array> {
  const { wavelet, filters, level = 1, rotationInvariant = false, planar = false } = options;
  if (!new RegExp(planar ? '^[LH]{2}$' : '^[LH]{3}$').test(filters)) {
    throw new InvalidArgumentError(
      'filters',
      filters,
      planar
        ? "two letters L or H for x and y, such as 'LH'"
        : "three letters L or H, such as 'LLH'",
    );
  }
  if (!(Number.isInteger(level) && level >= 1 && level <= 8)) {
    throw new InvalidArgumentError('level', level, 'an integer from 1 to 8');
  }
  const along = levelFilters(wavelet, level);
  const terms = rotationInvariant ? turned(filters, along) : [lettersOf(filters, along)];
  return sumOfSeparable(image, terms, 1 / terms.length, options);
}

/** What a level does along one axis, the levels before included. */
type LevelFilters = Record<'L' | 'H', AxisFilter>;

function levelFilters(wavelet: string, level: number): LevelFilters {
  const { low, high } = filterBank(wavelet);
  const bank = (taps: Float64Array): AxisFilter => ({ taps, ahead: taps.length / 2 });
  let before: AxisFilter = { taps: Float64Array.of(1), ahead: 0 };
  for (let k = 1; k < level; k++) before = inSequence(before, bank(low), 2 ** (k - 1));
  const spread = 2 ** (level - 1);
  return {
    L: inSequence(before, bank(low), spread),
    H: inSequence(before, bank(high), spread),
  };
}

function lettersOf(letters: string, along: LevelFilters): AxisFilter[] {
  return Array.from(letters, (letter) => along[letter as 'L' | 'H']);
}

/** Separable filters whose mean is the mean over all turns by right angles. */
function turned(letters: string, along: LevelFilters): AxisFilter[][] {
  if (letters.length === 2) {
    const [x, y] = lettersOf(letters, along);
    const [mx, my] = [mirroredFilter(x), mirroredFilter(y)];
    return [
      [x, y],
      [my, x],
      [mx, my],
      [y, mx],
    ];
  }
  // Of three letters two are alike, and turns that exchange their axes reach every combination of
  // mirrored axes. So the mean over the mirrored ones can be taken along each axis by itself.
  const symmetric = { L: symmetricPart(along.L), H: symmetricPart(along.H) };
  const [a, b, c] = letters;
  const orders = new Set([a + b + c, b + c + a, c + a + b]);
  return [...orders].map((order) => lettersOf(order, symmetric));
}
