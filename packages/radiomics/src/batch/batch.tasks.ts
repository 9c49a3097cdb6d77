import { type SerialisedError, serialiseError } from '@steatosis/core';
import type { BatchSettings } from './batch-settings.js';
import { extractRegions, type RegionOutcome } from './extract-regions.js';
import { fromPortable, type PortableVolume } from './portable-volume.js';

/** Image and mask, or parts of them, with the labels to extract. */
export interface PortableImages {
  image: PortableVolume;
  mask: PortableVolume;
  labels: readonly number[] | 'all';
}

interface CaseInput {
  images: readonly PortableImages[];
  settings: BatchSettings;
}

/** A {@link RegionOutcome} that can travel. */
type PortableOutcome =
  | Extract<RegionOutcome, { features: unknown }>
  | { label: number | undefined; failure: SerialisedError };

function extractCase({ images, settings }: CaseInput): PortableOutcome[] {
  const outcomes = images.flatMap(({ image, mask, labels }) =>
    extractRegions(fromPortable(image), fromPortable(mask), labels, settings),
  );
  return outcomes.map((outcome) =>
    'error' in outcome ? { label: outcome.label, failure: serialiseError(outcome.error) } : outcome,
  );
}

/** What a worker of a batch can do. */
export function batchTasks(): { extractCase: typeof extractCase } {
  return { extractCase };
}
