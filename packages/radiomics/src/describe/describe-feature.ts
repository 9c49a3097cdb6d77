import { SettingsError } from '../errors.js';
import { nearestName } from '../settings/nearest.js';
import { featureDescriptions } from './descriptions.js';
import type { FamilyDescriptions, FeatureDescription } from './feature-description.js';

/** How PyRadiomics names the images that features are taken from. */
const IMAGE_NAME =
  /^(original|square|squareroot|logarithm|exponential|gradient|lbp-2D|lbp-3D-(m\d+|k)|wavelet\d*-[HL]{1,3}|log-sigma-\d+-\d+-mm-3D)$/;

/**
 * What a feature is: formula, meaning, value in a flat region, unit and source.
 *
 * @param key a key of results, such as `original_glcm_Contrast` or `wavelet-LLH_glcm_Contrast`, the same
 * without the image (`glcm_Contrast`), or an IBSI tag, such as `morph_volume` or `cm_contrast_3D_avg`
 * @throws SettingsError for anything else, with the nearest key that exists
 * @example
 * ```ts
 * import { describeFeature } from '@steatosis/radiomics';
 *
 * const { formula, degenerate, source } = describeFeature('wavelet-LLH_glcm_Contrast');
 * console.log(formula); // Σ P(i,j)·(i − j)²
 * console.log(degenerate); // 0 in a flat region
 * console.log(source); // Haralick et al. 1973 (f2); IBSI ACUI
 * ```
 */
export function describeFeature(key: string): FeatureDescription {
  return findTag(key) ?? findKey(key) ?? unknownFeature(key);
}

/** What to list. */
export interface ListFeaturesOptions {
  /** Families by name, such as `glcm` or `morph`; default all of PyRadiomics and IBSI. */
  families?: readonly string[];
  /** Whether the names that PyRadiomics retired are listed too; default false. */
  deprecated?: boolean;
}

/**
 * The features that there are, with their descriptions: by family, in the order of results.
 *
 * @throws SettingsError for an unknown family
 * @example
 * ```ts
 * import { listFeatures } from '@steatosis/radiomics';
 *
 * const names = listFeatures({ families: ['ngtdm'] }).map(({ name }) => name);
 * console.log(names.join(' ')); // Busyness Coarseness Complexity Contrast Strength
 * ```
 */
export function listFeatures(options: ListFeaturesOptions = {}): FeatureDescription[] {
  const chosen = options.families ?? Object.keys(featureDescriptions);
  return chosen.flatMap((family) => {
    const descriptions = familyOf(family);
    return Object.keys(descriptions.features)
      .filter((name) => options.deprecated === true || !isDeprecated(descriptions, name))
      .map((name) => {
        const key = descriptions.definition === 'IBSI' ? name : `original_${family}_${name}`;
        return describe(key, family, descriptions, name);
      });
  });
}

/** IBSI tags, with the aggregation that those of texture end in or without. */
function findTag(key: string): FeatureDescription | undefined {
  for (const [family, descriptions] of Object.entries(featureDescriptions)) {
    if (descriptions.definition !== 'IBSI') continue;
    for (const ending of ['', ...(descriptions.aggregations ?? [])]) {
      const name = ending === '' ? key : key.slice(0, -ending.length - 1);
      if (!Object.hasOwn(descriptions.features, name)) continue;
      if (ending === '') return describe(key, family, descriptions, name);
      if (key === `${name}_${ending}`) {
        return { ...describe(key, family, descriptions, name), aggregation: ending };
      }
    }
  }
  return undefined;
}

/** PyRadiomics' keys, with the image or without. */
function findKey(key: string): FeatureDescription | undefined {
  const parts = key.split('_');
  if (parts.length === 2) parts.unshift('original');
  const [image, family, name] = parts;
  if (parts.length !== 3 || !IMAGE_NAME.test(image)) return undefined;
  if (image !== 'original' && family.startsWith('shape')) return undefined;
  if (!Object.hasOwn(featureDescriptions, family)) return undefined;
  const descriptions = featureDescriptions[family];
  if (descriptions.definition === 'IBSI') return undefined;
  if (!Object.hasOwn(descriptions.features, name)) return undefined;
  return { ...describe(key, family, descriptions, name), image };
}

function describe(
  key: string,
  family: string,
  descriptions: FamilyDescriptions,
  name: string,
): FeatureDescription {
  const { definition, text, features } = descriptions;
  return { key, definition, family, name, ...features[name], familyDescription: text };
}

function isDeprecated(descriptions: FamilyDescriptions, name: string): boolean {
  return descriptions.features[name].deprecated !== undefined;
}

function familyOf(family: string): FamilyDescriptions {
  if (Object.hasOwn(featureDescriptions, family)) return featureDescriptions[family];
  const names = Object.keys(featureDescriptions);
  const nearest = nearestName(family, names);
  const hint = nearest === undefined ? `: ${names.join(', ')}` : `; did you mean ${nearest}?`;
  throw new SettingsError('families', family, `There is no family ${family}${hint}`, { nearest });
}

function unknownFeature(key: string): never {
  const candidates = Object.entries(featureDescriptions).flatMap(([family, { features }]) =>
    Object.keys(features).flatMap((name) => [
      name,
      `${family}_${name}`,
      `${imageOf(key)}_${family}_${name}`,
    ]),
  );
  const known = candidates.filter(isKnown);
  const nearest = nearestName(key, known) ?? nearestName(key.slice(key.indexOf('_') + 1), known);
  const hint =
    nearest === undefined
      ? '; keys look like original_glcm_Contrast, IBSI tags like morph_volume'
      : `; did you mean ${nearest}?`;
  throw new SettingsError('feature', key, `There is no feature ${key}${hint}`, { nearest });
}

function isKnown(key: string): boolean {
  return (findTag(key) ?? findKey(key)) !== undefined;
}

/** The image that a wrong key most likely means. */
function imageOf(key: string): string {
  const image = key.slice(0, Math.max(0, key.indexOf('_')));
  return IMAGE_NAME.test(image) ? image : 'original';
}
