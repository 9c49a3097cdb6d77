import { describe, expect, it } from 'vitest';
import { extractFeatures } from '../src/index.js';
import { differences, errorOf } from './support/compare.js';
import { readJson } from './support/fixtures.js';
import { expectedKeys, type FormulaCase, formulaVolumes } from './support/formula-volumes.js';

const small = (readJson('kernels/volumes.json.gz') as FormulaCase[]).filter(
  (c) => c.voxels < 300_000,
);
const cases = [...(readJson('kernels/rois16.json.gz') as FormulaCase[]), ...small];

describe('PyRadiomics 3.0.1 on volumes made by a formula', () => {
  it.each(cases.map((c) => [c.name, c] as const))('%s', (_, c) => {
    const { image, mask } = formulaVolumes(c);
    const expected = expectedKeys(c);
    const features = extractFeatures(image, mask, {
      binWidth: c.binWidth,
      featureClasses: Object.keys(c.features),
    });
    expect(differences(features, expected, 'relative')).toEqual([]);
    const mcc = features['original_glcm_MCC'];
    expect(errorOf(mcc, c.glcm_MCC_without_epsilon, 'relative')).toBeLessThan(1e-9);
  });
});
