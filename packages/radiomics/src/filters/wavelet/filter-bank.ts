import { InvalidArgumentError } from '@steatosis/core';
import { nearestName } from '../../settings/nearest.js';
import { BIORTHOGONAL } from './biorthogonal.js';
import { COIFLETS } from './coiflets.js';
import { daubechies } from './daubechies.js';
import { SYMLETS } from './symlets.js';
import { waveletNames } from './wavelet-names.js';

/** The decomposition filters of a wavelet, in PyWavelets' order of taps: `dec_lo` and `dec_hi`. */
export interface FilterBank {
  low: Float64Array;
  high: Float64Array;
}

/** Banks that were asked for. */
let known: Map<string, FilterBank> | undefined;

/**
 * Low-pass and high-pass taps of a wavelet.
 *
 * @param name as PyWavelets has it, such as `coif1`
 * @param single the taps with which PyWavelets filters single-precision images
 * @throws InvalidArgumentError for an unknown name
 */
export function filterBank(name: string, single = false): FilterBank {
  known ??= new Map();
  let bank = known.get(name);
  if (bank === undefined) {
    if (!waveletNames().includes(name)) throw unknownWavelet(name);
    bank = makeBank(name);
    known.set(name, bank);
  }
  return single ? singleBank(name, bank) : bank;
}

/** PyWavelets rounds the taps; those of coiflets before and after it multiplies its table by √2. */
function singleBank(name: string, { low, high }: FilterBank): FilterBank {
  const round = name.startsWith('coif')
    ? (tap: number) => Math.fround(Math.fround(tap / Math.SQRT2) * Math.fround(Math.SQRT2))
    : Math.fround;
  return { low: low.map(round), high: high.map(round) };
}

function makeBank(name: string): FilterBank {
  if (name.startsWith('bior')) return biorthogonal(name);
  if (name.startsWith('rbio')) {
    // Synthesis filters of the wavelet whose analysis filters these were.
    const { low, high } = biorthogonal(name.replace('rbio', 'bior'));
    return { low: alternated(high).reverse(), high: alternated(low.slice().reverse()) };
  }
  const low =
    name === 'haar' || name.startsWith('db')
      ? daubechies(name === 'haar' ? 1 : Number(name.slice(2)))
      : stored(name.startsWith('coif') ? COIFLETS : SYMLETS, name);
  return { low, high: alternated(low.slice().reverse()) };
}

function biorthogonal(name: string): FilterBank {
  const taps = stored(BIORTHOGONAL, name);
  return { low: taps.subarray(0, taps.length / 2), high: taps.subarray(taps.length / 2) };
}

/** The numbers after a name, in text of `name: number number …`. */
function stored(table: string, name: string): Float64Array<ArrayBuffer> {
  const from = table.indexOf(`\n${name}:`) + name.length + 2;
  const end = table.indexOf(':', from);
  // The next name stands before its colon.
  const words = table
    .slice(from, end < 0 ? undefined : end)
    .trim()
    .split(/\s+/);
  if (end >= 0) words.pop();
  return Float64Array.from(words, Number);
}

/** −t₀, t₁, −t₂, … */
function alternated(taps: Float64Array): Float64Array {
  return taps.map((tap, k) => (k % 2 === 0 ? -tap : tap));
}

function unknownWavelet(name: string): InvalidArgumentError {
  const nearest = nearestName(name, waveletNames());
  return new InvalidArgumentError(
    'wavelet',
    name,
    `one of haar, db1 to db38, sym2 to sym20, coif1 to coif17, bior or rbio 1.1 to 6.8, dmey` +
      (nearest === undefined ? '' : `; the nearest is ${nearest}`),
  );
}
