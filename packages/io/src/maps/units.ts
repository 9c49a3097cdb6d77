import { type Volume, volumeLike } from '@steatosis/core';
import { UnsupportedFormatError } from '../errors.js';
import { lookup } from '../lookup.js';
import type { FoundMap } from './scanner-maps.js';

type Warn = (message: string) => void;

/** Percent in one unit of a fat fraction. */
const PERCENT: Readonly<Record<string, number>> = {
  '%': 1,
  percent: 1,
  pct: 1,
  '0.1%': 0.1,
  '0.1 %': 0.1,
  '‰': 0.1,
  permille: 0.1,
  fraction: 100,
  ratio: 100,
  '1': 100,
};

/** Relaxation rates: 1/s in one unit. */
const PER_SECOND: Readonly<Record<string, number>> = {
  '1/s': 1,
  '/s': 1,
  's-1': 1,
  's^-1': 1,
  'sec-1': 1,
  hz: 1,
  '1/ms': 1000,
  'ms-1': 1000,
};

/** Relaxation times: ms in one unit. */
const MILLISECONDS: Readonly<Record<string, number>> = { ms: 1, msec: 1, s: 1000, sec: 1000 };

/**
 * A fat fraction in percent: by the unit where the file gives one, else by what its values and its
 * manufacturer make likely, with a warning.
 */
export function pdffPercentOf(found: FoundMap, warn: Warn): Volume<Float32Array> {
  const declared = declaredFactor(PERCENT, found);
  return times(found.volume, declared ?? assumedPercent(found, warn));
}

/** R2* in 1/s. */
export function r2starPerSecondOf(found: FoundMap, warn: Warn): Volume<Float32Array> {
  const factor = declaredFactor(PER_SECOND, found);
  if (factor === undefined) warn(`${found.source}: its R2* has no unit and is taken as 1/s.`);
  return times(found.volume, factor ?? 1);
}

/** R2* = 1000 / T2*[ms]; 0 where T2* is not positive. */
export function r2starOfT2star(found: FoundMap, warn: Warn): Volume<Float32Array> {
  const factor = declaredFactor(MILLISECONDS, found);
  const largest = largestUsual(found.volume.data.data);
  if (factor === 1000 && largest > 5) {
    throw new UnsupportedFormatError(
      'T2* unit',
      `its T2* is said to be in seconds and reaches ${show(largest)}, which looks like milliseconds; correct the unit, or the values`,
      { source: found.source },
    );
  }
  const unit = factor === undefined ? 'ms, which no unit in the file confirms' : found.unit;
  warn(
    `${found.source}: R2* was computed as 1/T2* from a T2* map in ${unit}; it is 0 where T2* is not positive.`,
  );
  return volumeLike(
    found.volume,
    found.volume.data.data.map((time) => (time > 0 ? 1000 / (time * (factor ?? 1)) : 0)),
  );
}

/**
 * PDFF of two magnitude images, which cannot tell negative signal from positive: noise makes a floor in
 * tissue without fat, and a ceiling in fat.
 */
export function pdffOfSignals(
  water: Volume<Float32Array>,
  fat: Volume<Float32Array>,
): Volume<Float32Array> {
  const [w, f] = [water.data.data, fat.data.data];
  return volumeLike(
    water,
    w.map((signal, i) => (signal + f[i] === 0 ? 0 : (100 * f[i]) / (signal + f[i]))),
  );
}

function assumedPercent({ source, volume, tenths }: FoundMap, warn: Warn): number {
  const largest = largestUsual(volume.data.data);
  const values = `no unit is given, its values reach ${show(largest)}`;
  if (largest > 1200) {
    throw new UnsupportedFormatError(
      'fat fraction unit',
      `it is a fat fraction without a unit whose values reach ${show(largest)}; percent, tenths of a percent or fractions were expected. Export it with its rescale slope, or convert it to NIfTI with "Units": "percent" in a sidecar`,
      { source },
    );
  }
  if (tenths || largest > 120) {
    const doubt =
      largest <= 120 ? '; if these are percent already, they are ten times too low' : '';
    warn(`${source}: its fat fraction is taken as tenths of a percent (${values})${doubt}.`);
    return 0.1;
  }
  if (largest <= 1.2 && volume.data.data.some((v) => !Number.isInteger(v))) {
    warn(`${source}: its fat fraction is taken as a fraction of 1 (${values}).`);
    return 100;
  }
  warn(`${source}: its fat fraction is taken as percent (${values}).`);
  return 1;
}

/** The factor of a known unit. @throws UnsupportedFormatError for one that cannot be meant */
function declaredFactor(
  units: Readonly<Record<string, number>>,
  { unit, source }: FoundMap,
): number | undefined {
  if (unit === undefined) return undefined;
  const word = unit.trim().toLowerCase();
  const factor = lookup(units, word);
  if (factor !== undefined) return factor;
  if (UNITLESS.includes(word)) return undefined;
  throw new UnsupportedFormatError(
    'unit',
    `its unit is ${JSON.stringify(unit.slice(0, 40))}; one of ${Object.keys(units).join(', ')} was expected`,
    { source },
  );
}

/** Words of Rescale Type and of sidecars that give no unit. */
const UNITLESS: readonly string[] = ['', 'normalized', 'arbitrary', 'unspecified', 'us', 'none'];

/** The 99th percentile of the positive values, of at most 65,536 evenly spread ones; 0 where there are none. */
function largestUsual(values: Float32Array): number {
  const step = Math.max(1, Math.floor(values.length / 65_536));
  const positive: number[] = [];
  for (let i = 0; i < values.length; i += step) if (values[i] > 0) positive.push(values[i]);
  const sorted = Float32Array.from(positive).sort();
  return sorted[Math.floor(0.99 * (sorted.length - 1))] ?? 0;
}

function times(volume: Volume<Float32Array>, factor: number): Volume<Float32Array> {
  if (factor === 1) return volume;
  return volumeLike(
    volume,
    volume.data.data.map((value) => value * factor),
  );
}

function show(value: number): string {
  return String(Number(value.toPrecision(4)));
}
