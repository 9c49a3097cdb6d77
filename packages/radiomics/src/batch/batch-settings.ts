import { SettingsError } from '../errors.js';
import { type AnyIbsiSettings, isIbsi } from '../ibsi/any-settings.js';
import { planOf } from '../extract/extraction-plan.js';
import type { ExtractionPlan } from '../extract/extraction-plan.js';
import { resolveIbsiSettings } from '../ibsi/resolve-settings.js';
import type { Settings } from '../settings/settings.js';

/** Settings of a batch, with either definitions. */
export type BatchSettings = Settings | AnyIbsiSettings;

/** Settings that were checked once for all cases. */
export interface CheckedSettings {
  given: BatchSettings;
  /** The label of cases that name none. */
  label: number;
  /** Of PyRadiomics' definitions. */
  plan: ExtractionPlan | undefined;
}

/** @throws SettingsError */
export function checkSettings(given: BatchSettings, workers: number): CheckedSettings {
  if (!isPyradiomics(given)) {
    if (workers > 0 && given !== 'ibsi' && given.filter !== undefined) {
      throw new SettingsError(
        'filter',
        given.filter,
        'filter is a function, which cannot be sent to worker threads: leave workers at 0, or give filtered images.',
      );
    }
    return { given, label: resolveIbsiSettings(given).label, plan: undefined };
  }
  const plan = planOf(given);
  return { given, label: plan.settings.label, plan };
}

export function isPyradiomics(settings: BatchSettings): settings is Settings {
  return !isIbsi(settings);
}

/** The channel of masks with several; undefined for the first. */
export function channelOf(settings: BatchSettings): number | undefined {
  return isPyradiomics(settings) ? settings.label_channel : undefined;
}
