import type { Volume } from '@steatosis/core';
import { type AnyIbsiSettings, isIbsi } from '../ibsi/any-settings.js';
import { extractIbsiWithDiagnostics } from '../ibsi/extract-ibsi.js';
import type { Settings } from '../settings/settings.js';
import type { Diagnostics } from './diagnostics.js';
import { extractPlanned } from './extract-planned.js';
import { planOf } from './extraction-plan.js';

/**
 * The same as {@link extractFeatures}, together with a record of what made the values: package version,
 * settings, grids, statistics and hashes of image and mask at each stage, and warnings.
 *
 * Hashes and statistics need the whole image; `additionalInfo: false` leaves them out.
 */
export function extractWithDiagnostics(
  image: Volume,
  mask: Volume,
  settings?: Settings,
): { features: Record<string, number>; diagnostics: Diagnostics };
/** With IBSI's definitions the diagnostics are those that IBSI reports, by its tags. */
export function extractWithDiagnostics(
  image: Volume,
  mask: Volume,
  settings: AnyIbsiSettings,
): { features: Record<string, number>; diagnostics: Record<string, number> };
export function extractWithDiagnostics(
  image: Volume,
  mask: Volume,
  settings: Settings | AnyIbsiSettings,
): { features: Record<string, number>; diagnostics: Diagnostics | Record<string, number> };
export function extractWithDiagnostics(
  image: Volume,
  mask: Volume,
  settings: Settings | AnyIbsiSettings = {},
): { features: Record<string, number>; diagnostics: Diagnostics | Record<string, number> } {
  if (isIbsi(settings)) return extractIbsiWithDiagnostics(image, mask, settings);
  return extractPlanned(image, mask, planOf(settings));
}
