import { describe, expect, it } from 'vitest';
import { families } from '../src/features/families.js';
import { extractFeatures, paperFeatures, planarFeatures } from '../src/index.js';
import { differences } from './support/compare.js';
import { type PrintedNumber, readCases, readJson } from './support/fixtures.js';

interface PaperCase {
  id: string;
  settings: { binWidth: number; force2D: boolean; force2Ddimension: 0 | 1 | 2 };
  expected: Record<string, PrintedNumber>;
}

interface FeatureNames {
  classes: Record<string, { active: string[]; deprecated: string[] }>;
}

const { cases } = readJson('pyradiomics/paper126.json.gz') as { cases: PaperCase[] };
const volumes = new Map(readCases('pyradiomics/roi2d.json.gz').map((c) => [c.id, c]));
const extra = 'original_firstorder_StandardDeviation';

describe('the features of Zhang et al. 2020', () => {
  it('are 126, of which 93 stay', () => {
    expect(new Set(paperFeatures).size).toBe(126);
    expect(new Set(planarFeatures).size).toBe(93);
    const { expected } = cases[0];
    expect([...paperFeatures]).toEqual(Object.keys(expected).filter((key) => key !== extra));
  });

  it('follow from the names of the families as the derivation says', () => {
    const keys = (name: keyof typeof families, which: 'current' | 'deprecated') =>
      Object.keys(families[name][which]).map((feature) => `original_${name}_${feature}`);
    const textures = ['glcm', 'glrlm', 'glszm', 'ngtdm', 'gldm'] as const;
    const shapes = ['shape', 'shape2D'] as const;
    const both = (name: keyof typeof families) => [
      ...keys(name, 'current'),
      ...keys(name, 'deprecated'),
    ];
    const shape = shapes.flatMap(both);
    const texture = textures.flatMap(both);
    const deprecatedTexture = textures.flatMap((name) => keys(name, 'deprecated'));
    expect(shape).toHaveLength(27);
    expect(texture).toHaveLength(81);
    expect(deprecatedTexture).toHaveLength(6);
    expect([...paperFeatures].sort()).toEqual(
      [...keys('firstorder', 'current'), ...texture, ...shape].sort(),
    );
    expect([...planarFeatures]).toEqual(
      paperFeatures.filter((key) => !shape.includes(key) && !deprecatedTexture.includes(key)),
    );
  });

  it('have the names that PyRadiomics has, in its order', () => {
    const { classes } = readJson('pyradiomics/feature-names.json.gz') as FeatureNames;
    for (const [name, { active, deprecated }] of Object.entries(classes)) {
      const family = families[name as keyof typeof families];
      expect(Object.keys(family.current), name).toEqual(active);
      expect(Object.keys(family.deprecated).sort(), name).toEqual([...deprecated].sort());
    }
  });

  it.each(cases.map((c) => [c.id, c] as const))('%s: all of them in one call', (id, c) => {
    const { image, mask, label } = volumes.get(id)!;
    const featureClasses = [...paperFeatures, extra];
    const features = extractFeatures(image, mask, { ...c.settings, label, featureClasses });
    expect(Object.keys(features)).toEqual(featureClasses);
    expect(differences(features, c.expected)).toEqual([]);
  });

  it('need no force2D on one slice', () => {
    const { image, mask } = volumes.get('00_mri_full')!;
    const { expected } = cases.find((c) => c.id === '00_mri_full')!;
    const features = extractFeatures(image, mask, { featureClasses: paperFeatures });
    expect(Object.keys(features)).toEqual([...paperFeatures]);
    const { [extra]: _, ...rest } = expected;
    expect(differences(features, rest)).toEqual([]);
  });
});
