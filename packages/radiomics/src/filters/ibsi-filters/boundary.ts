import { InvalidArgumentError, type Volume } from '@steatosis/core';
import { type Samples, samplesOf } from '../separable/samples.js';

/**
 * How an image goes on beyond its ends a b c: `zero` … 0 0 | a b c | 0 0 …, `nearest` a a | a b c | c c, `periodise`
 * b c | a b c | a b, `mirror` b a | a b c | c b.
 */
export type Boundary = 'zero' | 'nearest' | 'periodise' | 'mirror';

/** The voxels of an image with a boundary rule, which is checked. */
export function boundedSamples(image: Volume, boundary: Boundary): Samples {
  return samplesOf(image, indexRule(boundary));
}

function indexRule(boundary: Boundary): (index: number, length: number) => number {
  switch (boundary) {
    case 'zero':
      return (index, length) => (index >= 0 && index < length ? index : -1);
    case 'nearest':
      return (index, length) => Math.min(Math.max(index, 0), length - 1);
    case 'periodise':
      return modulo;
    case 'mirror':
      return (index, length) => {
        const place = modulo(index, 2 * length);
        return Math.min(place, 2 * length - 1 - place);
      };
    default:
      throw new InvalidArgumentError(
        'boundary',
        boundary,
        "'zero', 'nearest', 'periodise' or 'mirror'",
      );
  }
}

function modulo(value: number, period: number): number {
  const rest = value % period;
  return rest < 0 ? rest + period : rest;
}
