import { denseData } from '@steatosis/core';
import { describe, expect, it } from 'vitest';
import { extractFeatures, resampleImageAndMask, type Settings } from '../../src/index.js';
import { differences } from '../support/compare.js';
import { type PackedCase, readCases, readJson, type Run, unpackCase } from '../support/fixtures.js';

interface ResamplingRun extends Run {
  imageTypes: Settings['imageTypes'];
}

const golden = readJson('pyradiomics/resampling.json.gz') as {
  cases: { id: string; label: number; runs: ResamplingRun[] }[];
  responses: Record<string, PackedCase>;
};
const volumes = new Map(readCases('pyradiomics/vol3d.json.gz').map((c) => [c.id, c]));

describe('PyRadiomics 3.1.0 after resampling', () => {
  const runs = golden.cases.flatMap(({ id, label, runs: all }) =>
    all.map((run) => ({ id, label, run, variant: run.variant })),
  );
  it.each(runs)('$id $variant', ({ id, label, run }) => {
    const { image, mask } = volumes.get(id)!;
    const features = extractFeatures(image, mask, {
      ...run.settings,
      label,
      featureClasses: run.featureClasses,
      imageTypes: run.imageTypes,
    });
    // PyRadiomics runs out of memory in one of the runs: its matrices are dense.
    if (run.expectedError?.type === 'MemoryError') {
      expect(Object.keys(features)).toHaveLength(930);
      return;
    }
    expect(Object.keys(features).sort()).toEqual(Object.keys(run.expected!).sort());
    expect(differences(features, run.expected!).filter(({ error }) => !(error <= 1e-6))).toEqual(
      [],
    );
  });

  it.each(Object.keys(golden.responses))('the image and the mask of %s', (variant) => {
    const [{ id, label, runs: all }] = golden.cases;
    const { image, mask } = volumes.get(id)!;
    const { settings } = all.find((run) => run.variant === variant)!;
    const found = resampleImageAndMask(image, mask, { ...settings, label } as never);
    const expected = unpackCase({ ...golden.responses[variant], id, label, runs: [] });
    for (const part of ['image', 'mask'] as const) {
      expect(found[part].data.shape).toEqual(expected[part].data.shape);
      expect(found[part].origin).toEqual(expected[part].origin);
      expect(Array.from(denseData(found[part]))).toEqual(Array.from(denseData(expected[part])));
    }
  });
});
