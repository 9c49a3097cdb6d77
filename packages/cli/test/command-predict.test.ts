import { readFileSync, writeFileSync } from 'node:fs';
import { Booster, type XGBClassifier, estimatorFromJSON } from '@steatosis/ensembles';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTable } from '../src/tables/read-table.js';
import { run, temporaryFolder } from './support/command.js';
import { csvOf, MADE_UP_FEATURES, madeUpRows } from './support/made-up-features.js';

const folder = temporaryFolder();
afterAll(folder.remove);
const rows = madeUpRows(16);
const x = rows.map((row) => MADE_UP_FEATURES.map((name) => row[name]));
const model = folder.path('model.json');
const features = folder.path('features.csv');

beforeAll(async () => {
  writeFileSync(features, csvOf(rows));
  // Another order, and columns that are none of the model's.
  const names = [...MADE_UP_FEATURES].toReversed();
  writeFileSync(folder.path('turned.csv'), csvOf(rows, [...names, 'grade', 'ID', 'Label']));
  const argv = ['--target', 'grade', '--positive-grade', '2', '--group', 'ID', '--folds', '0'];
  const few = ['--set', 'nEstimators=200', '--workers', '0', '--early-stopping', '3'];
  const files = ['-o', model, '--xgboost-model', folder.path('own.json')];
  const { status } = await run('train', features, ...argv, ...few, ...files);
  expect(status).toBe(0);
});

function read(name: string): Record<string, string>[] {
  return parse(readFileSync(folder.path(name)), { columns: true });
}

function trained(): XGBClassifier {
  const { estimator } = JSON.parse(readFileSync(model, 'utf8')) as { estimator: object };
  return estimatorFromJSON(estimator) as XGBClassifier;
}

describe('steatosis predict', () => {
  it('finds the features by name, whatever the order, and carries along whose a row is', async () => {
    const output = folder.path('predictions.csv');
    const { status, stdout, stderr } = await run(
      'predict',
      model,
      folder.path('turned.csv'),
      '-o',
      output,
    );
    expect([status, stdout, stderr]).toEqual([0, `${output}: predictions of 64 rows\n`, '']);
    const probabilities = trained().predictProba(x);
    read('predictions.csv').forEach((row, i) => {
      const p = probabilities.get(i, 1);
      expect(row).toEqual({
        ID: rows[i]!.ID,
        Label: String(rows[i]!.Label),
        'probability_<2': String(probabilities.get(i, 0)),
        'probability_>=2': String(p),
        predicted_grade: p > 0.5 ? '>=2' : '<2',
      });
    });
  });

  it("XGBoost's own file gives the same, rounds after the best one left out", async () => {
    const argv = ['predict', folder.path('own.json'), features, '--keep', 'none', '--json'];
    const { stdout } = await run(...argv);
    const found = JSON.parse(stdout) as Record<string, number>[];
    const probabilities = trained().predictProba(x);
    found.forEach((row, i) => expect(row['probability_1']).toBe(probabilities.get(i, 1)));
    const booster = Booster.load(readFileSync(folder.path('own.json')));
    expect(booster.iterationStarts.length - 1).toBeGreaterThan(trained().bestIteration! + 1);
  });

  it('raw scores and leaves, as CSV on the screen or as Parquet', async () => {
    const { stdout } = await run('predict', model, features, '--margin', '--keep', 'ID');
    const margins = parse(stdout, { columns: true }) as unknown as Record<string, string>[];
    const expected = trained().predictMargin(x);
    margins.forEach(({ margin }, i) => expect(Number(margin)).toBe(expected[i]));
    const output = folder.path('leaves.parquet');
    expect((await run('predict', model, features, '--leaf', '-o', output)).status).toBe(0);
    const table = await readTable(output);
    const leaves = trained().predictLeaf(x);
    expect(table.get('leaf_0', 'test').number(5)).toBe(leaves.get(5, 0));
    expect(table.columns.filter(({ name }) => name.startsWith('leaf_'))).toHaveLength(
      leaves.shape[1]!,
    );
  });

  it("reads LightGBM's text, with and without names of features", async () => {
    const text = (names: string) =>
      `tree\nversion=v4\nnum_class=1\nnum_tree_per_iteration=1\nmax_feature_idx=1\nobjective=binary sigmoid:1\n` +
      `feature_names=${names}\n\nTree=0\nnum_leaves=2\nnum_cat=0\nsplit_feature=0\nsplit_gain=8\nthreshold=50\n` +
      'decision_type=2\nleft_child=-1\nright_child=-2\nleaf_value=0 1.5\nleaf_count=2 2\ninternal_count=4\n\nend of trees\n';
    writeFileSync(folder.path('named.txt'), text('age pdff'));
    writeFileSync(folder.path('bare.txt'), text('Column_0 Column_1'));
    writeFileSync(folder.path('ages.csv'), 'pdff,patient,age\n3,a,40\n4,b,60\n');
    const named = await run('predict', folder.path('named.txt'), folder.path('ages.csv'));
    const sure = 1 / (1 + Math.exp(-1.5));
    expect(named.stdout).toBe(
      `patient,probability_0,probability_1,predicted_class\na,0.5,0.5,0\nb,${1 - sure},${sure},1\n`,
    );
    const bare = await run('predict', folder.path('bare.txt'), folder.path('ages.csv'));
    expect(bare.stderr).toContain('warning: ');
    expect(bare.stderr).toContain(
      'holds no names of features: the 2 columns are taken in the order',
    );
    expect(bare.stdout).toContain('a,0.5,0.5,0\nb,0.5,0.5,0\n');
  });

  it.each<[string, number, string[], string]>([
    ['a feature that is missing', 1, ['predict', model, 'FEW'], 'lacks 1 of the 3 features'],
    ['a feature that is text', 1, ['predict', model, 'TEXT'], 'is high on line 2'],
    ['a table as model', 1, ['predict', features, features], 'features.csv: '],
    ['a model of another program', 1, ['predict', 'OTHER', features], '"somebody"'],
    ['a model that was cut off', 1, ['predict', 'CUT', features], 'cut.json: '],
    ['a model without classes', 1, ['predict', 'HOLLOW', features], 'classes'],
    ['an ending that is none', 2, ['predict', model, features, '-o', 'x.txt'], '.csv or .parquet'],
    ['two kinds at once', 2, ['predict', model, features, '--leaf', '--margin'], 'give one'],
    [
      'a column that is not there',
      1,
      ['predict', model, features, '--keep', 'Id'],
      'did you mean ID?',
    ],
  ])('%s: one clear line', async (_name, expected, argv, message) => {
    const text = readFileSync(model, 'utf8');
    const document = JSON.parse(text) as object;
    writeFileSync(folder.path('few.csv'), csvOf(rows, MADE_UP_FEATURES.slice(1)));
    const [first, ...others] = rows;
    writeFileSync(
      folder.path('text.csv'),
      csvOf([{ ...first, original_glcm_Contrast: 'high' }, ...others]),
    );
    writeFileSync(folder.path('other.json'), JSON.stringify({ ...document, format: 'somebody' }));
    writeFileSync(folder.path('cut.json'), text.slice(0, text.length / 2));
    writeFileSync(folder.path('hollow.json'), JSON.stringify({ ...document, classes: ['a', 'a'] }));
    const files: Record<string, string> = {
      FEW: 'few.csv',
      TEXT: 'text.csv',
      OTHER: 'other.json',
      CUT: 'cut.json',
      HOLLOW: 'hollow.json',
    };
    const words = argv.map((word) => (files[word] === undefined ? word : folder.path(files[word])));
    const { status, stdout, stderr } = await run(...words);
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/^error: [^\n]+\n(See steatosis predict --help\n)?$/);
    expect([status, stdout]).toEqual([expected, '']);
  });
});
