import type { GrayLevelRule } from '../prepare/discretise.js';
import type { IbsiRegion } from '../prepare/prepare-region.js';
import type { ResolvedIbsiSettings } from '../settings.js';
import type { DiscretisedRegion } from './texture-source.js';

/** Turn the values of the intensity mask into gray levels. */
export function discretiseRegion(
  { response, morphological, distribution }: IbsiRegion,
  rule: GrayLevelRule,
  { distance, dependenceCoarseness }: ResolvedIbsiSettings,
): DiscretisedRegion {
  const { values } = response;
  const levels = new Uint32Array(values.length);
  for (let k = 0; k < values.length; k++) levels[k] = rule.levelOf(values[k]);
  return {
    region: response,
    levels,
    highest: rule.levelOf(distribution.maximum),
    morphological,
    distance,
    dependenceCoarseness,
  };
}
