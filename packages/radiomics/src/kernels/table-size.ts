import { TooManyGrayLevelsError } from '../errors.js';

/** Cells that one table of counts may have: 256 MiB of them. */
const MOST_CELLS = 2 ** 26;

/**
 * Refuse a table of one row per gray level that would take too much memory.
 *
 * @throws TooManyGrayLevelsError
 */
export function expectTableFits(levels: number, width: number): void {
  if (levels * width <= MOST_CELLS) return;
  throw new TooManyGrayLevelsError(levels, Math.floor(MOST_CELLS / width));
}
