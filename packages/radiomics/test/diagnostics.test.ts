import { createVolume } from '@steatosis/core';
import ndarray from 'ndarray';
import { describe, expect, it } from 'vitest';
import { extractFeatures, extractWithDiagnostics, type Settings } from '../src/index.js';
import { readCases } from './support/fixtures.js';

const cases = ['pyradiomics/roi2d.json.gz', 'pyradiomics/vol3d.json.gz'].flatMap(readCases);

describe('diagnostics', () => {
  it.each(
    cases
      .map((c) => [c.id, c, c.runs.find((run) => run.diagnostics !== undefined)] as const)
      .filter(([, , run]) => run?.expected !== undefined),
  )('%s: the mask is described as PyRadiomics does', (_, c, run) => {
    const { features, diagnostics } = extractWithDiagnostics(c.image, c.mask, {
      ...run!.settings,
      label: c.label,
      nanPolicy: 'pyradiomics',
    });
    const { mask, grid } = diagnostics;
    const expected = run!.diagnostics!;
    expect([...mask.boundingBox.start, ...mask.boundingBox.size]).toEqual(
      expected['Mask-original_BoundingBox'],
    );
    expect(mask.voxelCount).toBe(expected['Mask-original_VoxelNum']);
    expect(mask.volumeCount).toBe(expected['Mask-original_VolumeNum']);
    const close = (found: number[], value: unknown) =>
      found.forEach((v, axis) => expect(v).toBeCloseTo((value as number[])[axis], 9));
    close(mask.centreOfMassIndex, expected['Mask-original_CenterOfMassIndex']);
    close(mask.centreOfMass, expected['Mask-original_CenterOfMass']);
    expect(grid.size).toEqual(expected['Image-original_Size']);
    expect(grid.spacing).toEqual(expected['Image-original_Spacing']);
    expect(mask.mean).toBeCloseTo(features['original_firstorder_Mean'], 9);
    expect(mask.minimum).toBe(features['original_firstorder_Minimum']);
    expect(mask.maximum).toBe(features['original_firstorder_Maximum']);
  });

  it('states version and settings, is plain data, and changes no feature', () => {
    const { image, mask } = cases[0];
    const { features, diagnostics } = extractWithDiagnostics(image, mask, { binWidth: 10 });
    expect(features).toEqual(extractFeatures(image, mask, { binWidth: 10 }));
    expect(diagnostics.versions).toEqual({ '@steatosis/radiomics': 'unbuilt' });
    expect(diagnostics.settings).toMatchObject({
      label: 1,
      binWidth: 10,
      binCount: null,
      distances: [1],
      normalize: false,
      wavelet: 'coif1',
      nanPolicy: 'error',
    });
    expect(diagnostics.imageTypes).toEqual({ Original: {} });
    expect(JSON.parse(JSON.stringify(diagnostics))).toEqual(diagnostics);
  });

  it('hashes voxels as SimpleITK 2.5.7 does, whatever their order in memory', () => {
    const values = (index: (i: number) => number) =>
      Int16Array.from({ length: 24 }, (_, i) => index(i));
    const image = createVolume(
      values((i) => i),
      [4, 3, 2],
    );
    const mask = createVolume(
      Uint8Array.from({ length: 24 }, (_, i) => i % 2),
      [4, 3, 2],
    );
    const expected = {
      image: {
        hash: 'a1ee3dddb4bb6ba5a0d0e3a6f442ad4b37d8f78c',
        mean: 11.5,
        minimum: 0,
        maximum: 23,
      },
      mask: { hash: 'f6a4c9bfccbfaa0fbaa283dde637495ab242b24c', voxelCount: 12 },
    };
    expect(extractWithDiagnostics(image, mask).diagnostics).toMatchObject(expected);
    const zFirst = values((i) => (i % 2) * 12 + (Math.floor(i / 2) % 3) * 4 + Math.floor(i / 6));
    const turned = { ...image, data: ndarray(zFirst, [4, 3, 2], [6, 2, 1]) };
    expect(extractWithDiagnostics(turned, mask).diagnostics).toMatchObject(expected);
    const without = extractWithDiagnostics(image, mask, { additionalInfo: false }).diagnostics;
    expect(without.image).toBeUndefined();
    expect(without.mask.hash).toBeUndefined();
  });

  it.each([
    ['resampled', { resampledPixelSpacing: [1, 1, 1] }, [0.5, 0.5, 1]],
    ['corrected', { correctMask: true }, [0.5, 0.5, 1]],
    ['within the tolerance', { geometryTolerance: 0.1 }, [0.05, 0.05, 0]],
  ] as const)('describes a mask on another grid that is %s', (_, settings, origin) => {
    const image = createVolume(
      Int16Array.from({ length: 512 }, (_, i) => (i * 37) % 101),
      [8, 8, 8],
    );
    const inner = (i: number) => (i >= 1 && i < 7 ? 1 : 0);
    const mask = createVolume(
      Uint8Array.from(
        { length: 512 },
        (_, i) => inner(i & 7) * inner((i >> 3) & 7) * inner(i >> 6),
      ),
      [8, 8, 8],
      { origin: [...origin] },
    );
    const { features, diagnostics } = extractWithDiagnostics(image, mask, settings);
    expect(features).toEqual(extractFeatures(image, mask, settings));
    expect(diagnostics.mask).toMatchObject({
      boundingBox: { start: [1, 1, 1], size: [6, 6, 6] },
      voxelCount: 216,
      mean: NaN,
    });
  });

  it('describes a corrected mask with the values of the normalised image, as PyRadiomics does', () => {
    const image = createVolume(
      Int16Array.from({ length: 512 }, (_, i) => (i * 37) % 101),
      [8, 8, 8],
    );
    const mask = createVolume(new Uint8Array(64).fill(1), [4, 4, 4], { origin: [2, 2, 2] });
    const settings = { correctMask: true, normalize: true };
    const { features, diagnostics } = extractWithDiagnostics(image, mask, settings);
    expect(diagnostics.corrected).toMatchObject({ voxelCount: 64 });
    expect(diagnostics.corrected!.mean).toBeCloseTo(features['original_firstorder_Mean'], 12);
    expect(diagnostics.corrected!.minimum).toBe(features['original_firstorder_Minimum']);
  });

  it('warns of what makes a region doubtful, once for each reason', () => {
    const codes = (values: number[], settings: Settings = {}) => {
      const image = createVolume(Int16Array.from(values), [values.length / 4, 4, 1]);
      const mask = createVolume(new Uint8Array(values.length).fill(1), [values.length / 4, 4, 1]);
      return extractWithDiagnostics(image, mask, settings).diagnostics.warnings.map(
        ({ code }) => code,
      );
    };
    const many = Array.from({ length: 400 }, (_, i) => (i * 37) % 401);
    expect(codes(many)).toEqual([]);
    expect(codes(many.slice(0, 40))).toContain('FEW_VOXELS');
    expect(codes(many, { binWidth: 100 })).toEqual(['FEW_GRAY_LEVELS']);
    expect(codes(many, { binWidth: 100, featureClasses: ['shape'] })).toEqual([]);
    expect(codes(Array(400).fill(7))).toEqual(['CONSTANT_REGION']);
    expect(
      codes(
        many.map((v) => Math.max(v, 100)),
        { binWidth: 10 },
      ),
    ).toEqual(['OFF_BODY']);
    expect(codes(many, { imageTypes: { Original: {}, LoG: { sigma: [1] } } })).toEqual([
      'IMAGE_TYPE',
    ]);
  });
});
