import { describe, expect, it } from 'vitest';
import { extractFeatures, type ImageTypes } from '../src/index.js';
import { differencesOfRun } from './support/compare.js';
import { readCases, type Run } from './support/fixtures.js';

interface SampleRun extends Run {
  imageTypes: ImageTypes;
}

describe.each(['brain1', 'breast1', 'lung1_crop'])('the sample %s of PyRadiomics 3.1.0', (name) => {
  const [{ image, mask, label, runs }] = readCases(`samples/${name}.json.gz`);
  it.each((runs as SampleRun[]).map((run) => [run.variant, run] as const))('%s', (_, run) => {
    const { settings, featureClasses, imageTypes } = run;
    const features = extractFeatures(image, mask, {
      ...settings,
      label,
      featureClasses,
      imageTypes,
    });
    expect(Object.keys(features).sort()).toEqual(Object.keys(run.expected!).sort());
    expect(differencesOfRun(features, run)).toEqual([]);
  });
});
