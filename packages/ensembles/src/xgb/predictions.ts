import { InvalidArgumentError } from '@steatosis/core';
import { checkNames } from '../data/parameters.js';
import type { NumericVector } from '../data/targets.js';
import type { TreeRange } from './predict/predict.js';
import type { TrainedTrees } from './training-setup.js';

/** What predictions take beside the features. */
export interface PredictOptions {
  /** First boosting round and the one after the last whose trees count; default all, or up to the best one. */
  iterationRange?: readonly [begin: number, end: number] | undefined;
  /** Margins to start from instead of the base score: one per row and output, row by row; default none. */
  baseMargin?: NumericVector | undefined;
}

/** Throw for options that do not exist. */
export function checkPredictOptions(options: PredictOptions): void {
  checkNames('predict', options, ['iterationRange', 'baseMargin'], []);
}

/** The two numbers of a range, or none that a round could have. */
function pair(range: readonly [number, number]): readonly [number, number] {
  return Array.isArray(range) && range.length === 2 ? range : [NaN, NaN];
}

/** Trees of the rounds `begin` … `end` − 1. */
export function treeRange(
  { iterationStarts }: Pick<TrainedTrees, 'iterationStarts'>,
  range: readonly [number, number] | undefined,
): TreeRange {
  const rounds = iterationStarts.length - 1;
  const [begin, end] = range === undefined ? [0, rounds] : pair(range);
  if (
    !Number.isInteger(begin) ||
    !Number.isInteger(end) ||
    begin < 0 ||
    end > rounds ||
    begin > end
  ) {
    throw new InvalidArgumentError(
      'iterationRange',
      range,
      `rounds [begin, end] with 0 ≤ begin ≤ end ≤ ${rounds}`,
    );
  }
  return { begin: iterationStarts[begin], end: iterationStarts[end] };
}
