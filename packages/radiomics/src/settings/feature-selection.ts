import { SettingsError } from '../errors.js';
import { families, type Family, type FamilyName } from '../features/families.js';
import type { Feature } from '../features/family.js';
import { imageTypeNames, type ImageTypeName } from './image-types.js';
import { nearestName } from './nearest.js';

/** The features to compute of one family. */
interface FamilySelection {
  name: FamilyName;
  family: Family<never>;
  features: Feature<never>[];
  /** Where each stands in the result. */
  places: number[];
}

/** What is to be computed of one image: keys in the order of the result, and the same by family. */
export interface Selection {
  keys: readonly string[];
  /**
   * A record with these keys. Copied and overwritten it is filled twice as fast as an empty one, to which an
   * engine adds key after key.
   */
  blank: Readonly<Record<string, number>>;
  families: readonly FamilySelection[];
}

type FeatureClasses =
  readonly string[] | Readonly<Record<string, readonly string[] | null>> | undefined;

/** One chosen feature. */
interface Choice {
  family: FamilyName;
  feature: string;
  /** The image that it is chosen for, such as `wavelet-LLH`; undefined for every image. */
  image: string | undefined;
}

/** The last choice that was a list (or none), since a cohort repeats the same one for every region. */
let last: { names: readonly string[] | undefined; choices: FeatureChoices } | undefined;

/** The chosen features of every image. */
export class FeatureChoices {
  readonly #choices: readonly Choice[];
  readonly #byImage = new Map<string, Selection>();
  /** Images that features are chosen for by name. */
  readonly namedImages: readonly string[];

  constructor(choices: readonly Choice[]) {
    this.#choices = choices;
    const names = choices.map(({ image }) => image);
    this.namedImages = [...new Set(names)].filter((name) => name !== undefined);
  }

  /**
   * What is to be computed of an image. Shape, which has nothing to do with gray values, belongs to the
   * image `original`.
   */
  of(image: string): Selection {
    let selection = this.#byImage.get(image);
    if (selection === undefined) {
      selection = this.#select(image);
      this.#byImage.set(image, selection);
    }
    return selection;
  }

  #select(image: string): Selection {
    const byFamily = new Map<FamilyName, FamilySelection>();
    const keys = new Set<string>();
    for (const choice of this.#choices) {
      if (choice.image !== undefined && choice.image !== image) continue;
      if (isShape(choice.family) && image !== 'original') continue;
      const key = `${image}_${choice.family}_${choice.feature}`;
      if (keys.has(key)) continue;
      const family: Family<never> = families[choice.family];
      let selection = byFamily.get(choice.family);
      if (selection === undefined) {
        selection = { name: choice.family, family, features: [], places: [] };
        byFamily.set(choice.family, selection);
      }
      selection.features.push(family.current[choice.feature] ?? family.deprecated[choice.feature]);
      selection.places.push(keys.size);
      keys.add(key);
    }
    return { keys: [...keys], blank: blankRecord([...keys]), families: [...byFamily.values()] };
  }
}

/** A record of numbers with these keys, in the layout that an engine gives to literals. */
export function blankRecord(keys: readonly string[]): Record<string, number> {
  const text = JSON.stringify(Object.fromEntries(keys.map((key) => [key, 0.5])));
  return JSON.parse(text) as Record<string, number>;
}

/** Whether a family describes the form of the region, whatever the gray values. */
export function isShape(family: FamilyName): boolean {
  return family === 'shape' || family === 'shape2D';
}

function familyNames(): FamilyName[] {
  return Object.keys(families) as FamilyName[];
}

/**
 * Turn the choice of features into what is to be computed.
 *
 * @throws SettingsError for names that do not exist, with the nearest that does
 */
export function chooseFeatures(featureClasses: FeatureClasses): FeatureChoices {
  const names = Array.isArray(featureClasses) ? (featureClasses as readonly string[]) : undefined;
  if (names === undefined && featureClasses !== undefined) {
    return new FeatureChoices(choicesOf(featureClasses));
  }
  if (last === undefined || !sameNames(last.names, names)) {
    last = { names: names?.slice(), choices: new FeatureChoices(choicesOf(featureClasses)) };
  }
  return last.choices;
}

function sameNames(a: readonly string[] | undefined, b: readonly string[] | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.length === b.length && a.every((name, k) => name === b[k]);
}

function choicesOf(featureClasses: FeatureClasses): Choice[] {
  if (featureClasses === undefined) {
    return familyNames()
      .filter((name) => name !== 'shape2D')
      .flatMap(currentFeatures);
  }
  if (typeof featureClasses !== 'object' || featureClasses === null) {
    throw new SettingsError(
      'featureClasses',
      featureClasses,
      'featureClasses must be a list of names or a record from family to names.',
    );
  }
  const choices = Array.isArray(featureClasses)
    ? (featureClasses as readonly unknown[]).flatMap(choicesOfName)
    : Object.entries(featureClasses as Record<string, unknown>).flatMap(([name, features]) =>
        choicesOfFamily(name, features),
      );
  if (choices.length === 0) {
    throw new SettingsError('featureClasses', featureClasses, 'featureClasses chooses no feature.');
  }
  return choices;
}

/** A family stands for its current features, anything else must be the key of a feature. */
function choicesOfName(name: unknown): Choice[] {
  if (typeof name !== 'string') {
    throw new SettingsError('featureClasses', name, 'featureClasses must list names as text.');
  }
  return Object.hasOwn(families, name) ? currentFeatures(name as FamilyName) : [choiceOfKey(name)];
}

function choicesOfFamily(name: string, features: unknown): Choice[] {
  if (!Object.hasOwn(families, name)) unknownFamily(name);
  const family = name as FamilyName;
  if (features === null || features === undefined) return currentFeatures(family);
  if (!Array.isArray(features)) {
    throw new SettingsError(
      `featureClasses.${name}`,
      features,
      `featureClasses.${name} must be a list of feature names, empty or null for all.`,
    );
  }
  if (features.length === 0) return currentFeatures(family);
  return features.map((feature: unknown) => {
    const known = String(feature);
    if (hasFeature(family, known)) return { family, feature: known, image: undefined };
    const names = featureNames(family);
    const nearest = nearestName(known, names);
    const hint = nearest === undefined ? `: ${names.join(', ')}` : `; did you mean ${nearest}?`;
    throw new SettingsError(
      `featureClasses.${name}`,
      feature,
      `${name} has no feature ${known}${hint}`,
      { nearest },
    );
  });
}

function currentFeatures(family: FamilyName): Choice[] {
  return Object.keys(families[family].current).map((feature) => ({
    family,
    feature,
    image: undefined,
  }));
}

function featureNames(family: FamilyName): string[] {
  return [...Object.keys(families[family].current), ...Object.keys(families[family].deprecated)];
}

function hasFeature(family: FamilyName, feature: string): boolean {
  const { current, deprecated } = families[family];
  return Object.hasOwn(current, feature) || Object.hasOwn(deprecated, feature);
}

/** `wavelet-LLH_glcm_Contrast` → image, family, feature. */
function choiceOfKey(key: string): Choice {
  const [image = '', family = '', feature = '', ...rest] = key.split('_');
  const known =
    rest.length === 0 &&
    Object.hasOwn(families, family) &&
    hasFeature(family as FamilyName, feature) &&
    imageTypeOf(image) !== undefined &&
    (image === 'original' || !isShape(family as FamilyName));
  return known ? { family: family as FamilyName, feature, image } : unknownKey(key);
}

/** How the names of an image type's images look. */
const IMAGE_NAMES = {
  Original: /^original$/,
  Wavelet: /^wavelet\d*-[HL]{1,3}$/,
  LoG: /^log-sigma-\d+-\d+-mm-[23]D$/,
  Square: /^square$/,
  SquareRoot: /^squareroot$/,
  Logarithm: /^logarithm$/,
  Exponential: /^exponential$/,
  Gradient: /^gradient$/,
  LBP2D: /^lbp-2D$/,
  LBP3D: /^lbp-3D-(m\d+|k)$/,
} as const satisfies Record<ImageTypeName, RegExp>;

/** The image type that an image's name belongs to. */
export function imageTypeOf(image: string): ImageTypeName | undefined {
  return imageTypeNames().find((name) => IMAGE_NAMES[name].test(image));
}

function unknownKey(key: string): never {
  if (!key.includes('_')) return unknownFamily(key);
  const image = key.slice(0, key.indexOf('_'));
  const shown = imageTypeOf(image) === undefined ? 'original' : image;
  const keys = familyNames().flatMap((family) =>
    featureNames(family).map((feature) => `${shown}_${family}_${feature}`),
  );
  const nearest = nearestName(key, keys) ?? nearestName(`original_${key}`, keys);
  const hint =
    nearest === undefined
      ? '; keys look like original_glcm_Contrast.'
      : `; did you mean ${nearest}?`;
  throw new SettingsError('featureClasses', key, `There is no feature ${key}${hint}`, { nearest });
}

function unknownFamily(name: string): never {
  const nearest = nearestName(name, familyNames());
  const hint = nearest === undefined ? '' : ` Did you mean ${nearest}?`;
  throw new SettingsError(
    `featureClasses.${name}`,
    name,
    `There is no feature class ${name}; there are ${familyNames().join(', ')}.${hint}`,
    { nearest },
  );
}
