import { SettingsError } from '../errors.js';
import { nearestName } from './nearest.js';
import { settingRules } from './rules.js';
import { shown } from './shown.js';
import { DEFAULTS, type ResolvedSettings, type Settings } from './settings.js';

/**
 * Check settings and fill in the defaults.
 *
 * @throws SettingsError
 */
export function resolveSettings(settings: Settings): ResolvedSettings {
  if (typeof settings !== 'object' || settings === null || Array.isArray(settings)) {
    throw new SettingsError(
      'settings',
      settings,
      "Settings must be an object of PyRadiomics’ keys, or 'ibsi'.",
    );
  }
  const resolved: Record<string, unknown> = { ...DEFAULTS };
  for (const [key, value] of Object.entries(settings)) {
    if (key === 'featureClasses' || key === 'imageTypes' || value === undefined) continue;
    checkSetting(key, value, key);
    resolved[key] = value;
  }
  return resolved as unknown as ResolvedSettings;
}

/**
 * Check one setting.
 *
 * @param path where it stands, for the message
 * @throws SettingsError
 */
export function checkSetting(key: string, value: unknown, path: string): void {
  const rule = Object.hasOwn(settingRules, key)
    ? settingRules[key as keyof typeof settingRules]
    : undefined;
  if (rule !== undefined) {
    if (rule.accepts(value)) return;
    throw new SettingsError(path, value, `${path} is ${shown(value)}; expected ${rule.expected}.`);
  }
  const nearest = nearestName(key, [...Object.keys(settingRules), 'featureClasses', 'imageTypes']);
  const hint = nearest === undefined ? '' : `; did you mean ${nearest}?`;
  throw new SettingsError(path, value, `${path} is no setting${hint}`, { nearest });
}
