import { isSteatosisError } from '@steatosis/core';
import { describe, expect, it } from 'vitest';
import { extractFeatures, parseSettings } from '../src/index.js';
import { differencesOfRun, type ExpectedRun } from './support/compare.js';
import { type Case, readCases, readJson, readText } from './support/fixtures.js';

interface ParamsCase extends ExpectedRun {
  params: string;
  /** Path in the reference folder; the images lie in other fixtures here. */
  image: string;
  expectedError?: { type: string };
}

const { cases } = readJson('params/params.json.gz') as { cases: ParamsCase[] };

function imageOf(path: string): Case {
  if (path.startsWith('samples')) return readCases('samples/breast1.json.gz')[0];
  const suite = path.startsWith('vol3d') ? 'vol3d' : 'roi2d';
  const id = path.split('/').at(-1)!.split('.')[0];
  return readCases(`pyradiomics/${suite}.json.gz`).find((c) => c.id === id)!;
}

describe('parameter files as they are', () => {
  it.each(cases.map((c) => [c.params, c.image, c] as const))('%s on %s', (file, path, expected) => {
    const { image, mask } = imageOf(path);
    const extract = () => extractFeatures(image, mask, parseSettings(readText(`params/${file}`)));
    if (expected.expectedError !== undefined) {
      const code = file.startsWith('invalid') ? 'INVALID_SETTING' : 'NOT_PLANAR';
      expect(codeOf(extract)).toBe(code);
      return;
    }
    const features = extract();
    expect(Object.keys(features).sort()).toEqual(Object.keys(expected.expected!).sort());
    expect(differencesOfRun(features, expected)).toEqual([]);
  });
});

function codeOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (isSteatosisError(error)) return error.code;
    throw error;
  }
  return 'no error';
}
