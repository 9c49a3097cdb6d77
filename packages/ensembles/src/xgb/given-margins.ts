import { InvalidDataError } from '../errors.js';
import type { NumericVector } from '../data/targets.js';

/**
 * Margins that were given, as float32.
 *
 * @param outputs per row; absent where it is not known yet, then any multiple of the rows will do
 * @throws InvalidDataError when there are too few or too many, or one is not finite
 */
export function marginsGiven(
  margins: NumericVector | undefined,
  rows: number,
  outputs?: number,
): Float32Array | undefined {
  if (margins === undefined) return undefined;
  const fits =
    outputs === undefined
      ? margins.length > 0 && margins.length % rows === 0
      : margins.length === rows * outputs;
  if (!fits) {
    throw new InvalidDataError(
      'baseMargin',
      `it has ${margins.length} values; one per row and output is needed: ${rows} rows${outputs === undefined ? '' : ` × ${outputs}`}.`,
    );
  }
  return Float32Array.from(margins as ArrayLike<number>, (margin, i) => {
    if (!Number.isFinite(Math.fround(margin))) {
      throw new InvalidDataError('baseMargin', `found ${margin}; a finite float32 is needed.`, {
        row: Math.floor((i * rows) / margins.length),
      });
    }
    return margin;
  });
}
