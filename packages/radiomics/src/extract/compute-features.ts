import { cropVolume, type Box, type Vector3 } from '@steatosis/core';
import type { LevelGrid } from '../discretise/gray-levels.js';
import { SettingsError } from '../errors.js';
import { imageTypes } from '../filters/image-types.js';
import { sharedWorkspace } from '../kernels/workspace.js';
import { cutRegion, type Region } from '../roi/region.js';
import {
  type FeatureChoices,
  imageTypeOf,
  isShape,
  type Selection,
} from '../settings/feature-selection.js';
import type { ResolvedSettings } from '../settings/settings.js';
import type { ExtractionPlan } from './extraction-plan.js';
import type { PreparationStage, PreparedCase } from './prepare-case.js';
import { RegionExtraction } from './region-extraction.js';

type FamilySelection = Selection['families'][number];

/** Features of one image, in the order of its keys. */
export interface ImageValues {
  image: string;
  /** Which of the plan's image types gave it; −1 for shape without the original image. */
  type: number;
  keys: readonly string[];
  values: Float64Array;
}

/** What happens on the way, for those who want to know. */
export interface ExtractionWitness {
  /** Told of images that could not be derived. */
  onWarning?: (message: string) => void;
  /** Shown the region before images are derived; its gray levels, if features of the original needed them. */
  onRegion?: (region: Region, grid: LevelGrid | undefined) => void;
}

/** All features that a plan asks for of a prepared case, shape first, then image by image. */
export function computeFeatures(
  prepared: PreparedCase,
  plan: ExtractionPlan,
  witness: ExtractionWitness = {},
): Record<string, number> {
  return toRecord(computeImages(prepared, plan, witness), plan.features);
}

/** The same image by image. */
export function computeImages(
  { shape, texture }: Pick<PreparedCase, 'shape' | 'texture'>,
  plan: ExtractionPlan,
  witness: ExtractionWitness,
): ImageValues[] {
  expectImageTypes(plan);
  const typeOfOriginal = plan.imageTypes.findIndex(({ name }) => name === 'Original');
  const original = typeOfOriginal < 0 ? undefined : plan.imageTypes[typeOfOriginal];
  const choices = plan.features.of('original');
  const values: ImageValues = {
    image: 'original',
    type: typeOfOriginal,
    keys: choices.keys,
    values: new Float64Array(choices.keys.length),
  };
  const shapes = choices.families.filter(({ name }) => isShape(name));
  if (shape !== texture && shapes.length > 0) {
    const region = cut(shape, plan.settings);
    evaluate(shapes, region, plan.settings, values);
  }
  // One region serves shape and the original image, so it must reach as far as either looks.
  const reach = Math.max(...plan.settings.distances, ...(original?.settings.distances ?? []));
  const region = cut(texture, plan.settings, reach);
  if (shape === texture) {
    evaluate(shapes, region, plan.settings, values);
  }
  if (original !== undefined) {
    const others = choices.families.filter(({ name }) => !isShape(name));
    const { grid } = evaluate(others, region, original.settings, values);
    witness.onRegion?.(region, grid);
  } else {
    witness.onRegion?.(region, undefined);
  }
  const within: Box = { start: [...region.start], size: [...region.size] };
  const blocks = plan.imageTypes.flatMap((type, index) =>
    type === original ? [values] : derivedValues(texture, plan, index, within, witness),
  );
  if (original === undefined) blocks.unshift(onlyShapes(values, shapes));
  return blocks;
}

function cut(
  { image, mask }: PreparationStage,
  settings: ResolvedSettings,
  reach = Math.max(...settings.distances),
  derived?: { start: Vector3; name: string },
): Region {
  return cutRegion(
    image,
    mask,
    {
      label: settings.label,
      reach,
      minimumDimensions: settings.minimumROIDimensions,
      minimumSize: settings.minimumROISize ?? 0,
      allowNaN: settings.nanPolicy === 'pyradiomics',
      derived,
    },
    sharedWorkspace(),
  );
}

function evaluate(
  selections: readonly FamilySelection[],
  region: Region,
  settings: ResolvedSettings,
  { values }: ImageValues,
): { grid: LevelGrid | undefined } {
  const extraction = new RegionExtraction(region, settings, sharedWorkspace());
  for (const { family, features, places } of selections) {
    const computed = family.evaluate(features, extraction);
    for (let f = 0; f < places.length; f++) values[places[f]] = computed[f];
  }
  return { grid: extraction.gridIfMade };
}

/** The features of the images that one image type derives, one image after the other. */
function derivedValues(
  { image, mask }: PreparationStage,
  { features, imageTypes: types }: ExtractionPlan,
  type: number,
  within: Box,
  { onWarning = () => undefined }: ExtractionWitness,
): ImageValues[] {
  const { name, settings } = types[type];
  const blocks: ImageValues[] = [];
  const maskWithin = cropVolume(mask, within);
  const context = { settings, within, onWarning };
  for (const derived of imageTypes[name].derive(image, context)) {
    const { keys, families } = features.of(derived.name);
    const block = { image: derived.name, type, keys, values: new Float64Array(keys.length) };
    if (keys.length > 0)
      evaluate(
        families,
        cut({ image: derived.image, mask: maskWithin }, settings, Math.max(...settings.distances), {
          start: within.start,
          name: derived.name,
        }),
        settings,
        block,
      );
    blocks.push(block);
  }
  return blocks;
}

function onlyShapes(
  { image, type, keys, values }: ImageValues,
  shapes: readonly FamilySelection[],
): ImageValues {
  const places = shapes.flatMap(({ places }) => places).sort((a, b) => a - b);
  return {
    image,
    type,
    keys: places.map((place) => keys[place]),
    values: Float64Array.from(places, (place) => values[place]),
  };
}

/**
 * The features of all images in one record.
 *
 * @throws SettingsError when there are none at all, or an image that features were asked of by name is not
 * among them
 */
export function toRecord(
  blocks: readonly ImageValues[],
  features: FeatureChoices,
): Record<string, number> {
  const [only] = blocks;
  const whole = blocks.length === 1 ? features.of(only.image) : undefined;
  const result: Record<string, number> =
    whole?.keys.length === only.keys.length ? { ...whole.blank } : {};
  for (const { keys, values } of blocks) {
    for (let k = 0; k < keys.length; k++) result[keys[k]] = values[k];
  }
  if (blocks.every(({ keys }) => keys.length === 0)) {
    throw new SettingsError(
      'imageTypes',
      undefined,
      'None of the image types gives features of this region: LoG needs at least 4 voxels along each axis of the image ' +
        "(logKernel: 'ibsi' needs none). Add Original or another image type.",
    );
  }
  expectNamedImages(features, result);
  return result;
}

/** @throws SettingsError when features of images are asked for that no image type gives */
export function expectImageTypes({ features, imageTypes }: ExtractionPlan): void {
  for (const image of features.namedImages) {
    const type = imageTypeOf(image);
    const given = imageTypes.some(({ name }) => name === type);
    const shapesOnly =
      type === 'Original' && features.of(image).families.every(({ name }) => isShape(name));
    if (type === undefined || given || shapesOnly) continue;
    throw new SettingsError(
      'featureClasses',
      image,
      `featureClasses asks for features of the image ${image}, which no image type gives: add ${type} to imageTypes.`,
    );
  }
}

/** @throws SettingsError when an image that features were asked of by name was not derived */
function expectNamedImages(features: FeatureChoices, result: Record<string, number>): void {
  for (const image of features.namedImages) {
    const [key] = features.of(image).keys;
    if (key === undefined || Object.hasOwn(result, key)) continue;
    throw new SettingsError(
      'featureClasses',
      image,
      `featureClasses asks for features of the image ${image}, which the settings of its image type do not ` +
        'give or the image is too small for.',
    );
  }
}
