import { createVolume } from '@steatosis/core';
import { paperFeatures, planarFeatures } from '@steatosis/radiomics';
import { describe, expect, it } from 'vitest';
import { AIR, type PatientData } from '../src/study/patient-data.js';
import { previewOf } from '../src/study/preview.js';
import { collectRows, selectPatches } from '../src/study/study-rows.js';

const settings = { copies: 2, roiVoxels: 1 };

/** One ROI in two variants; the features are numbered by their place among the 126. */
function patient(id: string, first: number, channels = 2): PatientData {
  const features = Float64Array.from(
    { length: 2 * paperFeatures.length },
    (_, i) => first + (i % paperFeatures.length),
  );
  return {
    id,
    segments: ['seg2'],
    copies: 2,
    features,
    patches: Float32Array.from({ length: 2 * channels }, (_, i) => first + i),
    channels,
    meanPdffPercent: Float64Array.of(first, first + 1),
    pdffSource: 'echoes',
    preview: {
      magnitudeTitle: 'First echo',
      width: 0,
      height: 0,
      voxelAspect: 1,
      magnitude: new Uint8Array(),
      magnitudeSlice: 0,
      slices: [],
    },
  };
}

describe('collectRows', () => {
  const rows = collectRows([patient('sub-01', 0), patient('sub-02', 1000)], [0, 1], settings);

  it('keeps the 93 planar features in their order', () => {
    expect(rows.features).toMatchObject({ rows: 4, columns: 93 });
    const expected = planarFeatures.map((name) => paperFeatures.indexOf(name));
    expect(Array.from(rows.features.data.subarray(0, 93))).toEqual(expected);
    expect(rows.features.data[2 * 93]).toBe(1000 + expected[0]!);
  });

  it('keeps ROIs, patches and mean PDFF in the same order', () => {
    expect(rows.rois).toEqual([
      { patient: 0, label: 0 },
      { patient: 1, label: 1 },
    ]);
    expect(Array.from(rows.meanPdffPercent)).toEqual([0, 1, 1000, 1001]);
    expect(Array.from(selectPatches(rows.patches, [3, 0]).data)).toEqual([1002, 1003, 0, 1]);
  });

  it('refuses patients with different numbers of echoes, by name', () => {
    expect(() =>
      collectRows([patient('sub-01', 0), patient('sub-02', 0, 5)], [0, 1], settings),
    ).toThrow(/^sub-02: it has 5 echoes, sub-01 has 2/);
  });
});

describe('previewOf', () => {
  const volume = (values: number[]) =>
    createVolume(Float32Array.from(values), [2, 1, 3], { spacing: [1.25, 1.5, 3] });
  const roi = (segment: string, x: number, z: number) => ({
    segment,
    box: {
      start: [x, 0, z] as [number, number, number],
      size: [1, 1, 1] as [number, number, number],
    },
  });
  const preview = previewOf(
    {
      pdffPercent: volume([1, 2, 3, 4, -5, 99]),
      water: volume([1, 1, 1, 0, 1, 1]),
      fat: volume([0, 0, 0, 0, 0, 0]),
      anatomy: { title: 'First echo', volume: volume([0, 0, 0, 0, 10, 20]) },
    },
    [roi('seg7', 0, 2), roi('seg2', 1, 0), roi('seg3', 1, 2)],
  );

  it('keeps the slices with ROIs, in steps of 0.2 %, and marks air', () => {
    expect(preview.slices.map((slice) => slice.index)).toEqual([0, 2]);
    expect(Array.from(preview.slices[0]!.pdff)).toEqual([5, 10]);
    expect(Array.from(preview.slices[1]!.pdff)).toEqual([0, AIR - 1]);
    expect(preview.voxelAspect).toBeCloseTo(1.2, 12);
  });

  it('shows the magnitude of the slice with most ROIs', () => {
    expect(preview.magnitudeSlice).toBe(1);
    expect(preview.slices[1]!.outlines.map((outline) => outline.label)).toEqual(['S7', 'S3']);
    expect(Array.from(preview.magnitude)).toEqual([255, 255]);
  });

  it('knows no air in a PDFF map alone, but where it is no number', () => {
    const alone = previewOf(
      {
        pdffPercent: volume([0, Number.NaN, 3, 4, 5, 6]),
        water: undefined,
        fat: undefined,
        anatomy: { title: 'PDFF', volume: volume([0, Number.NaN, 3, 4, 5, 6]) },
      },
      [roi('seg7', 0, 0)],
    );
    expect(Array.from(alone.slices[0]!.pdff)).toEqual([0, AIR]);
    expect(alone.magnitudeTitle).toBe('PDFF');
  });
});
