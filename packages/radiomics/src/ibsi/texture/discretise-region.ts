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
  return {
    region: response,
    levels: Uint32Array.from(response.values, (value) => rule.levelOf(value)),
    highest: rule.levelOf(distribution.maximum),
    morphological,
    distance,
    dependenceCoarseness,
  };
}
