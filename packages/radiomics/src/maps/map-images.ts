import {
  type Box,
  createVolume,
  cropVolume,
  denseData,
  type Vector3,
  type Volume,
} from '@steatosis/core';
import { levelGrid } from '../discretise/gray-levels.js';
import type { ExtractionPlan } from '../extract/extraction-plan.js';
import { prepareCase } from '../extract/prepare-case.js';
import { imageTypes } from '../filters/image-types.js';
import { axisAcross, halfDirections } from '../kernels/directions.js';
import { stepLengths } from '../kernels/step-lengths.js';
import { sharedWorkspace } from '../kernels/workspace.js';
import { cutRegion, type Region } from '../roi/region.js';
import { isShape } from '../settings/feature-selection.js';
import type { ResolvedSettings } from '../settings/settings.js';
import type { LevelVolume } from './level-volume.js';
import type { MapFamily, MapRequest } from './map-request.js';

/** One image on its way to maps. */
export interface MapImage {
  /** Its name, which the keys begin with. */
  image: string;
  /** Keys of the maps, in the order of the request. */
  keys: string[];
  /** What the grid of the maps is: the region's box with a margin of the neighbourhood's radius. */
  grid: Volume;
  volume: LevelVolume;
  /** Where the voxels of the region are in the volume, x fastest. */
  places: Uint32Array;
  request: MapRequest;
}

/**
 * Do to image and mask what is done before features are computed, and give one image after the other.
 *
 * @throws what {@link extractFeatures} throws
 */
export function* mapImages(
  image: Volume,
  mask: Volume,
  plan: ExtractionPlan,
  onWarning: (message: string) => void,
): Generator<MapImage> {
  const { settings } = plan;
  const { texture } = prepareCase(image, mask, settings);
  const region = cut(texture.image, texture.mask, settings);
  const within = boxAround(region, texture.image.data.shape as Vector3, settings.kernelRadius);
  const maskWithin = cropVolume(texture.mask, within);
  const places = placesOf(maskWithin, settings.label);
  for (const { name, settings: own } of plan.imageTypes) {
    const context = { settings: own, within, onWarning };
    for (const derived of imageTypes[name].derive(texture.image, context)) {
      const features = featuresOf(plan, derived.name);
      if (features.length === 0) continue;
      const grid = derived.image;
      yield {
        image: derived.name,
        keys: features.flatMap(({ family, names }) =>
          names.map((feature) => `${derived.name}_${family}_${feature}`),
        ),
        grid,
        volume: levelVolume(
          grid,
          maskWithin,
          { ...own, maskedKernel: settings.maskedKernel },
          { start: within.start, name: derived.name },
          features.some(({ family }) => family === 'firstorder'),
        ),
        places,
        request: { ...requestOf(grid, own, settings.kernelRadius), features },
      };
    }
  }
}

/** The features of an image that have maps. */
function featuresOf(plan: ExtractionPlan, image: string): MapRequest['features'] {
  const { keys, families } = plan.features.of(image);
  return families
    .filter(({ name }) => !isShape(name))
    .map(({ name, places }) => ({
      family: name as MapFamily,
      names: places.map((place) => keys[place].slice(`${image}_${name}_`.length)),
    }));
}

function cut(
  image: Volume,
  mask: Volume,
  settings: ResolvedSettings,
  derived?: { start: Vector3; name: string },
): Region {
  return cutRegion(
    image,
    mask,
    {
      label: settings.label,
      reach: 1,
      minimumDimensions: settings.minimumROIDimensions,
      minimumSize: settings.minimumROISize ?? 0,
      allowNaN: settings.nanPolicy === 'pyradiomics',
      derived,
    },
    sharedWorkspace(),
  );
}

function boxAround({ start, size }: Region, whole: Vector3, margin: number): Box {
  const first = start.map((n) => Math.max(0, n - margin)) as Vector3;
  const end = start.map((n, axis) => Math.min(whole[axis], n + size[axis] + margin));
  return { start: first, size: end.map((n, axis) => n - first[axis]) as Vector3 };
}

function placesOf(mask: Volume, label: number): Uint32Array {
  const labels = denseData(mask);
  let count = 0;
  for (let i = 0; i < labels.length; i++) if (labels[i] === label) count++;
  const places = new Uint32Array(count);
  let k = 0;
  for (let i = 0; i < labels.length; i++) if (labels[i] === label) places[k++] = i;
  return places;
}

/**
 * Discretise what neighbourhoods may count: the region or, where they are not kept to it, the whole box,
 * whose values then lay out the bins, as in PyRadiomics.
 */
function levelVolume(
  image: Volume,
  mask: Volume,
  settings: ResolvedSettings,
  derived: { start: Vector3; name: string },
  withValues: boolean,
): LevelVolume {
  const size = image.data.shape as Vector3;
  const voxels = size[0] * size[1] * size[2];
  const everywhere = (): Volume => createVolume(new Uint8Array(voxels).fill(1), size, image);
  const region = settings.maskedKernel
    ? cut(image, mask, settings, derived)
    : cut(image, everywhere(), { ...settings, label: 1 }, derived);
  const { binWidth, binCount } = settings;
  const rule = { binWidth, binCount: binCount ?? undefined };
  const grid = levelGrid(region, rule, sharedWorkspace());
  const ranks = new Uint32Array(voxels);
  const from = grid.ranks;
  const { start, pad, rowStep, sliceStep } = region;
  for (let z = 0; z < region.size[2]; z++) {
    for (let y = 0; y < region.size[1]; y++) {
      const at = pad + (y + pad) * rowStep + (z + pad) * sliceStep;
      const to = start[0] + size[0] * (start[1] + y + size[1] * (start[2] + z));
      ranks.set(from.subarray(at, at + region.size[0]), to);
    }
  }
  const values = withValues ? Float64Array.from(denseData(image)) : new Float64Array();
  return { size, ranks, grayLevels: grid.grayLevels, values };
}

function requestOf(
  image: Volume,
  settings: ResolvedSettings,
  radius: number,
): Omit<MapRequest, 'features'> {
  const { force2D, force2Ddimension, distances, weightingNorm } = settings;
  const forbiddenAxis = force2D ? axisAcross(force2Ddimension) : undefined;
  // No step may be longer than the neighbourhood.
  const size = image.data.shape.map((n) => Math.min(n, 2 * radius + 1)) as Vector3;
  const directions = halfDirections(size, { distances, forbiddenAxis });
  const nearest = halfDirections(size, { distances: [1], forbiddenAxis });
  const [x, y, z] = image.spacing;
  const lengths = (steps: readonly Vector3[]) => stepLengths(steps, image.spacing, weightingNorm);
  const none = weightingNorm === 'no_weighting';
  return {
    shape: { radius, forbiddenAxis, reach: Math.max(1, ...directions.flat().map(Math.abs)) },
    directions,
    nearest,
    pairWeights: lengths(directions)?.map((mm) => (none ? 1 : Math.exp(-mm * mm))),
    runWeights: lengths(nearest)?.map((mm) => (none ? 1 : mm)),
    symmetricalGLCM: settings.symmetricalGLCM,
    gldm_a: settings.gldm_a,
    voxelArrayShift: settings.voxelArrayShift,
    voxelVolume: x * y * z,
  };
}
