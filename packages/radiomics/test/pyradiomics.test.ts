import { isSteatosisError } from '@steatosis/core';
import { describe, expect, it } from 'vitest';
import { extractFeatures, type Settings } from '../src/index.js';
import { differences } from './support/compare.js';
import { readCases, type Run } from './support/fixtures.js';

/** PyRadiomics prints messages, this package has codes. */
const errorCodes: [RegExp, string][] = [
  [/too few dimensions|1 segmented voxel|too small/, 'REGION_TOO_SMALL'],
  [/No labels found/, 'EMPTY_MASK'],
  [/not present in mask/, 'LABEL_ABSENT'],
];

const suites = ['pyradiomics/roi2d.json.gz', 'pyradiomics/vol3d.json.gz'];

describe.each(suites)('PyRadiomics 3.1.0: %s', (suite) => {
  const cases = readCases(suite);
  it.each(cases.map((c) => [c.id, c] as const))('%s', (_, { image, mask, label, runs }) => {
    for (const run of runs) {
      const settings = settingsOf(run, label);
      if (run.expectedError !== undefined) {
        expect(
          codeOf(() => extractFeatures(image, mask, settings)),
          run.variant,
        ).toBe(errorCodes.find(([message]) => message.test(run.expectedError!.message))![1]);
        continue;
      }
      const features = extractFeatures(image, mask, settings);
      expect(Object.keys(features).sort(), run.variant).toEqual(Object.keys(run.expected!).sort());
      expect(differences(features, run.expected!), run.variant).toEqual([]);
    }
  });
});

function settingsOf(run: Run, label: number): Settings {
  const containsNaN = run.variant.startsWith('nan_in_roi');
  return {
    ...run.settings,
    label,
    featureClasses: run.featureClasses,
    ...(containsNaN ? { nanPolicy: 'pyradiomics' } : {}),
  };
}

function codeOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (isSteatosisError(error)) return error.code;
    throw error;
  }
  return 'no error';
}
