import type { Volume } from '@steatosis/core';
import { describe, expect, it } from 'vitest';
import {
  discretise,
  extractFeatures,
  glcm,
  glcmFeatures,
  gldm,
  gldmFeatures,
  glrlm,
  glrlmFeatures,
  glszm,
  glszmFeatures,
  ngtdm,
  ngtdmFeatures,
} from '../src/index.js';
import { readCases, readJson } from './support/fixtures.js';

interface MatrixCase {
  id: string;
  settings: {
    binWidth?: number;
    binCount?: number;
    force2D?: boolean;
    force2Ddimension?: 0 | 1 | 2;
    distances?: number[];
  };
  discretized: number[][][];
  grayLevels: number[];
  Ng: number;
  glcm_raw_counts: number[][][];
  angles: [number, number, number][];
  glrlm: number[][][];
  glrlm_runLengths: number[];
  glszm: number[][];
  glszm_zoneSizes: number[];
  ngtdm_n_s_i: number[][];
  gldm: number[][];
  gldm_dependence: number[];
}

const suites = [
  ['pyradiomics/matrices-roi2d.json.gz', 'pyradiomics/roi2d.json.gz'],
  ['pyradiomics/matrices-vol3d.json.gz', 'pyradiomics/vol3d.json.gz'],
] as const;

describe.each(suites)('PyRadiomics 3.1.0: %s', (matricesPath, casesPath) => {
  const { cases } = readJson(matricesPath) as { cases: MatrixCase[] };
  const volumes = new Map(readCases(casesPath).map((c) => [c.id, c]));

  it.each(cases.map((c) => [`${c.id} ${JSON.stringify(c.settings)}`, c] as const))('%s', (_, c) => {
    const { image, mask, label } = volumes.get(c.id)!;
    const { settings } = c;
    const options = { ...settings, label };
    const bins = 'binCount' in settings ? { binCount: settings.binCount } : {};
    const width = settings.binWidth === undefined ? {} : { binWidth: settings.binWidth };
    const levels = discretise(image, mask, { label, ...bins, ...width });

    expect(nested(levels)).toEqual(c.discretized);

    const pairs = glcm(levels, mask, { ...matrixOptions(options), symmetric: false });
    expect(pairs.shape).toEqual([c.Ng, c.Ng, c.angles.length]);
    c.angles.forEach((_, direction) => {
      const counts = c.glcm_raw_counts[direction];
      counts.forEach((row, i) =>
        row.forEach((count, j) => expect(pairs.get(i, j, direction)).toBe(count)),
      );
    });

    const runs = glrlm(levels, mask, matrixOptions(options));
    c.glrlm.forEach((perLevel, direction) => {
      perLevel.forEach((row, rank) =>
        row.forEach((count, l) =>
          expect(runs.get(c.grayLevels[rank] - 1, c.glrlm_runLengths[l] - 1, direction)).toBe(
            count,
          ),
        ),
      );
    });
    expect(sum(runs.data)).toBe(sum(c.glrlm.flat(2)));

    const zones = glszm(levels, mask, matrixOptions(options));
    c.glszm.forEach((row, rank) =>
      row.forEach((count, s) =>
        expect(zones.get(c.grayLevels[rank] - 1, c.glszm_zoneSizes[s] - 1)).toBe(count),
      ),
    );
    expect(sum(zones.data)).toBe(sum(c.glszm.flat()));

    const dependences = gldm(levels, mask, matrixOptions(options));
    c.gldm.forEach((row, rank) =>
      row.forEach((count, d) =>
        expect(dependences.get(c.grayLevels[rank] - 1, c.gldm_dependence[d] - 1)).toBe(count),
      ),
    );
    expect(sum(dependences.data)).toBe(sum(c.gldm.flat()));

    const tones = ngtdm(levels, mask, matrixOptions(options));
    expect(tones.shape).toEqual([c.ngtdm_n_s_i.length, 3]);
    c.ngtdm_n_s_i.forEach(([n, s, level], row) => {
      expect(tones.get(row, 0)).toBe(n);
      expect(tones.get(row, 1)).toBeCloseTo(s, 9);
      expect(tones.get(row, 2)).toBe(level);
    });
  });

  it('features of the matrices are those of the extraction', () => {
    for (const c of cases) {
      const { image, mask, label } = volumes.get(c.id)!;
      const options = { ...c.settings, label };
      const features = extractFeatures(image, mask, {
        ...options,
        featureClasses: ['glcm', 'glrlm', 'glszm', 'ngtdm', 'gldm'],
      });
      const { binWidth, binCount } = c.settings;
      const levels = discretise(image, mask, {
        label,
        ...(binWidth === undefined ? {} : { binWidth }),
        ...(binCount === undefined ? {} : { binCount }),
      });
      const m = matrixOptions(options);
      const families = {
        glcm: glcmFeatures(glcm(levels, mask, m)),
        glrlm: glrlmFeatures(glrlm(levels, mask, m)),
        glszm: glszmFeatures(glszm(levels, mask, m)),
        ngtdm: ngtdmFeatures(ngtdm(levels, mask, m)),
        gldm: gldmFeatures(gldm(levels, mask, m)),
      };
      for (const [family, values] of Object.entries(families)) {
        for (const [name, value] of Object.entries(values)) {
          const key = `original_${family}_${name}`;
          expect(value, `${c.id} ${key}`).toBeCloseTo(features[key], 10);
        }
      }
    }
  });
});

function matrixOptions(settings: MatrixCase['settings'] & { label: number }) {
  const { label, force2D, force2Ddimension, distances } = settings;
  return {
    label,
    ...(force2D === undefined ? {} : { force2D }),
    ...(force2Ddimension === undefined ? {} : { force2Ddimension }),
    ...(distances === undefined ? {} : { distances }),
  };
}

/** The box of the region as [z][y][x]. */
function nested({ data }: Volume): number[][][] {
  const [nx = 0, ny = 0, nz = 0] = data.shape;
  const range = (n: number, used: (k: number) => boolean) => {
    const inside = Array.from({ length: n }, (_, k) => k).filter(used);
    return Array.from({ length: inside.at(-1)! - inside[0] + 1 }, (_, k) => inside[0] + k);
  };
  const some = (plane: typeof data) => {
    const [w = 0, h = 0] = plane.shape;
    for (let i = 0; i < w; i++) for (let j = 0; j < h; j++) if (plane.get(i, j) !== 0) return true;
    return false;
  };
  const xs = range(nx, (k) => some(data.pick(k, null, null)));
  const ys = range(ny, (k) => some(data.pick(null, k, null)));
  const zs = range(nz, (k) => some(data.pick(null, null, k)));
  return zs.map((z) => ys.map((y) => xs.map((x) => data.get(x, y, z))));
}

function sum(values: ArrayLike<number>): number {
  return Array.from(values).reduce((a, b) => a + b, 0);
}
