import { sameGridOrThrow, type Volume } from '@steatosis/core';
import { EmptyMaskError } from '../errors.js';
import type { Diagnostics } from '../extract/diagnostics.js';
import { extractWithDiagnostics } from '../extract/extract-features.js';
import { findLabelBoxes } from '../roi/find-boxes.js';
import type { Settings } from '../settings/settings.js';

/** What came of one region: its features, or what was thrown. */
export type RegionOutcome =
  | { label: number; features: Record<string, number>; diagnostics: Diagnostics }
  | { label: number | undefined; error: Error };

/**
 * The regions of one case, one after the other. What one of them throws is its own outcome.
 *
 * @param labels values of the regions, or `'all'` for every value of the mask but 0
 */
export function extractRegions(
  image: Volume,
  mask: Volume,
  labels: readonly number[] | 'all',
  settings: Settings,
): RegionOutcome[] {
  let wanted: readonly number[];
  try {
    wanted = labels === 'all' ? labelsOf(image, mask) : labels;
  } catch (thrown) {
    return [{ label: undefined, error: asError(thrown) }];
  }
  return wanted.map((label) => {
    try {
      return { label, ...extractWithDiagnostics(image, mask, { ...settings, label }) };
    } catch (thrown) {
      return { label, error: asError(thrown) };
    }
  });
}

/** Every value of the mask but 0, ascending. */
function labelsOf(image: Volume, mask: Volume): number[] {
  sameGridOrThrow(image, mask);
  const labels = [...findLabelBoxes(mask.data).keys()];
  if (labels.length === 0) throw new EmptyMaskError();
  return labels;
}

/** What was thrown, as an error. */
export function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown), { cause: thrown });
}
