import { SettingsError } from '../errors.js';
import type { FilterSettings } from './filter-settings.js';
import { nearestName } from './nearest.js';
import { checkSetting } from './resolve-settings.js';
import type { ResolvedSettings, TextureSettings } from './settings.js';

/** What may differ from image type to image type. */
export type ImageTypeSettings = FilterSettings & TextureSettings;

/** Which settings of {@link FilterSettings} belong to which image type. */
const FILTER_KEYS = {
  Original: [],
  Wavelet: ['wavelet', 'level', 'start_level'],
  LoG: ['sigma', 'logKernel'],
  Square: [],
  SquareRoot: [],
  Logarithm: [],
  Exponential: [],
  Gradient: ['gradientUseSpacing'],
  LBP2D: ['lbp2DRadius', 'lbp2DSamples', 'lbp2DMethod'],
  LBP3D: ['lbp3DLevels', 'lbp3DIcosphereRadius', 'lbp3DIcosphereSubdivision'],
} as const satisfies Record<string, readonly (keyof FilterSettings)[]>;

/** Settings of discretisation and texture, which any image type may have for itself. */
const TEXTURE_KEYS = [
  'binCount',
  'binWidth',
  'distances',
  'force2D',
  'force2Ddimension',
  'gldm_a',
  'symmetricalGLCM',
  'voxelArrayShift',
  'weightingNorm',
] as const satisfies readonly (keyof TextureSettings)[];

/** Names of PyRadiomics' image types. */
export type ImageTypeName = keyof typeof FILTER_KEYS;

/** Image types with the settings that differ for them; null or an empty record for none. */
export type ImageTypes = Readonly<Partial<Record<ImageTypeName, ImageTypeSettings | null>>>;

/** Names of the image types. */
export function imageTypeNames(): ImageTypeName[] {
  return Object.keys(FILTER_KEYS) as ImageTypeName[];
}

/** An image type with all that holds for it. */
export interface ResolvedImageType {
  name: ImageTypeName;
  settings: ResolvedSettings;
}

/**
 * The image types in the order in which they stand, each with its own settings over the general ones.
 *
 * @throws SettingsError for unknown image types, and settings that do not belong to them
 */
export function resolveImageTypes(
  imageTypes: ImageTypes | undefined,
  general: ResolvedSettings,
): ResolvedImageType[] {
  if (imageTypes === undefined) return [{ name: 'Original', settings: general }];
  checkImageTypes(imageTypes, 'imageTypes');
  return Object.entries(imageTypes).map(([name, own]) => {
    const settings = { ...general, ...definedOf(own ?? {}) };
    expectComplete(name as ImageTypeName, settings);
    return { name: name as ImageTypeName, settings };
  });
}

/**
 * Check a record of image types.
 *
 * @param path where it stands, for the message
 * @throws SettingsError
 */
export function checkImageTypes(
  imageTypes: unknown,
  path: string,
): asserts imageTypes is ImageTypes {
  if (typeof imageTypes !== 'object' || imageTypes === null || Array.isArray(imageTypes)) {
    throw new SettingsError(
      path,
      imageTypes,
      `${path} must be a record from image type to settings, such as { Original: {}, Wavelet: {} }.`,
    );
  }
  const entries = Object.entries(imageTypes);
  if (entries.length === 0) {
    throw new SettingsError(path, imageTypes, `${path} chooses no image type.`);
  }
  for (const [name, own] of entries) {
    if (!Object.hasOwn(FILTER_KEYS, name)) throw unknownImageType(name, path);
    if (own === null || own === undefined) continue;
    if (typeof own !== 'object' || Array.isArray(own)) {
      throw new SettingsError(
        `${path}.${name}`,
        own,
        `${path}.${name} must be a record of settings, empty or null for none.`,
      );
    }
    checkOwnSettings(name as ImageTypeName, own as Record<string, unknown>, `${path}.${name}`);
  }
}

function checkOwnSettings(name: ImageTypeName, own: Record<string, unknown>, path: string): void {
  const allowed: readonly string[] = [...FILTER_KEYS[name], ...TEXTURE_KEYS];
  for (const [key, value] of Object.entries(own)) {
    if (value === undefined) continue;
    checkSetting(key, value, `${path}.${key}`);
    if (allowed.includes(key)) continue;
    throw new SettingsError(
      `${path}.${key}`,
      value,
      `${path}.${key}: ${key} does nothing for ${name}; it may have ${allowed.join(', ')} for itself.`,
    );
  }
}

function expectComplete(name: ImageTypeName, settings: ResolvedSettings): void {
  if (name === 'LoG' && settings.sigma.length === 0) {
    throw new SettingsError(
      'imageTypes.LoG.sigma',
      undefined,
      'LoG needs sigma, the standard deviations of its Gaussians in mm: { LoG: { sigma: [1, 3] } }.',
    );
  }
}

function unknownImageType(name: string, path: string): SettingsError {
  const nearest = nearestName(name, imageTypeNames());
  const hint = nearest === undefined ? '' : ` Did you mean ${nearest}?`;
  return new SettingsError(
    `${path}.${name}`,
    name,
    `There is no image type ${name}; there are ${imageTypeNames().join(', ')}.${hint}`,
    { nearest },
  );
}

function definedOf(own: ImageTypeSettings): ImageTypeSettings {
  return Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined));
}
