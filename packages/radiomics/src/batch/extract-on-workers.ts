import { reviveError, type TaskPool } from '@steatosis/core';
import type { Diagnostics } from '../extract/diagnostics.js';
import type { CaseImages } from './batch-case.js';
import type { CheckedSettings } from './batch-settings.js';
import type { batchTasks, PortableImages } from './batch.tasks.js';
import { extractRegions, type RegionOutcome } from './extract-regions.js';
import { toPortable } from './portable-volume.js';
import { inWhole, type RegionPart, regionParts } from './region-parts.js';

/** Threads that extract. */
export type BatchPool = TaskPool<ReturnType<typeof batchTasks>>;

/**
 * As `extractRegions`, on a worker. Where nothing outside of the regions' boxes has an influence, no more than
 * these is sent.
 */
export async function extractOnWorker(
  images: CaseImages,
  labels: readonly number[] | 'all',
  { given, plan }: CheckedSettings,
  pool: BatchPool,
  signal: AbortSignal | undefined,
): Promise<RegionOutcome[]> {
  const send = async (portable: PortableImages[]): Promise<RegionOutcome[]> => {
    const input = { images: portable, settings: given };
    const outcomes = await pool.run('extractCase', input, { signal });
    return outcomes.map((outcome) =>
      'failure' in outcome
        ? { label: outcome.label, error: reviveError(outcome.failure) }
        : outcome,
    );
  };
  const parts = plan && regionParts(images, labels, plan);
  if (parts === undefined) return await send([portableOf(images, labels)]);
  const outcomes = await send(parts.map((part) => portableOf(part, [part.label])));
  return outcomes.map((outcome, i) => ofWhole(outcome, parts[i], images, given));
}

function portableOf(
  { image, mask }: CaseImages,
  labels: readonly number[] | 'all',
): PortableImages {
  return { image: toPortable(image), mask: toPortable(mask), labels };
}

/** What came of a part as if the whole had been sent; errors, which tell places, are thrown again by the whole. */
function ofWhole(
  outcome: RegionOutcome,
  { label, start }: RegionPart,
  { image, mask }: CaseImages,
  settings: CheckedSettings['given'],
): RegionOutcome {
  if ('error' in outcome) return extractRegions(image, mask, [label], settings)[0];
  const diagnostics = inWhole(outcome.diagnostics as Diagnostics, start, image);
  return { ...outcome, diagnostics };
}
