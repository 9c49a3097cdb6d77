import { cropVolume, indexToWorld, type Vector3, type Volume } from '@steatosis/core';
import { type Diagnostics, plainGrid } from '../extract/diagnostics.js';
import type { ExtractionPlan } from '../extract/extraction-plan.js';
import { findLabelBoxes } from '../roi/find-boxes.js';
import { boxOf, type LabelBox } from '../roi/find-box.js';
import type { CaseImages } from './batch-case.js';

/** One region with no more of image and mask than its box. */
export interface RegionPart extends CaseImages {
  label: number;
  /** First voxel of the box in the whole image. */
  start: Vector3;
}

/**
 * The regions cut out of image and mask, where that is all that their features and diagnostics need and less
 * than the whole; undefined otherwise, also where something is wrong with the images.
 */
export function regionParts(
  { image, mask }: CaseImages,
  labels: readonly number[] | 'all',
  plan: ExtractionPlan,
): RegionPart[] | undefined {
  const spatial = image.data.shape.length === 3 && mask.data.shape.length === 3;
  if (!spatial || !onlyRegionsMatter(plan) || !sameNumbers(image, mask)) return undefined;
  const boxes = boxesOf(mask);
  const wanted = labels === 'all' ? [...(boxes?.keys() ?? [])] : labels;
  const parts: RegionPart[] = [];
  let voxels = 0;
  for (const label of wanted) {
    const box = boxes?.get(label);
    if (box === undefined) return undefined;
    const part = boxOf(box);
    const [nx, ny, nz] = part.size;
    voxels += nx * ny * nz;
    parts.push({
      label,
      start: box.first,
      image: cropVolume(image, part),
      mask: cropVolume(mask, part),
    });
  }
  return parts.length > 0 && voxels < mask.data.size ? parts : undefined;
}

/** Diagnostics of a part as those of its region in the whole image. */
export function inWhole(diagnostics: Diagnostics, start: Vector3, image: Volume): Diagnostics {
  const { boundingBox, centreOfMassIndex } = diagnostics.mask;
  const moved = (index: Vector3) => index.map((at, axis) => at + start[axis]) as Vector3;
  const centre = moved(centreOfMassIndex);
  return {
    ...diagnostics,
    grid: plainGrid(image),
    mask: {
      ...diagnostics.mask,
      boundingBox: { start: moved(boundingBox.start), size: boundingBox.size },
      centreOfMassIndex: centre,
      centreOfMass: indexToWorld(image, centre),
    },
  };
}

/** Whether nothing outside of a region's box has an influence. */
function onlyRegionsMatter({ settings, imageTypes }: ExtractionPlan): boolean {
  const { additionalInfo, normalize, resampledPixelSpacing, resegmentRange } = settings;
  const { correctMask, preCrop } = settings;
  return (
    !(additionalInfo || normalize || correctMask || preCrop) &&
    resampledPixelSpacing === null &&
    resegmentRange === null &&
    imageTypes.every(({ name }) => name === 'Original')
  );
}

/** Whether the grids are the same to the last bit, so that those of their parts are too. */
function sameNumbers(image: Volume, mask: Volume): boolean {
  const numbers = (volume: Volume) => JSON.stringify(plainGrid(volume));
  return numbers(image) === numbers(mask);
}

function boxesOf(mask: Volume): Map<number, LabelBox> | undefined {
  try {
    return findLabelBoxes(mask.data);
  } catch {
    // What is wrong with the mask is said by the extraction.
    return undefined;
  }
}
