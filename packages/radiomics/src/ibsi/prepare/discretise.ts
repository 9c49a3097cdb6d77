import { MOST_GRAY_LEVELS } from '../../discretise/bins.js';
import { SettingsError, TooManyGrayLevelsError } from '../../errors.js';
import type { ValueDistribution } from '../../features/value-distribution.js';
import type { IbsiDiscretisation } from '../settings.js';

/** A rule that turns gray values into gray levels 1, 2, …. */
export interface GrayLevelRule {
  levelOf(value: number): number;
}

/**
 * The gray levels of histogram and texture.
 *
 * @param distribution values of the intensity mask
 * @param lowest lower end of the range of values that is known beforehand, −Infinity if open
 * @throws SettingsError when the values do not suit the rule
 * @throws TooManyGrayLevelsError
 */
export function grayLevelRule(
  discretisation: IbsiDiscretisation,
  distribution: ValueDistribution,
  lowest: number,
): GrayLevelRule {
  const { minimum, maximum } = distribution;
  const rule = ruleOf(discretisation, minimum, maximum, lowest, distribution);
  const highest = rule.levelOf(maximum);
  if (!(highest <= MOST_GRAY_LEVELS)) throw new TooManyGrayLevelsError(highest, MOST_GRAY_LEVELS);
  return rule;
}

function ruleOf(
  discretisation: IbsiDiscretisation,
  minimum: number,
  maximum: number,
  lowest: number,
  distribution: ValueDistribution,
): GrayLevelRule {
  if (discretisation === 'none') {
    expectLevels(distribution);
    return { levelOf: (value) => value };
  }
  if ('binCount' in discretisation) return countRule(discretisation.binCount, minimum, maximum);
  const start = startOf('discretisation', discretisation, minimum, lowest);
  return widthRule(discretisation.binWidth, start);
}

/** Bins [start + (k − 1)·width, start + k·width). */
export function widthRule(width: number, start: number): GrayLevelRule {
  return { levelOf: (value) => Math.floor((value - start) / width) + 1 };
}

/** Equal bins over the range, the maximum in the last one; a flat region has level 1 only. */
export function countRule(count: number, minimum: number, maximum: number): GrayLevelRule {
  const range = maximum - minimum;
  return {
    levelOf: (value) =>
      range === 0 ? 1 : Math.min(count, Math.floor((count * (value - minimum)) / range) + 1),
  };
}

/** Where bins of a fixed width start. @throws SettingsError when that lies above a value of the region */
export function startOf(
  key: string,
  discretisation: { readonly start?: number },
  minimum: number,
  lowest: number,
): number {
  const start = discretisation.start ?? (lowest === -Infinity ? minimum : lowest);
  if (start <= minimum) return start;
  throw new SettingsError(
    `${key}.start`,
    start,
    `The bins start at ${start}, but the region holds ${minimum}; expected no value below the start. ` +
      `Set a lower start, or a resegmentRange that leaves such values out.`,
  );
}

function expectLevels({ values }: ValueDistribution): void {
  const bad = values.find((value) => !Number.isInteger(value) || value < 1);
  if (bad === undefined) return;
  throw new SettingsError(
    'discretisation',
    'none',
    `The region holds ${bad}; without discretisation its values must be gray levels, integers ≥ 1. ` +
      `Set discretisation to { binWidth } or { binCount }.`,
  );
}
