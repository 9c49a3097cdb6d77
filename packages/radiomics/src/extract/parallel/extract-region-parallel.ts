import { AbortedError, type LongTaskOptions } from '@steatosis/core';
import { toPortable } from '../../batch/portable-volume.js';
import { cropToRegion } from '../../prepare/crop-to-region.js';
import type { Settings } from '../../settings/settings.js';
import {
  computeFeatures,
  expectImageTypes,
  type ExtractionWitness,
  type ImageValues,
  toRecord,
} from '../compute-features.js';
import type { ExtractionPlan } from '../extraction-plan.js';
import type { PreparationStage, PreparedCase } from '../prepare-case.js';
import type { PortableStage, ShareOutput } from './share.tasks.js';
import { toSharedMemory } from './shared-volumes.js';
import { warmPool } from './warm-pool.js';

/**
 * As `computeFeatures`, image types or the families of each image shared out among workers: the same values to
 * the last bit for any number of them.
 *
 * @param given the settings that the plan was made of
 * @param witness told of images that could not be derived; no region is shown to it
 */
export async function extractRegionParallel(
  prepared: PreparedCase,
  plan: ExtractionPlan,
  given: Settings,
  { workers = 0, signal, onProgress }: LongTaskOptions,
  witness: ExtractionWitness = {},
): Promise<Record<string, number>> {
  if (workers === 0) return computeFeatures(prepared, plan, witness);
  expectImageTypes(plan);
  const pool = warmPool(workers);
  try {
    const stages = portableStages(prepared, plan);
    let done = 0;
    const tasks = Array.from({ length: workers }, async (_, index) => {
      const input = { ...stages, settings: given, index, shares: workers };
      const output = await pool.run('extractShare', input, { signal });
      onProgress?.({ done: ++done, total: workers });
      return output;
    });
    const shares = await Promise.all(tasks);
    const warnings = new Set(shares.flatMap((share) => share.warnings));
    for (const warning of warnings) witness.onWarning?.(warning);
    return toRecord(wholeImages(shares, plan), plan.features);
  } catch (error) {
    if (error instanceof AbortedError) throw error;
    // Which share failed first is chance, and places count from where the region was cut out.
    return computeFeatures(prepared, plan, witness);
  }
}

/** What every share is computed from; where nothing else has an influence, no more than the region's box. */
function portableStages(
  { texture, shape }: PreparedCase,
  { settings, imageTypes }: ExtractionPlan,
): { texture: PortableStage; shape: PortableStage | undefined } {
  const onlyRegions = imageTypes.every(({ name }) => name === 'Original');
  const portable = (stage: PreparationStage): PortableStage => {
    const { image, mask } = onlyRegions
      ? cropToRegion(stage.image, stage.mask, { label: settings.label })
      : stage;
    return {
      image: toPortable(toSharedMemory(image)),
      mask: toPortable(toSharedMemory(mask)),
    };
  };
  return {
    texture: portable(texture),
    shape: shape === texture ? undefined : portable(shape),
  };
}

/** Put the shares of each image together, in the order of the whole. */
function wholeImages(shares: readonly ShareOutput[], { features }: ExtractionPlan): ImageValues[] {
  const found = new Map<string, { type: number; values: Map<string, number> }>();
  for (const { image, type, keys, values } of shares.flatMap(({ images }) => images)) {
    const whole = found.get(image) ?? { type, values: new Map<string, number>() };
    found.set(image, whole);
    // A share that does not have the original image may still list it, with nothing.
    if (keys.length > 0) whole.type = type;
    keys.forEach((key, k) => whole.values.set(key, values[k]));
  }
  return [...found]
    .sort(([, a], [, b]) => a.type - b.type)
    .map(([image, { type, values }]) => {
      const keys = features.of(image).keys.filter((key) => values.has(key));
      return { image, type, keys, values: Float64Array.from(keys, (key) => values.get(key)!) };
    });
}
