import type { LongTaskOptions } from '@steatosis/core';
import { checkNames } from './parameters.js';
import type { NumericVector } from './targets.js';

/** What every `fit` takes beside features and labels. */
export interface FitOptions extends Pick<LongTaskOptions, 'signal' | 'onProgress'> {
  /** One weight ≥ 0 per row; default all 1. */
  sampleWeight?: NumericVector | undefined;
}

/** Throw for options that do not exist or are not supported yet. */
export function checkFitOptions(owner: string, options: FitOptions): void {
  checkNames(
    `${owner}.fit`,
    options,
    ['sampleWeight', 'signal', 'onProgress'],
    ['evalSet', 'workers'],
  );
}
