import { readFileSync, writeFileSync } from 'node:fs';
import { estimatorFromJSON, type XGBClassifier } from '@steatosis/ensembles';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { relativeValues, stackedHeights } from '../src/models/figures/beeswarm-layout.js';
import { readTable } from '../src/tables/read-table.js';
import { filesBelow, run, temporaryFolder } from './support/command.js';
import { csvOf, MADE_UP_FEATURES, madeUpRows } from './support/made-up-features.js';

const folder = temporaryFolder();
afterAll(folder.remove);
const rows = madeUpRows(16);
const model = folder.path('model.json');
const features = folder.path('features.csv');

async function train(output: string, ...argv: string[]): Promise<void> {
  const few = ['--set', 'nEstimators=8', '--workers', '0', '--folds', '0', '--group', 'ID'];
  const { status } = await run('train', features, '-o', folder.path(output), ...few, ...argv);
  expect(status).toBe(0);
}

beforeAll(async () => {
  writeFileSync(features, csvOf(rows));
  await train('model.json', '--target', 'grade', '--positive-grade', '2');
});

function read(...names: string[]): Record<string, string>[] {
  return parse(readFileSync(folder.path(...names)), { columns: true });
}

describe('steatosis explain', () => {
  it('SHAP values add up to the raw scores; the page shows them as pictures', async () => {
    const output = folder.path('explained');
    const more = ['--interactions', '--target', 'grade', '--group', 'ID', '--workers', '0'];
    const { status, stdout } = await run('explain', model, features, '-o', output, ...more);
    expect(status).toBe(0);
    expect(stdout).toContain('over 64 rows (log odds of >=2)');
    expect(filesBelow(output)).toEqual([
      'dependence-1-original_firstorder_Mean.svg',
      'dependence-2-original_glcm_Contrast.svg',
      'dependence-3-original_ngtdm_Busyness.svg',
      'importance.csv',
      'importance.svg',
      'index.html',
      'interactions.csv',
      'interactions.svg',
      'permutation-importance.csv',
      'permutation-importance.svg',
      'shap-values.csv',
      'summary.svg',
    ]);
    const { estimator } = JSON.parse(readFileSync(model, 'utf8')) as { estimator: object };
    const own = estimatorFromJSON(estimator) as XGBClassifier;
    const margins = own.predictMargin(rows.map((row) => MADE_UP_FEATURES.map((name) => row[name])));
    const values = read('explained', 'shap-values.csv');
    values.forEach((row, i) => {
      const parts = [...MADE_UP_FEATURES, 'constant'].map((name) => Number(row[name]));
      const sum = parts.reduce((a, b) => a + b);
      expect(sum).toBeCloseTo(margins[i]!, 5);
      expect(Number(row['sum'])).toBeCloseTo(sum, 12);
      expect([row['ID'], row['row']]).toEqual([rows[i]!.ID, `line ${i + 2}`]);
    });
    const sizes = read('explained', 'importance.csv');
    for (const { feature = '', mean_abs_shap: mean } of sizes) {
      const expected = values.reduce((sum, row) => sum + Math.abs(Number(row[feature])), 0) / 64;
      expect(Number(mean)).toBeCloseTo(expected, 12);
    }
    expect(sizes[0]!['feature']).toBe('original_firstorder_Mean');
    expect(read('explained', 'permutation-importance.csv')[0]!['feature']).toBe(
      'original_firstorder_Mean',
    );
    const page = readFileSync(folder.path('explained', 'index.html'), 'utf8');
    expect(page).toContain('not a medical device');
    expect(page).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org)/);
    const picture = readFileSync(folder.path('explained', 'summary.svg'), 'utf8');
    // A dot a row and feature.
    expect(picture.match(/h0/g)).toHaveLength(3 * 64);
  });

  it('some rows, against background rows, of several classes, as Parquet', async () => {
    await train('grades.json', '--target', 'grade');
    const output = folder.path('grades');
    const argv = [
      '--background',
      features,
      '--rows',
      '10',
      '--format',
      'parquet',
      '--workers',
      '0',
    ];
    const found = await run('explain', folder.path('grades.json'), features, '-o', output, ...argv);
    expect(found.status).toBe(0);
    expect(filesBelow(output).filter((name) => name.startsWith('summary'))).toEqual(
      ['0', '1', '2', '3'].map((name) => `summary-${name}.svg`),
    );
    const table = await readTable(folder.path('grades', 'shap-values.parquet'));
    expect(table.rows).toBe(40);
    expect(table.get('output', 'test').text(1)).toBe('score of 1');
  });

  it('a regression is explained in the unit of its outcome', async () => {
    await train('values.json', '--target', 'pdff', '--model', 'gbdt', '--features', 'original_*');
    const argv = ['explain', folder.path('values.json'), features, '-o', folder.path('v')];
    const { stdout } = await run(...argv, '--workers', '0', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ outputs: ['pdff'], rows: 64 });
  });

  it.each<[string, number, string[], string]>([
    ['no folder', 2, [], '-o <folder> is missing'],
    ['repeats without target', 2, ['-o', 'OUT', '--repeats', '3'], '--target'],
    ['a target that is not there', 1, ['-o', 'OUT', '--target', 'Grade'], 'did you mean grade?'],
    ['a folder of something else', 1, ['-o', 'FULL'], 'did not write'],
  ])('%s: one clear line', async (_name, expected, argv, message) => {
    const words = argv.map((word) =>
      word === 'OUT' ? folder.path('none') : word === 'FULL' ? folder.path() : word,
    );
    const found = await run('explain', model, features, ...words, '--workers', '0');
    expect(found.stderr).toContain(message);
    expect(found.status).toBe(expected);
    expect(filesBelow(folder.path()).filter((name) => name.startsWith('none'))).toEqual([]);
  });
});

describe('the layout of the dots', () => {
  it('dots of one place are stacked upwards and downwards in turn', () => {
    const heights = stackedHeights(Float64Array.of(0, 0, 0, 0, 1), 0, 1);
    expect([...heights]).toEqual([-0, 1 / 3, -1 / 3, 2 / 3, -0]);
    expect([...stackedHeights(Float64Array.of(2, 2), 2, 2)]).toEqual([-0, 0.5]);
  });

  it('colours reach from the 5th to the 95th percentile; missing values have none', () => {
    const values = Float64Array.from({ length: 101 }, (_, i) => i);
    const relative = relativeValues(values);
    expect([relative[0], relative[50], relative[100]]).toEqual([0, 0.5, 1]);
    expect(relativeValues(Float64Array.of(NaN, 3, 3))).toEqual(Float64Array.of(NaN, 0.5, 0.5));
  });
});
