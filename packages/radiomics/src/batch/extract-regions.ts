import type { Volume } from '@steatosis/core';
import { EmptyMaskError } from '../errors.js';
import { type Diagnostics, describeWhole, type WholeDescription } from '../extract/diagnostics.js';
import { extractWithDiagnostics } from '../extract/extract-with-diagnostics.js';
import { extractPlanned } from '../extract/extract-planned.js';
import { planOf } from '../extract/extraction-plan.js';
import { maskChannel } from '../prepare/align-mask.js';
import { findLabelBoxes } from '../roi/find-boxes.js';
import { type BatchSettings, channelOf, isPyradiomics } from './batch-settings.js';

/** What came of one region: its features, or what was thrown. */
export type RegionOutcome =
  | {
      label: number;
      features: Record<string, number>;
      diagnostics: Diagnostics | Record<string, number>;
    }
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
  settings: BatchSettings,
): RegionOutcome[] {
  let wanted: readonly number[];
  try {
    wanted = labels === 'all' ? labelsOf(mask, settings) : labels;
  } catch (thrown) {
    return [{ label: undefined, error: asError(thrown) }];
  }
  const extract = extractorOf(image, mask, settings);
  return wanted.map((label) => {
    try {
      return { label, ...extract(label) };
    } catch (thrown) {
      return { label, error: asError(thrown) };
    }
  });
}

type Extractor = (label: number) => Omit<Extract<RegionOutcome, { features: unknown }>, 'label'>;

/** The extraction by label; what is the same for all labels is made once. */
function extractorOf(image: Volume, mask: Volume, settings: BatchSettings): Extractor {
  if (!isPyradiomics(settings)) {
    const given = settings === 'ibsi' ? { definitions: settings } : settings;
    return (label) => extractWithDiagnostics(image, mask, { ...given, label });
  }
  let whole: WholeDescription | undefined;
  return (label) =>
    extractPlanned(image, mask, planOf({ ...settings, label }), (stage) => {
      whole ??= describeWhole(stage);
      return structuredClone(whole);
    });
}

/** Every value of the mask but 0, ascending. */
function labelsOf(mask: Volume, settings: BatchSettings): number[] {
  const labels = [...findLabelBoxes(maskChannel(mask, channelOf(settings)).data).keys()];
  if (labels.length === 0) throw new EmptyMaskError();
  return labels;
}

/** What was thrown, as an error. */
export function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown), { cause: thrown });
}
