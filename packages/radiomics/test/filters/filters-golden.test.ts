import { denseData, gridOf, type TypedArray } from '@steatosis/core';
import { describe, expect, it } from 'vitest';
import { imageTypes } from '../../src/filters/image-types.js';
import { extractFeatures, type ImageTypes, type ImageTypeName } from '../../src/index.js';
import { resolveImageTypes } from '../../src/settings/image-types.js';
import { resolveSettings } from '../../src/settings/resolve-settings.js';
import { errorOf } from '../support/compare.js';
import {
  numberOf,
  type PackedArray,
  readCases,
  readJson,
  type Run,
  unpack,
} from '../support/fixtures.js';

interface FilterRun extends Run {
  imageTypes: ImageTypes;
}

const { cases } = readJson('filters/features.json.gz') as {
  cases: { id: string; label: number; runs: FilterRun[] }[];
};
const volumes = new Map(readCases('pyradiomics/vol3d.json.gz').map((c) => [c.id, c]));

/** LoG and LBP3D take steps in single precision or by recursion; GLCM MCC is exact here. */
function toleranceOf(key: string): number {
  return /^log-|^lbp-3D|_glcm_MCC$/.test(key) ? 1e-6 : 1e-9;
}

describe.each(cases)('PyRadiomics 3.1.0 on filtered images: $id', ({ id, label, runs }) => {
  const { image, mask } = volumes.get(id)!;
  const extract = ({ settings, featureClasses, imageTypes: types }: FilterRun) =>
    extractFeatures(image, mask, { ...settings, label, featureClasses, imageTypes: types });

  it.each(runs.filter((run) => run.expected).map((run) => [run.variant, run] as const))(
    '%s',
    (_, run) => {
      const features = extract(run);
      expect(Object.keys(features)).toEqual(Object.keys(run.expected!));
      const wrong = Object.entries(run.expected!)
        .map(([key, printed]) => ({
          key,
          found: features[key],
          expected: numberOf(printed),
          error: errorOf(features[key], numberOf(printed)),
        }))
        .filter(({ key, error }) => !(error <= toleranceOf(key)));
      expect(wrong).toEqual([]);
    },
  );

  it.each([
    ['LBP2D_r2_16_default', 'MemoryError', 93],
    ['LBP3D_l1_r2', 'IndexError', 36],
  ])('%s works, where PyRadiomics has a %s', (variant, type, count) => {
    const run = runs.find((candidate) => candidate.variant === variant)!;
    expect(run.expectedError!.type).toBe(type);
    const features = extract(run);
    expect(Object.keys(features)).toHaveLength(count);
    expect(Object.values(features).every(Number.isFinite)).toBe(true);
  });
});

describe('responses of PyRadiomics 3.1.0, every eleventh voxel', () => {
  const { step, responses } = readJson('filters/responses.json.gz') as {
    step: number;
    responses: Record<string, PackedArray>;
  };
  const { image, mask } = volumes.get('00_mri_blob')!;
  const region = denseData(mask).filter((_, i) => i % step === 0);
  const types: Record<string, ImageTypes> = {
    wavelet: { Wavelet: {} },
    log: { LoG: { sigma: [1, 3] } },
    square: { Square: {} },
    squareroot: { SquareRoot: {} },
    logarithm: { Logarithm: {} },
    exponential: { Exponential: {} },
    gradient: { Gradient: {} },
    'lbp-2D': { LBP2D: { force2D: true } },
    'lbp-3D': { LBP3D: {} },
  };

  it.each(Object.entries(types))('%s', (prefix, type) => {
    const [resolved] = resolveImageTypes(type, resolveSettings({}));
    const derived = imageTypes[Object.keys(type)[0] as ImageTypeName].derive(image, {
      settings: resolved.settings,
      within: { start: [0, 0, 0], size: gridOf(image).size },
      onWarning: (message) => expect.fail(message),
    });
    const expected = new Map(
      Object.entries(responses).filter(
        ([name]) => name === prefix || name.startsWith(`${prefix}-`),
      ),
    );
    for (const { name, image: response } of derived) {
      const values = response.data.data.filter((_, i) => i % step === 0) as TypedArray;
      const wanted = unpack(expected.get(name)!);
      expected.delete(name);
      expect(values.length).toBe(wanted.length);
      let worst = 0;
      wanted.forEach((value, i) => {
        // PyRadiomics leaves LBP3D at 0 outside of the region.
        if (prefix === 'lbp-3D' && region[i] === 0) return;
        worst = Math.max(worst, errorOf(values[i], value));
      });
      expect(worst, name).toBeLessThanOrEqual(/^l(og|bp-3D)-/.test(name) ? 1e-6 : 1e-12);
    }
    expect([...expected.keys()]).toEqual([]);
  });
});
