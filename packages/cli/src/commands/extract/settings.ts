import { readFile } from 'node:fs/promises';
import { FileAccessError } from '@steatosis/io/node';
import {
  extractFeaturesBatch,
  type IbsiFamilyName,
  type IbsiSettings,
  paperFeatures,
  parseSettings,
  planarFeatures,
  type Settings,
  SettingsError,
} from '@steatosis/radiomics';
import { parse } from 'yaml';
import type { OptionValues } from '../../command-line/option-values.js';

/** Settings of an extraction by either definitions. */
export type ExtractionSettings = Settings | IbsiSettings;

const FEATURE_SETS: Readonly<Record<string, readonly string[]>> = {
  planar: planarFeatures,
  paper: paperFeatures,
  all: ['shape', 'firstorder', 'glcm', 'glrlm', 'glszm', 'ngtdm', 'gldm'],
};

/** Whose names and formulas were asked for. */
export function chosenDefinitions(options: OptionValues): 'pyradiomics' | 'ibsi' {
  return options.choice('definitions', ['pyradiomics', 'ibsi']) ?? 'pyradiomics';
}

/**
 * The settings of a parameter file with the features of the command line, checked before any image is read.
 *
 * @throws UsageError, SettingsError, FileAccessError
 */
export async function readSettings(options: OptionValues): Promise<ExtractionSettings> {
  const path = options.text('settings');
  const text = path === undefined ? '' : await readText(path);
  const features = options.text('features');
  const settings =
    chosenDefinitions(options) === 'ibsi'
      ? ibsiSettings(path, text, features)
      : pyradiomicsSettings(path, text, features);
  extractFeaturesBatch([], settings);
  return settings;
}

export function isIbsi(settings: ExtractionSettings): settings is IbsiSettings {
  return 'definitions' in settings;
}

function pyradiomicsSettings(
  path: string | undefined,
  text: string,
  features: string | undefined,
): Settings {
  const settings = path === undefined ? {} : parseSettings(text);
  if (features !== undefined) settings.featureClasses = FEATURE_SETS[features] ?? words(features);
  return settings;
}

/** IBSI's settings are a map of the keys of `IbsiSettings`. */
function ibsiSettings(
  path: string | undefined,
  text: string,
  features: string | undefined,
): IbsiSettings {
  const given = path === undefined ? {} : parseMap(path, text);
  // What is wrong with them is found by the check that follows.
  const settings = { ...given, definitions: 'ibsi' } as IbsiSettings;
  if (features === undefined || features === 'all') return settings;
  return { ...settings, families: words(features) as IbsiFamilyName[] };
}

function parseMap(path: string, text: string): object {
  let value: unknown;
  try {
    value = parse(text);
  } catch (cause) {
    const [reason] = (cause instanceof Error ? cause.message : String(cause)).split('\n');
    throw new SettingsError('settings', path, `${path} is no valid YAML or JSON: ${reason}`, {
      cause,
    });
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new SettingsError('settings', path, `${path} must be a map of settings and values.`);
}

function words(text: string): string[] {
  return text.split(',').map((word) => word.trim());
}

async function readText(path: string): Promise<string> {
  return await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new FileAccessError(path, 'read', cause);
  });
}
