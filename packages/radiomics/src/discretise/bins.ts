import { TooManyGrayLevelsError } from '../errors.js';
import type { Region } from '../roi/region.js';

/** Gray levels are kept in 31 bits, so that the sum of two fits into 32. */
export const MOST_GRAY_LEVELS = 2147483647;

/** How values become gray levels. `binCount`, where given, wins over `binWidth`. */
export interface BinRule {
  binWidth: number;
  binCount?: number | undefined;
}

/** Half-open bins [edge k, edge k+1); level 1 is the first. */
export interface Bins {
  levelOf(value: number): number;
  /** The level into which NaN falls, as `numpy.digitize` has it: one past the last edge. */
  readonly levelOfNaN: number;
}

/** The bins of a region, with edges equal to the last bit to those that PyRadiomics lays out. */
export function binsOf(region: Region, rule: BinRule): Bins {
  return rule.binCount === undefined
    ? widthBins(region, rule.binWidth)
    : countBins(region, rule.binCount);
}

/**
 * Bins of equal width, whose edges are multiples of the width: the first edge is
 * `minimum − (minimum mod width)`. Edges are `first + k·step` with the step as rounded by
 * `numpy.arange`, because a value that sits on an edge must fall on the same side of it.
 */
function widthBins(region: Region, width: number): Bins {
  const { minimum, maximum } = region;
  const first = minimum - flooredModulo(minimum, width);
  const step = first + width - first;
  const levels = Math.floor((maximum - first) / width) + 1;
  if (!(levels <= MOST_GRAY_LEVELS) || !(step > 0)) {
    throw new TooManyGrayLevelsError(levels, MOST_GRAY_LEVELS);
  }
  return {
    levelOf(value) {
      let k = Math.floor((value - first) / step);
      while (value < first + k * step) k--;
      while (value >= first + (k + 1) * step) k++;
      return k + 1;
    },
    levelOfNaN: Math.ceil((maximum + 2 * width - first) / width),
  };
}

/**
 * A fixed number of equal bins between minimum and maximum, the maximum inside the last one. The edges
 * of a `float32` image have `float32` precision, as `numpy.histogram` gives them.
 */
function countBins(region: Region, count: number): Bins {
  const flat = region.minimum === region.maximum;
  const first = flat ? region.minimum - 0.5 : region.minimum;
  const last = flat ? region.maximum + 0.5 : region.maximum;
  const round = region.single ? Math.fround : (x: number) => x;
  const step = (last - first) / count;
  const edge = (k: number) => round(k * step + first);
  return {
    levelOf(value) {
      let k = Math.min(count - 1, Math.floor((value - first) / step));
      while (k > 0 && value < edge(k)) k--;
      while (k < count - 1 && value >= edge(k + 1)) k++;
      return k + 1;
    },
    levelOfNaN: count + 1,
  };
}

/** The remainder with the sign of the divisor, as Python has it. */
function flooredModulo(value: number, divisor: number): number {
  const remainder = value % divisor;
  return remainder < 0 ? remainder + divisor : remainder;
}
