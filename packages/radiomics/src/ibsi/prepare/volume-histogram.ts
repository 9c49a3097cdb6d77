import { MOST_GRAY_LEVELS } from '../../discretise/bins.js';
import { SettingsError, TooManyGrayLevelsError } from '../../errors.js';
import type { ValueDistribution } from '../../features/value-distribution.js';
import { type IntensityAxis, VolumeHistogram } from '../intensity/volume-histogram-measures.js';
import type { IbsiDiscretisation } from '../settings.js';
import { countRule, type GrayLevelRule, startOf, widthRule } from './discretise.js';

/**
 * The intensity–volume histogram of the intensity mask. Its axis runs over the range that is given where that
 * has ends, over the range of the values otherwise, or over all bins where their number is fixed.
 *
 * @throws SettingsError when the values are no integers and no discretisation is set
 */
export function volumeHistogram(
  distribution: ValueDistribution,
  discretisation: IbsiDiscretisation,
  [low, high]: readonly [number, number],
): VolumeHistogram {
  const { minimum, maximum } = distribution;
  if (discretisation === 'none') {
    expectIntegers(distribution);
    const first = low === -Infinity ? minimum : Math.ceil(low);
    const last = high === Infinity ? maximum : Math.floor(high);
    const axis = { levels: last - first + 1, first, step: 1 };
    return histogramOf(distribution, { levelOf: (value) => value - first + 1 }, axis);
  }
  if ('binCount' in discretisation) {
    const { binCount } = discretisation;
    const axis = { levels: binCount, first: 1, step: 1 };
    return histogramOf(distribution, countRule(binCount, minimum, maximum), axis);
  }
  const { binWidth } = discretisation;
  const start = startOf('ivhDiscretisation', discretisation, minimum, low);
  const rule = widthRule(binWidth, start);
  const highest = rule.levelOf(maximum);
  const levels =
    high === Infinity ? highest : Math.max(highest, Math.ceil((high - start) / binWidth));
  if (!(levels <= MOST_GRAY_LEVELS)) throw new TooManyGrayLevelsError(levels, MOST_GRAY_LEVELS);
  return histogramOf(distribution, rule, { levels, first: start + binWidth / 2, step: binWidth });
}

function histogramOf(
  distribution: ValueDistribution,
  rule: GrayLevelRule,
  axis: IntensityAxis,
): VolumeHistogram {
  const { levels, counts } = levelCounts(distribution, rule);
  return new VolumeHistogram(levels, counts, axis);
}

/** The levels that occur, ascending, and the voxels of each. */
export function levelCounts(
  { values, counts }: ValueDistribution,
  rule: GrayLevelRule,
): { levels: Float64Array; counts: Float64Array } {
  const levels = new Float64Array(values.length);
  const voxels = new Float64Array(values.length);
  let distinct = 0;
  for (let k = 0; k < values.length; k++) {
    const level = rule.levelOf(values[k]);
    if (distinct === 0 || levels[distinct - 1] !== level) levels[distinct++] = level;
    voxels[distinct - 1] += counts[k];
  }
  return { levels: levels.subarray(0, distinct), counts: voxels.subarray(0, distinct) };
}

function expectIntegers({ values }: ValueDistribution): void {
  const bad = values.find((value) => !Number.isInteger(value));
  if (bad === undefined) return;
  throw new SettingsError(
    'ivhDiscretisation',
    'none',
    `The region holds ${bad}; without discretisation the intensity–volume histogram counts integers. ` +
      `Set ivhDiscretisation to { binWidth } or { binCount }, IBSI advises { binCount: 1000 }.`,
  );
}
