import { parseDocument } from 'yaml';
import { SettingsError } from '../errors.js';
import { chooseFeatures } from './feature-selection.js';
import { checkImageTypes, type ImageTypes } from './image-types.js';
import { nearestName } from './nearest.js';
import { checkSetting } from './resolve-settings.js';
import type { Settings } from './settings.js';
import { VOXEL_DEFAULTS } from './voxel-settings.js';

const SECTIONS = ['setting', 'featureClass', 'imageType', 'voxelSetting'];

/** Settings that PyRadiomics does not have: its files hold choices in sections of their own. */
const OUR_KEYS = ['featureClasses', 'imageTypes', 'nanPolicy', 'logKernel'];

/** Classes of a parameter file that chooses none, `shape2D` among them where there are planes. */
const ALL_CLASSES = ['shape', 'firstorder', 'glcm', 'glrlm', 'glszm', 'ngtdm', 'gldm'];

/**
 * Read a PyRadiomics parameter file: YAML (or JSON) with the sections `setting`, `featureClass`,
 * `imageType` and `voxelSetting`.
 *
 * As in PyRadiomics, a class with an empty list or without one stands for all of its features, and a
 * file without `featureClass` asks for every class. Nothing is silently ignored: what is not understood
 * is an error.
 *
 * @param text the file's content
 * @throws SettingsError for broken YAML, unknown keys, wrong types and impossible values, naming the key
 * and the nearest valid one
 * @example
 * ```ts
 * import { parseSettings } from '@steatosis/radiomics';
 *
 * const settings = parseSettings(`
 * setting: { binWidth: 5, force2D: true }
 * featureClass:
 *   firstorder: [Mean, Entropy]
 *   glcm:
 * `);
 * console.log(settings.binWidth, settings.featureClasses); // 5 { firstorder: [ 'Mean', 'Entropy' ], glcm: [] }
 * ```
 */
export function parseSettings(text: string): Settings {
  const root = sectionOf(parseYaml(text), 'the file');
  for (const key of Object.keys(root)) {
    if (!SECTIONS.includes(key)) throw unknownName(key, SECTIONS, 'section of a parameter file');
  }
  const settings: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(sectionOf(root['setting'], 'setting'))) {
    if (OUR_KEYS.includes(key)) {
      throw unknownName(`setting.${key}`, [], 'setting of a parameter file');
    }
    checkSetting(key, value, `setting.${key}`);
    settings[key] = value;
  }
  for (const [key, value] of Object.entries(sectionOf(root['voxelSetting'], 'voxelSetting'))) {
    if (!Object.hasOwn(VOXEL_DEFAULTS, key)) {
      const names = Object.keys(VOXEL_DEFAULTS);
      throw unknownName(`voxelSetting.${key}`, names, 'voxel setting', key);
    }
    checkSetting(key, value, `voxelSetting.${key}`);
    settings[key] = value;
  }
  const imageTypes = sectionOf(root['imageType'], 'imageType');
  if (Object.keys(imageTypes).length > 0) {
    checkImageTypes(imageTypes, 'imageType');
    settings['imageTypes'] = imageTypes satisfies ImageTypes;
  }
  const featureClasses = featureClassesOf(root['featureClass'], settings['force2D'] === true);
  chooseFeatures(featureClasses);
  return { ...(settings as Settings), featureClasses };
}

function parseYaml(text: string): unknown {
  if (typeof text !== 'string') {
    throw new SettingsError(
      'text',
      typeof text,
      'parseSettings takes the text of a parameter file.',
    );
  }
  const document = parseDocument(text, { prettyErrors: true, logLevel: 'silent' });
  const [error] = document.errors;
  if (error === undefined) {
    try {
      return document.toJS({ maxAliasCount: 100 });
    } catch (cause) {
      throw new SettingsError(
        'text',
        undefined,
        `The parameter file is no valid YAML: ${String(cause)}`,
        {
          cause,
        },
      );
    }
  }
  const [reason = ''] = error.message.split('\n');
  throw new SettingsError('text', undefined, `The parameter file is no valid YAML: ${reason}`, {
    cause: error,
  });
}

/** A map of the file; nothing stands for an empty one. */
function sectionOf(value: unknown, name: string): Record<string, unknown> {
  if (value === null || value === undefined) return {};
  if (typeof value !== 'object' || Array.isArray(value)) {
    throw new SettingsError(name, value, `${name} must be a map of keys and values.`);
  }
  return value as Record<string, unknown>;
}

function featureClassesOf(section: unknown, planes: boolean): Record<string, string[]> {
  const classes = sectionOf(section, 'featureClass');
  const names = Object.keys(classes);
  if (names.length === 0) {
    const all = planes ? [...ALL_CLASSES, 'shape2D'] : ALL_CLASSES;
    return Object.fromEntries(all.map((name) => [name, []]));
  }
  return Object.fromEntries(
    names.map((name) => {
      const features = classes[name] ?? [];
      if (!Array.isArray(features)) {
        throw new SettingsError(
          `featureClass.${name}`,
          features,
          `featureClass.${name} must be a list of feature names, empty for all.`,
        );
      }
      // An unquoted 10Percentile is text already; a bare number is turned into the text it looks like.
      return [name, features.map(String)];
    }),
  );
}

function unknownName(
  path: string,
  candidates: readonly string[],
  kind: string,
  name = path,
): SettingsError {
  const nearest = nearestName(name, candidates);
  const hint = nearest === undefined ? '' : `; did you mean ${nearest}?`;
  const list = candidates.length > 0 ? ` There are ${candidates.join(', ')}.` : '';
  return new SettingsError(path, name, `${path} is no ${kind}${hint}${hint ? '' : '.'}${list}`, {
    nearest,
  });
}
