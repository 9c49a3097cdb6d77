import { type SerialisedError, serialiseError } from '@steatosis/core';
import type { Settings } from '../settings/settings.js';
import { extractRegions, type RegionOutcome } from './extract-regions.js';
import { fromPortable, type PortableVolume } from './portable-volume.js';

/** Input of the task `extractCase`. */
interface CaseInput {
  image: PortableVolume;
  mask: PortableVolume;
  labels: readonly number[] | 'all';
  settings: Settings;
}

/** A {@link RegionOutcome} that can travel. */
type PortableOutcome =
  | Extract<RegionOutcome, { features: unknown }>
  | { label: number | undefined; failure: SerialisedError };

function extractCase({ image, mask, labels, settings }: CaseInput): PortableOutcome[] {
  const outcomes = extractRegions(fromPortable(image), fromPortable(mask), labels, settings);
  return outcomes.map((outcome) =>
    'error' in outcome ? { label: outcome.label, failure: serialiseError(outcome.error) } : outcome,
  );
}

/** What a worker of a batch can do. */
export function batchTasks(): { extractCase: typeof extractCase } {
  return { extractCase };
}
