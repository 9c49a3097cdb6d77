import { expect, it } from 'vitest';
import { run } from './support/command.js';

it('--list-features names the families and features', async () => {
  const { status, stdout, stderr } = await run('extract', '--list-features');
  expect([status, stderr]).toEqual([0, '']);
  for (const family of [
    'firstorder',
    'shape',
    'shape2D',
    'glcm',
    'glrlm',
    'glszm',
    'ngtdm',
    'gldm',
  ]) {
    expect(stdout).toMatch(new RegExp(`^${family}: The `, 'm'));
  }
  expect(stdout).toContain('Busyness, Coarseness, Complexity, Contrast, Strength');
  expect(stdout).toContain('computed only when named:\n    StandardDeviation');
  expect(
    Math.max(
      ...stdout
        .split('\n')
        .filter((line) => line.startsWith('    '))
        .map((line) => line.length),
    ),
  ).toBeLessThan(101);
  const json = await run('extract', '--list-features', '--json');
  const features = JSON.parse(json.stdout) as { key: string; formula: string }[];
  expect(features.length).toBe(127);
  expect(features[0]).toMatchObject({ definition: 'PyRadiomics' });
});

it('--list-features --definitions ibsi names those of IBSI', async () => {
  const { stdout } = await run('extract', '--list-features', '--definitions', 'ibsi', '--json');
  const features = JSON.parse(stdout) as { key: string }[];
  expect(features.map(({ key }) => key)).toContain('morph_volume');
});

it('--explain says formula, meaning, value in a flat region, unit and source', async () => {
  const { status, stdout } = await run('extract', '--explain', 'wavelet-LLH_glcm_Contrast');
  expect(status).toBe(0);
  expect(stdout.split('\n').slice(0, 7)).toEqual([
    'wavelet-LLH_glcm_Contrast',
    '  formula     Σ P(i,j)·(i − j)²',
    '  meaning     Local variation: high where neighbours differ much.',
    '  degenerate  0 in a flat region',
    '  unit        gray levels squared',
    '  source      Haralick et al. 1973 (f2); IBSI ACUI',
    '  image       wavelet-LLH',
  ]);
  const json = await run('extract', '--explain', 'cm_contrast_3D_avg', '--json');
  expect(JSON.parse(json.stdout)).toMatchObject({ definition: 'IBSI', aggregation: '3D_avg' });
  const wrong = await run('extract', '--explain', 'original_glcm_Contrats');
  expect([wrong.status, wrong.stderr]).toEqual([
    1,
    expect.stringContaining('did you mean original_glcm_Contrast?'),
  ]);
});

it.each([
  [['--list-features', '--explain', 'glcm_Contrast'], 'exclude each other'],
  [['--list-features', '-o', 'x.csv'], '-o has no place'],
  [['--list-features', '--features', 'paper'], '--features has no place'],
  [['--explain', 'glcm_Contrast', '--settings', 'a.yaml'], '--settings has no place'],
  [['a', '--explain', 'glcm_Contrast'], 'a is too much'],
  [['a', 'b', '-o', 'x.csv', '--json'], '--json needs'],
])('wrong usage %j', async (words, message) => {
  const { status, stderr } = await run('extract', ...words);
  expect([status, stderr]).toEqual([2, expect.stringContaining(message)]);
});
