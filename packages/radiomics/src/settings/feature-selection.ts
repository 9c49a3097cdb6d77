import { NotSupportedYetError, SettingsError } from '../errors.js';
import { families, type Family, type FamilyName } from '../features/families.js';
import type { Feature } from '../features/family.js';
import { nearestName } from './nearest.js';
import { laterImageTypes } from './rules.js';

/** The features to compute of one family. */
interface FamilySelection {
  family: Family<never>;
  features: Feature<never>[];
  /** Where each stands in the result. */
  places: number[];
}

/** What is to be computed: keys in the order of the result, and the same by family. */
export interface Selection {
  keys: readonly string[];
  families: readonly FamilySelection[];
}

type FeatureClasses =
  readonly string[] | Readonly<Record<string, readonly string[] | null>> | undefined;

interface FeatureEntry {
  family: FamilyName;
  feature: Feature<never>;
}

let entries: Map<string, FeatureEntry> | undefined;
/** The last choice that was a list (or none), since a cohort repeats the same one for every region. */
let last: { names: readonly string[] | undefined; selection: Selection } | undefined;

/** Every feature, current and deprecated, by its key for the original image. */
function featureEntries(): Map<string, FeatureEntry> {
  if (entries !== undefined) return entries;
  entries = new Map();
  for (const name of familyNames()) {
    const family: Family<never> = families[name];
    for (const table of [family.current, family.deprecated]) {
      for (const [feature, compute] of Object.entries(table)) {
        entries.set(`original_${name}_${feature}`, { family: name, feature: compute });
      }
    }
  }
  return entries;
}

function familyNames(): FamilyName[] {
  return Object.keys(families) as FamilyName[];
}

/**
 * Turn the choice of features into what is to be computed.
 *
 * @throws SettingsError for names that do not exist, with the nearest that does
 * @throws NotSupportedYetError for keys of filtered images
 */
export function selectFeatures(featureClasses: FeatureClasses): Selection {
  const names = Array.isArray(featureClasses) ? (featureClasses as readonly string[]) : undefined;
  if (names === undefined && featureClasses !== undefined) return buildSelection(featureClasses);
  if (last === undefined || !sameNames(last.names, names)) {
    last = { names: names?.slice(), selection: buildSelection(featureClasses) };
  }
  return last.selection;
}

function sameNames(a: readonly string[] | undefined, b: readonly string[] | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.length === b.length && a.every((name, k) => name === b[k]);
}

function buildSelection(featureClasses: FeatureClasses): Selection {
  const keys = chosenKeys(featureClasses);
  const byFamily = new Map<FamilyName, FamilySelection>();
  keys.forEach((key, place) => {
    const entry = featureEntries().get(key) ?? unknownKey(key);
    let selection = byFamily.get(entry.family);
    if (selection === undefined) {
      selection = { family: families[entry.family], features: [], places: [] };
      byFamily.set(entry.family, selection);
    }
    selection.features.push(entry.feature);
    selection.places.push(place);
  });
  return { keys, families: [...byFamily.values()] };
}

function chosenKeys(featureClasses: FeatureClasses): string[] {
  if (featureClasses === undefined) {
    return familyNames()
      .filter((name) => name !== 'shape2D')
      .flatMap(currentKeys);
  }
  if (typeof featureClasses !== 'object' || featureClasses === null) {
    throw new SettingsError(
      'featureClasses',
      featureClasses,
      'featureClasses must be a list of names or a record from family to names.',
    );
  }
  const keys = Array.isArray(featureClasses)
    ? (featureClasses as readonly unknown[]).flatMap(keysOfName)
    : Object.entries(featureClasses as Record<string, unknown>).flatMap(([name, features]) =>
        keysOfFamily(name, features),
      );
  if (keys.length === 0) {
    throw new SettingsError('featureClasses', featureClasses, 'featureClasses chooses no feature.');
  }
  return [...new Set(keys)];
}

/** A family stands for its current features, anything else must be the key of a feature. */
function keysOfName(name: unknown): string[] {
  if (typeof name !== 'string') {
    throw new SettingsError('featureClasses', name, 'featureClasses must list names as text.');
  }
  return Object.hasOwn(families, name) ? currentKeys(name as FamilyName) : [name];
}

function keysOfFamily(name: string, features: unknown): string[] {
  if (!Object.hasOwn(families, name)) unknownFamily(name);
  const family: Family<never> = families[name as FamilyName];
  if (features === null || features === undefined) return currentKeys(name as FamilyName);
  if (!Array.isArray(features)) {
    throw new SettingsError(
      `featureClasses.${name}`,
      features,
      `featureClasses.${name} must be a list of feature names, empty or null for all.`,
    );
  }
  if (features.length === 0) return currentKeys(name as FamilyName);
  return features.map((feature: unknown) => {
    const known = String(feature);
    if (Object.hasOwn(family.current, known) || Object.hasOwn(family.deprecated, known)) {
      return `original_${name}_${known}`;
    }
    const names = [...Object.keys(family.current), ...Object.keys(family.deprecated)];
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

function currentKeys(name: FamilyName): string[] {
  return Object.keys(families[name].current).map((feature) => `original_${name}_${feature}`);
}

function unknownKey(key: string): never {
  const imageType = key.slice(0, key.indexOf('_')).split('-')[0].toLowerCase();
  const filters = [...laterImageTypes.map((name) => name.toLowerCase()), 'log', 'lbp'];
  if (key.includes('_') && filters.includes(imageType)) throw new NotSupportedYetError(key);
  if (!key.includes('_')) return unknownFamily(key);
  const nearest = nearestName(key, [...featureEntries().keys()]);
  const hint = nearest === undefined ? '' : `; did you mean ${nearest}?`;
  throw new SettingsError('featureClasses', key, `${key} is no feature${hint}`, { nearest });
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
