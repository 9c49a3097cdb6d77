import type { IbsiSettings } from './settings.js';

/** Settings under which features have the definitions and tags of IBSI instead of PyRadiomics'. */
export type AnyIbsiSettings = 'ibsi' | IbsiSettings;

/** Whether settings ask for IBSI's definitions. */
export function isIbsi(settings: object | AnyIbsiSettings): settings is AnyIbsiSettings {
  return (
    settings === 'ibsi' ||
    (typeof settings === 'object' && settings !== null && 'definitions' in settings)
  );
}
