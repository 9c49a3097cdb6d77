import { describe, expect, it } from 'vitest';
import { extractFeatures, extractWithDiagnostics } from '../src/index.js';
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
    expect(diagnostics.settings).toEqual({
      label: 1,
      binWidth: 10,
      binCount: null,
      force2D: false,
      force2Ddimension: 0,
      distances: [1],
      symmetricalGLCM: true,
      weightingNorm: null,
      gldm_a: 0,
      voxelArrayShift: 0,
      minimumROIDimensions: 2,
      minimumROISize: null,
      nanPolicy: 'error',
    });
    expect(JSON.parse(JSON.stringify(diagnostics))).toEqual(diagnostics);
  });
});
