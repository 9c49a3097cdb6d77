import { InvalidArgumentError } from '@steatosis/core';

/** A study of more observations is not planned. */
const LARGEST = 1e12;

/** A sample size as a whole number, and as the fraction at which the target is met exactly. */
export interface LeastSize {
  whole: number;
  fraction: number;
}

/**
 * The least size from which on `excess` is not negative.
 *
 * @param excess rises with the size, which need not be whole
 * @param least the smallest size that is defined
 * @param effect what the message calls too small, with its value
 * @throws InvalidArgumentError where even 10¹² observations are too few
 * @internal
 */
export function leastSize(
  excess: (size: number) => number,
  least: number,
  effect: { name: string; value: unknown },
): LeastSize {
  if (excess(least) >= 0) return { whole: Math.ceil(least), fraction: least };
  let low = least;
  let high = 2 * least;
  while (!(excess(high) >= 0)) {
    low = high;
    high *= 2;
    if (high > LARGEST) {
      throw new InvalidArgumentError(
        effect.name,
        effect.value,
        'an effect that the test can find: this one is none, lies against the alternative, or needs more than 10¹² observations',
      );
    }
  }
  while (high - low > 1e-13 * high) {
    const middle = (low + high) / 2;
    if (excess(middle) >= 0) high = middle;
    else low = middle;
  }
  // What bisection found is a rounding above; a whole number there counts as one.
  const below = Math.round(high);
  const whole = Math.abs(high - below) < 1e-9 * high ? below : Math.ceil(high);
  return { whole, fraction: high };
}
