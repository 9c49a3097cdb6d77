import type { LongTaskOptions } from '@steatosis/core';

/** How a long task is run, among other settings: with any of them a function returns a promise. */
export type WithTaskOptions<Settings> = Settings & LongTaskOptions;

const KEYS = ['workers', 'signal', 'onProgress'] as const satisfies (keyof LongTaskOptions)[];

/**
 * Take the options of a long task out of settings.
 *
 * @param options more of them, which come before those among the settings
 * @returns `task` is undefined where there is none, and the work is to be done at once
 */
export function splitTaskOptions<Settings extends object, Options extends LongTaskOptions>(
  settings: WithTaskOptions<Settings>,
  options?: Options,
): { settings: Settings; task: Options | LongTaskOptions | undefined } {
  // What is no object is told so where settings are checked.
  const isObject = typeof settings === 'object' && settings !== null;
  if (!isObject || !KEYS.some((key) => settings[key] !== undefined)) {
    return { settings, task: options };
  }
  const { workers, signal, onProgress, ...rest } = settings;
  const among: LongTaskOptions = {
    ...(workers !== undefined && { workers }),
    ...(signal !== undefined && { signal }),
    ...(onProgress !== undefined && { onProgress }),
  };
  return { settings: rest as unknown as Settings, task: { ...among, ...options } };
}
