import { createVolume } from '@steatosis/core';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { featurePages } from '../../../scripts/docs/feature-pages.js';
import { families } from '../src/features/families.js';
import {
  describeFeature,
  extractFeatures,
  type FeatureDescription,
  listFeatures,
  listIbsiFeatures,
  SettingsError,
} from '../src/index.js';
import { readReference } from './support/ibsi-reference.js';

const parts = ['formula', 'meaning', 'degenerate', 'unit', 'source', 'familyDescription'] as const;

const everyName = Object.entries(families).flatMap(([family, { current, deprecated }]) =>
  [...Object.keys(current), ...Object.keys(deprecated)].map((name) => ({ family, name })),
);

describe('descriptions', () => {
  it('are what the comments of the features say (node scripts/docs/feature-docs.ts)', async () => {
    for (const { path, text } of await featurePages()) {
      expect(readFileSync(path, 'utf8') === text, `${path} is up to date`).toBe(true);
    }
  });

  it('cover the 127 names of PyRadiomics and every tag of IBSI, whole', () => {
    expect(everyName).toHaveLength(127);
    const keys = everyName.map(({ family, name }) => `original_${family}_${name}`);
    const tags = Object.values(readReference('consensus')['dig_phantom'] ?? []).map(
      ({ tag }) => tag,
    );
    expect(tags).toHaveLength(487);
    for (const key of [...keys, ...tags]) {
      const description = describeFeature(key);
      expect(description.key).toBe(key);
      for (const part of parts) expect(description[part], `${part} of ${key}`).not.toBe('');
    }
  });

  it('give each feature of IBSI an identifier, and features of the same name the same', () => {
    for (const { key, source, definition } of listFeatures()) {
      if (definition === 'IBSI') expect(source, key).toMatch(/^IBSI [A-Z0-9]{4}(;|$)/);
    }
  });

  it.each([
    ['original_glcm_Contrast', { family: 'glcm', name: 'Contrast', image: 'original' }],
    ['wavelet2-LLH_glcm_Contrast', { family: 'glcm', name: 'Contrast', image: 'wavelet2-LLH' }],
    ['log-sigma-1-0-mm-3D_gldm_DependenceEntropy', { image: 'log-sigma-1-0-mm-3D' }],
    ['lbp-3D-m1_firstorder_10Percentile', { name: '10Percentile', definition: 'PyRadiomics' }],
    ['ngtdm_Coarseness', { family: 'ngtdm', image: 'original' }],
    ['morph_moran_i', { family: 'morph', title: "Moran's I index", definition: 'IBSI' }],
    ['cm_contrast_2_5D_avg', { family: 'cm', name: 'cm_contrast', aggregation: '2_5D_avg' }],
    ['dzm_sde_3D', { family: 'dzm', aggregation: '3D' }],
    ['cm_contrast', { family: 'cm', name: 'cm_contrast' }],
    ['original_glcm_Homogeneity1', { deprecated: 'equal to Id' }],
  ])('find %s', (key, expected) => {
    expect(describeFeature(key)).toMatchObject({ key, ...expected });
  });

  it.each([
    ['original_glcm_Contrst', 'original_glcm_Contrast'],
    ['wavelet-LLH_glcm_contrast', 'wavelet-LLH_glcm_Contrast'],
    ['glcm_Idmm', 'glcm_Idm'],
    ['morph_volum', 'morph_volume'],
    ['wavelet-LLH_shape_Sphericity', 'shape_Sphericity'],
    ['foo_glcm_Contrast', 'glcm_Contrast'],
    ['', undefined],
    ['constructor', undefined],
    ['original_constructor_name', undefined],
    ['cm_contrast_3D', 'cm_contrast'],
    ['morph_volume_3D', 'morph_volume'],
  ])('refuse %s', (key, nearest) => {
    const fault = (() => {
      try {
        return describeFeature(key);
      } catch (error) {
        return error as SettingsError;
      }
    })();
    expect(fault).toBeInstanceOf(SettingsError);
    expect(fault).toMatchObject(nearest === undefined ? { found: key } : { nearest });
  });
});

describe('lists of features', () => {
  it('leave out what is retired unless it is asked for', () => {
    const names = ({ definition, family, name }: FeatureDescription) =>
      definition === 'PyRadiomics' ? [`${family}.${name}`] : [];
    expect(listFeatures().flatMap(names)).toHaveLength(116);
    expect(listFeatures({ deprecated: true }).flatMap(names).sort()).toEqual(
      everyName.map(({ family, name }) => `${family}.${name}`).sort(),
    );
    expect(listFeatures({ families: ['gldm', 'glcm'] }).map(({ family }) => family)).toEqual([
      ...Array.from({ length: 14 }, () => 'gldm'),
      ...Array.from({ length: 24 }, () => 'glcm'),
    ]);
  });

  it('hold the tags and names that results of IBSI have', () => {
    const listed = new Map(listFeatures().map(({ name, title }) => [name, title]));
    for (const { tag, name, aggregation } of listIbsiFeatures()) {
      const base = aggregation === undefined ? tag : tag.slice(0, -aggregation.length - 1);
      expect(listed.get(base), tag).toBe(name);
    }
  });

  it('name the nearest family', () => {
    expect(() => listFeatures({ families: ['glmc'] })).toThrow(/did you mean glcm\?/);
    expect(() => listFeatures({ families: ['toString'] })).toThrow(SettingsError);
  });
});

describe('values in a flat region', () => {
  // One slice, whose zones are not counted anew in each of several.
  const image = createVolume(new Float64Array(48).fill(1), [8, 6, 1]);
  const mask = createVolume(new Uint8Array(48).fill(1), [8, 6, 1]);
  const documented = (key: string) => {
    const value = /^(-?[\d.]+) in a flat region/.exec(describeFeature(key).degenerate)?.[1];
    return value === undefined ? undefined : Number(value);
  };

  it('are those that the descriptions say', () => {
    const features = extractFeatures(image, mask, {
      featureClasses: everyName.flatMap(({ family, name }) =>
        family === 'shape2D' ? [] : [`original_${family}_${name}`],
      ),
    });
    let checked = 0;
    for (const [key, value] of Object.entries({
      ...features,
      ...extractFeatures(image, mask, 'ibsi'),
    })) {
      const expected = documented(key);
      if (expected === undefined) continue;
      checked++;
      expect(value, key).toBeCloseTo(expected, 12);
    }
    expect(checked).toBeGreaterThan(300);
  });
});
