import { InvalidArgumentError } from '@steatosis/core';
import type { Alternative } from '../alternative.js';
import type { PValue } from '../special/p-value.js';
import { countArrangements } from './arrangements.js';
import { type Level, numberOfChoices } from './choices.js';

/**
 * P of Σ xᵢyᵢ over all orders of one variable's ranks beside the other's; two-sided those as far from the mean of them all.
 *
 * @param x ranks times a factor, whole numbers
 * @param y likewise
 * @throws InvalidArgumentError where counting would take too long
 * @internal
 */
export function exactSpearmanP(x: Float64Array, y: Float64Array, alternative: Alternative): PValue {
  const a = wholeSteps(x);
  const b = wholeSteps(y);
  const [levelsA, levelsB] = [levelsOf(a), levelsOf(b)];
  const fewer = numberOfChoices(levelsA) < numberOfChoices(levelsB);
  const values = (fewer ? b : a).slice().sort((p, q) => p - q);
  const levels = fewer ? levelsA : levelsB;
  const n = values.length;
  const found = a.reduce((sum, value, i) => sum + value * b[i], 0);
  const total = sumOf(values);
  // n times the mean of Σ ab over all orders, which may be no whole number.
  const centre = sumOf(a) * sumOf(b);

  const atLeast = (threshold: number) => share(values, levels, threshold);
  const top = levels[levels.length - 1].value;
  const mirrored = levels.map(({ value, size }) => ({ value: top - value, size })).reverse();
  const atMost = (threshold: number) => share(values, mirrored, top * total - threshold);
  if (alternative === 'greater') return atLeast(found);
  if (alternative === 'less') return atMost(found);
  const distance = Math.abs(n * found - centre);
  if (distance === 0) return { p: 1, logP: 0 };
  const upper = atLeast(Math.ceil((centre + distance) / n));
  const lower =
    isSymmetric(values) || isSymmetric(levels.flatMap(({ value, size }) => repeated(value, size)))
      ? upper
      : atMost(Math.floor((centre - distance) / n));
  const p = upper.p + lower.p;
  return { p, logP: Math.log(p) };
}

function share(values: readonly number[], levels: readonly Level[], threshold: number): PValue {
  const counts = countArrangements(values, levels, threshold);
  if (counts === undefined) {
    throw new InvalidArgumentError(
      'method',
      'exact',
      `fewer pairs (up to 18 without ties, more where one variable has few levels) than these ${values.length}; choose 't' or 'edgeworth'`,
    );
  }
  const p = counts.atLeast / counts.all;
  return { p, logP: Math.log(counts.atLeast) - Math.log(counts.all) };
}

/** The values above the least one in units of their greatest common divisor. */
function wholeSteps(ranks: Float64Array): number[] {
  let least = ranks[0];
  for (const rank of ranks) least = Math.min(least, rank);
  let unit = 0;
  for (const rank of ranks) unit = commonDivisor(rank - least, unit);
  return Array.from(ranks, (rank) => (rank - least) / unit);
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}

function levelsOf(values: readonly number[]): Level[] {
  const sizes = new Map<number, number>();
  for (const value of values) sizes.set(value, (sizes.get(value) ?? 0) + 1);
  return [...sizes].map(([value, size]) => ({ value, size })).sort((a, b) => a.value - b.value);
}

function repeated(value: number, size: number): number[] {
  return Array.from({ length: size }, () => value);
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** Whether sorted values are a mirror image of themselves, so that both tails have one size. */
function isSymmetric(sorted: readonly number[]): boolean {
  const ends = sorted[0] + sorted[sorted.length - 1];
  return sorted.every((value, i) => value + sorted[sorted.length - 1 - i] === ends);
}
