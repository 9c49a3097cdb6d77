import { createVolume, isSteatosisError, type SteatosisError } from '@steatosis/core';
import { describe, expect, it } from 'vitest';
import { extractFeatures, parseSettings, type Settings } from '../src/index.js';
import { settingRules } from '../src/settings/rules.js';
import { differences } from './support/compare.js';
import { readCases, readText } from './support/fixtures.js';

const image = createVolume(
  Float32Array.from({ length: 64 }, (_, i) => (i * 13) % 40),
  [8, 8, 1],
);
const mask = createVolume(new Uint8Array(64).fill(1), [8, 8, 1]);
const extract = (settings: unknown) => () => extractFeatures(image, mask, settings as Settings);

function thrownBy(action: () => unknown): SteatosisError {
  try {
    action();
  } catch (error) {
    if (isSteatosisError(error)) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('settings', () => {
  it('names the nearest setting for an unknown one', () => {
    const error = thrownBy(extract({ binWdith: 5 }));
    expect(error).toMatchObject({ code: 'INVALID_SETTING', key: 'binWdith', nearest: 'binWidth' });
    expect(error.message).toBe('binWdith is no setting; did you mean binWidth?');
  });

  it.each([
    ['label', 0],
    ['label', 1.5],
    ['label', '1'],
    ['binWidth', 0],
    ['binWidth', -5],
    ['binWidth', Number.NaN],
    ['binWidth', Infinity],
    ['binCount', 0],
    ['binCount', 1.5],
    ['binCount', 100000],
    ['force2D', 1],
    ['force2Ddimension', 3],
    ['distances', []],
    ['distances', 1],
    ['distances', [0]],
    ['distances', [16]],
    ['symmetricalGLCM', 'yes'],
    ['weightingNorm', 'manhatten'],
    ['gldm_a', -1],
    ['voxelArrayShift', '300'],
    ['minimumROIDimensions', 4],
    ['minimumROISize', 0],
    ['nanPolicy', 'ignore'],
  ])('refuses %s = %j', (key, value) => {
    const error = thrownBy(extract({ [key]: value }));
    expect(error).toMatchObject({ code: 'INVALID_SETTING', key, found: value });
    expect(error.message).toContain(key);
  });

  it.each([
    ['normalizeScale', 0],
    ['removeOutliers', -3],
    ['resampledPixelSpacing', [1, 1]],
    ['resampledPixelSpacing', [1, 1, -1]],
    ['interpolator', 'linear'],
    ['interpolator', 11],
    ['padDistance', 1.5],
    ['geometryTolerance', 0],
    ['resegmentRange', [1, 2, 3]],
    ['resegmentRange', []],
    ['resegmentMode', 'percent'],
    ['label_channel', -1],
    ['wavelet', 'mexican'],
    ['level', 0],
    ['sigma', [0]],
    ['sigma', 3],
    ['lbp2DMethod', 'nri'],
    ['logKernel', 'fir'],
    ['lbp3DIcosphereSubdivision', 12],
    ['kernelRadius', 0],
    ['initValue', 'nan'],
    ['voxelBatch', 0],
  ])('refuses %s = %j', (key, value) => {
    expect(thrownBy(extract({ [key]: value }))).toMatchObject({ code: 'INVALID_SETTING', key });
  });

  it('refuses what is no object', () => {
    for (const settings of [null, 'IBSI', 5, [1], { definitions: 'ibsy' }]) {
      expect(thrownBy(extract(settings)).code).toBe('INVALID_SETTING');
    }
  });

  it('takes undefined for the default', () => {
    expect(extractFeatures(image, mask, { binWidth: undefined } as unknown as Settings)).toEqual(
      extractFeatures(image, mask),
    );
  });

  it('prefers binCount to binWidth, as PyRadiomics does', () => {
    expect(extractFeatures(image, mask, { binWidth: 3, binCount: 8 })).toEqual(
      extractFeatures(image, mask, { binCount: 8 }),
    );
  });
});

describe('the choice of features', () => {
  it('is the 107 of PyRadiomics by default', () => {
    const keys = Object.keys(extractFeatures(image, mask));
    expect(keys).toHaveLength(107);
    expect(keys.filter((key) => key.includes('_shape_'))).toHaveLength(14);
  });

  it('takes families, keys and records', () => {
    const byKey = extractFeatures(image, mask, {
      featureClasses: ['original_glcm_Contrast', 'ngtdm'],
    });
    expect(Object.keys(byKey)).toEqual([
      'original_glcm_Contrast',
      'original_ngtdm_Busyness',
      'original_ngtdm_Coarseness',
      'original_ngtdm_Complexity',
      'original_ngtdm_Contrast',
      'original_ngtdm_Strength',
    ]);
    const byRecord = extractFeatures(image, mask, {
      featureClasses: { glcm: ['Contrast'], ngtdm: null },
    });
    expect(byRecord).toEqual(byKey);
  });

  it('computes deprecated names only when named', () => {
    const featureClasses = { glcm: ['Homogeneity1', 'Id'], firstorder: ['StandardDeviation'] };
    const features = extractFeatures(image, mask, { featureClasses });
    expect(features['original_glcm_Homogeneity1']).toBe(features['original_glcm_Id']);
    expect(Object.keys(extractFeatures(image, mask, { featureClasses: ['glcm'] }))).toHaveLength(
      24,
    );
  });

  it('does not confuse a list that was changed with the one before', () => {
    const featureClasses = ['original_glcm_Contrast'];
    extractFeatures(image, mask, { featureClasses });
    featureClasses[0] = 'original_glcm_Id';
    expect(Object.keys(extractFeatures(image, mask, { featureClasses }))).toEqual(featureClasses);
  });

  it.each([
    [['glmc'], 'glcm'],
    [['original_glcm_Contrastt'], 'original_glcm_Contrast'],
    [['glcm_Contrast'], 'original_glcm_Contrast'],
    [{ glcm: ['Contrastt'] }, 'Contrast'],
    [{ shape3D: [] }, 'shape2D'],
  ])('names the nearest of what does not exist: %j', (featureClasses, nearest) => {
    expect(thrownBy(extract({ featureClasses }))).toMatchObject({
      code: 'INVALID_SETTING',
      nearest,
    });
  });

  it('refuses empty and impossible choices', () => {
    for (const featureClasses of [[], {}, 'glcm', 5, null, [1], { glcm: 'Contrast' }]) {
      expect(thrownBy(extract({ featureClasses })).code).toBe('INVALID_SETTING');
    }
    for (const name of ['constructor', '__proto__', 'toString']) {
      expect(thrownBy(extract({ featureClasses: [name] })).code).toBe('INVALID_SETTING');
      expect(thrownBy(extract({ [name === '__proto__' ? 'valueOf' : name]: 1 })).code).toBe(
        'INVALID_SETTING',
      );
    }
  });

  it('says so when no image type gives anything', () => {
    const nothing = { imageTypes: { LoG: { sigma: [1] } }, featureClasses: ['firstorder'] };
    expect(thrownBy(extract(nothing))).toMatchObject({
      code: 'INVALID_SETTING',
      key: 'imageTypes',
    });
    // Shape needs no gray values.
    expect(extract({ ...nothing, featureClasses: ['shape', 'glcm'] })).not.toThrow();
  });

  it.each([
    [null, 'imageTypes'],
    [[], 'imageTypes'],
    ['LoG', 'imageTypes'],
    [{}, 'imageTypes'],
    [{ Fourier: {} }, 'imageTypes.Fourier'],
    [{ Wavlet: {} }, 'imageTypes.Wavlet'],
    [{ LoG: 3 }, 'imageTypes.LoG'],
    [{ LoG: [1] }, 'imageTypes.LoG'],
    [{ LoG: {} }, 'imageTypes.LoG.sigma'],
    [{ Square: { sigma: [1] } }, 'imageTypes.Square.sigma'],
    [{ Square: { binWidth: -1 } }, 'imageTypes.Square.binWidth'],
  ])('refuses the image types %j', (imageTypes, key) => {
    expect(thrownBy(extract({ imageTypes }))).toMatchObject({ code: 'INVALID_SETTING', key });
  });

  it('takes null and undefined for no settings of an image type', () => {
    const features = extract({ imageTypes: { Original: null, Square: { binWidth: undefined } } })();
    expect(Object.keys(features)).toHaveLength(200);
  });

  it('asks for the image type of a key of a derived image', () => {
    for (const key of ['wavelet-LLH_glcm_Contrast', 'log-sigma-1-0-mm-3D_firstorder_Mean']) {
      const error = thrownBy(extract({ featureClasses: [key] }));
      expect(error).toMatchObject({ code: 'INVALID_SETTING', key: 'featureClasses' });
      expect(error.message).toMatch(/add (Wavelet|LoG) to imageTypes/);
    }
    const shape = thrownBy(extract({ featureClasses: ['square_shape_Sphericity'] }));
    expect(shape.code).toBe('INVALID_SETTING');
  });
});

describe('parameter files', () => {
  it('reads a PyRadiomics file and gives its values', () => {
    const settings = parseSettings(readText('params/steatosis_2d.yaml'));
    expect(settings).toEqual({
      binWidth: 5,
      force2D: true,
      force2Ddimension: 0,
      label: 1,
      featureClasses: {
        shape2D: [],
        firstorder: [],
        glcm: [],
        glrlm: [],
        glszm: [],
        ngtdm: [],
        gldm: [],
      },
      imageTypes: { Original: {} },
    });
    const c = readCases('pyradiomics/roi2d.json.gz').find(({ id }) => id === '05_mri_wide_roi16')!;
    const run = c.runs.find(({ variant }) => variant === 'force2D')!;
    const features = extractFeatures(c.image, c.mask, { ...settings, binWidth: 25 });
    expect(differences(features, run.expected!)).toEqual([]);
  });

  it('refuses shape2D of several slices as PyRadiomics does', () => {
    const settings = parseSettings(readText('params/steatosis_2d.yaml'));
    const { image, mask } = readCases('samples/breast1.json.gz')[0];
    expect(thrownBy(() => extractFeatures(image, mask, settings))).toMatchObject({
      code: 'NOT_PLANAR',
      axis: 'z',
    });
  });

  it.each([
    ['invalid_binwidth.yaml', { code: 'INVALID_SETTING', key: 'setting.binWidth', found: -5 }],
    ['invalid_feature.yaml', { code: 'INVALID_SETTING', nearest: 'Contrast' }],
    ['invalid_unknown_class.yaml', { code: 'INVALID_SETTING', nearest: 'glcm' }],
    ['invalid_image_type.yaml', { code: 'INVALID_SETTING', key: 'imageType.Fourier' }],
  ])('refuses %s', (file, expected) => {
    expect(thrownBy(() => parseSettings(readText(`params/${file}`)))).toMatchObject(expected);
  });

  it('asks for every class where the file chooses none, shape2D too if there are planes', () => {
    const classes = (text: string) => Object.keys(parseSettings(text).featureClasses!);
    expect(classes('setting: { binWidth: 5 }')).toHaveLength(7);
    expect(classes('')).not.toContain('shape2D');
    expect(classes('setting: { force2D: true }')).toContain('shape2D');
  });

  it('lets the original image override texture settings', () => {
    const text = 'setting: { binWidth: 5 }\nimageType: { Original: { binWidth: 3 } }';
    const { binWidth, imageTypes } = parseSettings(text);
    expect([binWidth, imageTypes]).toEqual([5, { Original: { binWidth: 3 } }]);
    const overridden = { binWidth: 5, imageTypes: { Original: { binWidth: 3 } } };
    expect(extractFeatures(image, mask, overridden)).toEqual(
      extractFeatures(image, mask, { binWidth: 3 }),
    );
    const label = 'imageType: { Original: { label: 3 } }';
    expect(thrownBy(() => parseSettings(label)).code).toBe('INVALID_SETTING');
  });

  it('reads JSON too', () => {
    expect(parseSettings('{"setting": {"binCount": 16}}').binCount).toBe(16);
  });

  it.each([
    ['a: [', 'broken YAML'],
    ['- 1', 'a list'],
    ['hello', 'a word'],
    ['settings: {}', 'an unknown section'],
    ['setting: { binWdith: 5 }', 'an unknown key'],
    ['setting: { binWidth: "5" }', 'a wrong type'],
    ['setting: 5', 'no map'],
    ['featureClass: { glcm: Contrast }', 'no list'],
    ['featureClass: [glcm]', 'no map of classes'],
    ['setting: { nanPolicy: error }', 'a key of this package alone'],
    ['imageType: { Originall: {} }', 'an unknown image type'],
    ['imageType: { LoG: { wavelet: db2 } }', 'a setting of another image type'],
    ['voxelSetting: { binWidth: 5 }', 'a setting of another section'],
    ['setting: { imageTypes: {} }', 'a choice that has its own section'],
    ['setting: { binWidth: 1, binWidth: 2 }', 'a key twice'],
    [`a: &a [1]\nb: [${'*a,'.repeat(200)}]\n`, 'many aliases'],
  ])('refuses %j: %s', (text) => {
    expect(thrownBy(() => parseSettings(text)).code).toBe('INVALID_SETTING');
  });

  it('reads image types and voxel settings', () => {
    const settings = parseSettings(`
      imageType: { Original: {}, LoG: { sigma: [1, 3] }, Square: { binWidth: 50 } }
      voxelSetting: { kernelRadius: 2, maskedKernel: false, initValue: .nan }
    `);
    expect(settings.imageTypes).toEqual({
      Original: {},
      LoG: { sigma: [1, 3] },
      Square: { binWidth: 50 },
    });
    expect(settings).toMatchObject({ kernelRadius: 2, maskedKernel: false, initValue: NaN });
  });

  it('knows every setting of PyRadiomics’ schema', () => {
    const schema = [
      'minimumROIDimensions',
      'minimumROISize',
      'geometryTolerance',
      'correctMask',
      'additionalInfo',
      'label',
      'label_channel',
      'binWidth',
      'binCount',
      'normalize',
      'normalizeScale',
      'removeOutliers',
      'resampledPixelSpacing',
      'interpolator',
      'padDistance',
      'distances',
      'force2D',
      'force2Ddimension',
      'resegmentRange',
      'resegmentMode',
      'resegmentShape',
      'preCrop',
      'sigma',
      'start_level',
      'level',
      'wavelet',
      'gradientUseSpacing',
      'lbp2DRadius',
      'lbp2DSamples',
      'lbp2DMethod',
      'lbp3DLevels',
      'lbp3DIcosphereRadius',
      'lbp3DIcosphereSubdivision',
      'voxelArrayShift',
      'symmetricalGLCM',
      'weightingNorm',
      'gldm_a',
      'kernelRadius',
      'maskedKernel',
      'initValue',
      'voxelBatch',
    ];
    const known: string[] = Object.keys(settingRules);
    expect(schema.filter((key) => !known.includes(key))).toEqual([]);
    expect(known.filter((key) => !schema.includes(key))).toEqual(['nanPolicy', 'logKernel']);
  });
});
