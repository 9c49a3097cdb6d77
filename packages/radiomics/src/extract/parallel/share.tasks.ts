import { fromPortable, type PortableVolume } from '../../batch/portable-volume.js';
import type { Settings } from '../../settings/settings.js';
import { computeImages, type ImageValues } from '../compute-features.js';
import { planOf } from '../extraction-plan.js';
import type { PreparationStage } from '../prepare-case.js';
import { sharesOf } from './share-plan.js';

/** {@link PreparationStage} as plain data. */
export interface PortableStage {
  image: PortableVolume;
  mask: PortableVolume;
}

/** Input of the task `extractShare`. */
interface ShareInput {
  texture: PortableStage;
  /** Undefined where it is the same as for texture. */
  shape: PortableStage | undefined;
  settings: Settings;
  /** Which share of how many. */
  index: number;
  shares: number;
}

/** Output of the task `extractShare`. */
export interface ShareOutput {
  /** Their types count each sigma of LoG as one. */
  images: ImageValues[];
  warnings: string[];
}

function extractShare({ texture, shape, settings, index, shares }: ShareInput): ShareOutput {
  const { plan, order } = sharesOf(planOf(settings), shares)[index];
  const warnings: string[] = [];
  const textureStage = fromStage(texture);
  const images = computeImages(
    { texture: textureStage, shape: shape === undefined ? textureStage : fromStage(shape) },
    plan,
    { onWarning: (message) => void warnings.push(message) },
  );
  return { images: images.map((image) => ({ ...image, type: order[image.type] ?? -1 })), warnings };
}

function fromStage({ image, mask }: PortableStage): PreparationStage {
  return { image: fromPortable(image), mask: fromPortable(mask) };
}

/** What a worker can do for one region. */
export function shareTasks(): { extractShare: typeof extractShare } {
  return { extractShare };
}
