import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { Booster, estimatorFromJSON, sharedGroups, XGBClassifier } from '@steatosis/ensembles';
import { auc } from '@steatosis/stats';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { filesBelow, run, temporaryFolder } from './support/command.js';
import { csvOf, MADE_UP_FEATURES, madeUpRows } from './support/made-up-features.js';

const folder = temporaryFolder();
afterAll(folder.remove);
const rows = madeUpRows();
const features = folder.path('features.csv');
const few = ['--set', 'nEstimators=12', '--set', 'maxDepth=2', '--workers', '0'];

beforeAll(() => {
  writeFileSync(features, csvOf(rows));
  const { grade: _g, pdff: _p, ...bare } = rows[0]!;
  writeFileSync(folder.path('bare.csv'), csvOf(rows, Object.keys(bare)));
  const patients = rows.filter(({ Label }) => Label === 1);
  const clinical = patients.map(({ ID, grade, pdff }) => ({ participant_id: ID, grade, pdff }));
  writeFileSync(folder.path('participants.tsv'), csvOf(clinical).replaceAll(',', '\t'));
});

async function train(output: string, ...argv: string[]) {
  return await run('train', ...argv, '-o', folder.path(output));
}

function jsonOf(...names: string[]): unknown {
  return JSON.parse(readFileSync(folder.path(...names), 'utf8'));
}

interface Metrics {
  classes: string[];
  heldOut: {
    kind: string;
    rows: { auc: number; aucInterval: [number, number]; n: number; r2: number };
    groups?: { auc: number; n: number };
    folds: { trainRows: number; testRows: number }[];
  };
  training: { earlyStopping: { bestRound: number } | null; rows: number; rowsLearnedFrom: number };
}

describe('two classes by patient', () => {
  const report = folder.path('report');
  let outcome: Awaited<ReturnType<typeof train>>;
  let heldOut: Record<string, string>[];

  beforeAll(async () => {
    const split = ['--target', 'grade', '--positive-grade', '1', '--group', 'ID', '--folds', '4'];
    const files = ['--report', report, '--xgboost-model', folder.path('own.ubj')];
    outcome = await train('two.json', features, ...split, ...files, ...few);
    heldOut = parse(readFileSync(folder.path('report', 'held-out-predictions.csv')), {
      columns: true,
    });
  });

  it('says the result in a few lines and writes model, page, pictures and tables', () => {
    expect(outcome.stderr).not.toContain('warning');
    expect(outcome.status).toBe(0);
    expect(outcome.stdout).toContain('24 groups (<1: 24, >=1: 72), 3 features');
    expect(outcome.stdout).toContain('(positive: >=1, above a probability of 0.5)');
    expect(outcome.stdout).toContain('3 features, learned from 96 rows');
    expect(outcome.stdout).toMatch(/by row \(n = 96\): AUC 0\.\d\d \(/);
    expect(outcome.stdout).toMatch(/by ID \(n = 24\): AUC /);
    expect(filesBelow(report)).toEqual([
      'held-out-predictions.csv',
      'importances.svg',
      'index.html',
      'learning-curve.svg',
      'metrics.json',
      'roc.svg',
    ]);
    const page = readFileSync(folder.path('report', 'index.html'), 'utf8');
    expect(page).toContain('Research software, not a medical device.');
    expect(page).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org)/);
    expect(page.match(/<svg/g)).toHaveLength(3);
  });

  it('every row is predicted once, by a model that has not seen its patient', () => {
    expect(heldOut).toHaveLength(rows.length);
    const folds = heldOut.map(({ fold }) => Number(fold));
    const patients = heldOut.map(({ ID }) => ID!);
    for (const fold of [1, 2, 3, 4]) {
      const test = [...folds.keys()].filter((row) => folds[row] === fold);
      const learned = [...folds.keys()].filter((row) => folds[row] !== fold);
      expect(sharedGroups(patients, learned, test)).toEqual([]);
    }
  });

  it('the predictions of a fold are those of a model trained on the other folds', () => {
    const x = rows.map((row) => MADE_UP_FEATURES.map((name) => row[name]));
    const y = rows.map(({ grade }) => Number(grade >= 1));
    const other = [...rows.keys()].filter((row) => heldOut[row]!['fold'] !== '1');
    const model = new XGBClassifier({ nEstimators: 12, maxDepth: 2, seed: 1 }).fit(
      other.map((row) => x[row]!),
      other.map((row) => y[row]!),
    );
    const probabilities = model.predictProba(x);
    heldOut.forEach((row, i) => {
      if (row['fold'] !== '1') return;
      expect(Number(row['probability_>=1'])).toBe(probabilities.get(i, 1));
      expect(row['observed']).toBe(y[i] === 1 ? '>=1' : '<1');
    });
  });

  it('the AUC is that of these predictions, with patients as clusters', () => {
    const metrics = jsonOf('report', 'metrics.json') as Metrics;
    const labels = heldOut.map(({ observed }) => Number(observed === '>=1'));
    const scores = heldOut.map((row) => Number(row['probability_>=1']));
    const expected = auc(labels, scores, { clusters: heldOut.map(({ ID }) => ID!) });
    expect(metrics.heldOut.rows.auc).toBeCloseTo(expected.auc, 12);
    expect(metrics.heldOut.rows.aucInterval[0]).toBeCloseTo(expected.interval[0], 12);
    expect(metrics.heldOut.groups!.n).toBe(24);
    expect(metrics.heldOut.folds.map(({ testRows }) => testRows)).toEqual([24, 24, 24, 24]);
  });

  it('the model is trained on all rows, and its XGBoost file predicts the same', () => {
    const file = jsonOf('two.json') as { estimator: object; features: string[]; classes: string[] };
    expect(file.features).toEqual([...MADE_UP_FEATURES]);
    expect(file.classes).toEqual(['<1', '>=1']);
    const x = rows.map((row) => MADE_UP_FEATURES.map((name) => row[name]));
    const own = estimatorFromJSON(file.estimator).predictProba!(x);
    const booster = Booster.load(readFileSync(folder.path('own.ubj')));
    expect(booster.featureNames).toEqual([...MADE_UP_FEATURES]);
    booster.predict(x).forEach((p, row) => expect(p).toBe(own.get(row, 1)));
  });

  it('the same command gives the same bytes, with workers or without', async () => {
    const again = ['--target', 'grade', '--positive-grade', '1', '--group', 'ID', '--folds', '4'];
    await train('again.json', features, ...again, ...few);
    expect(readFileSync(folder.path('again.json'))).toEqual(readFileSync(folder.path('two.json')));
  });
});

it('early stopping keeps the best round and says which; its rows are patients of their own', async () => {
  const stop = ['--early-stopping', '4', '--set', 'learningRate=0.5', '--json', '--workers', '0'];
  const split = ['--target', 'grade', '--positive-grade', '2', '--group', 'ID'];
  const { status, stdout } = await train('early.json', features, ...split, ...stop);
  expect(status).toBe(0);
  const metrics = JSON.parse(stdout) as Metrics;
  const { bestRound } = metrics.training.earlyStopping!;
  expect(bestRound).toBeGreaterThan(0);
  // Four of the 24 patients, each of four rows, stopped the training: a fifth as near as grades allow.
  expect(metrics.training).toMatchObject({ rows: 96, rowsLearnedFrom: 80 });
  const file = jsonOf('early.json') as { estimator: object };
  const model = estimatorFromJSON(file.estimator) as XGBClassifier;
  expect(model.bestIteration).toBe(bestRound - 1);
});

it('outcomes from a second table, joined by a key of another name; one held-out part', async () => {
  const join = ['--labels', folder.path('participants.tsv'), '--key', 'ID=participant_id'];
  const target = ['--target', 'pdff', '--group', 'ID', '--test-fraction', '0.25', '--json'];
  const found = await train('values.json', folder.path('bare.csv'), ...join, ...target, ...few);
  expect(found.status).toBe(0);
  const metrics = JSON.parse(found.stdout) as Metrics;
  expect(metrics.heldOut).toMatchObject({ kind: 'values', groups: { n: 6 } });
  expect(metrics.heldOut.rows.r2).toBeGreaterThan(0.5);
  expect(metrics.training).toMatchObject({ rows: 96, rowsLearnedFrom: 72 });
});

it.each(['adaboost', 'gbdt'])('%s of four grades', async (model) => {
  const report = folder.path(`report-${model}`);
  const argv = ['--target', 'grade', '--group', 'ID', '--folds', '3', '--model', model];
  const found = await train(`${model}.json`, features, ...argv, '--report', report, ...few);
  expect(found.stderr).not.toContain('warning');
  expect(found.stdout).toMatch(/accuracy \d+\.\d % \(/);
  expect(filesBelow(report)).toContain('confusion.svg');
  expect(jsonOf(`report-${model}`, 'metrics.json') as Metrics).toMatchObject({
    classes: ['0', '1', '2', '3'],
    heldOut: { kind: 'classes', rows: { n: 96 } },
  });
});

it('without --group it warns, and names the column that says whose a row is', async () => {
  const argv = ['--target', 'grade', '--positive', '3', '--folds', '2'];
  const { status, stderr, stdout } = await train('row.json', features, ...argv, ...few);
  expect(status).toBe(0);
  expect(stderr).toContain('warning: no --group');
  expect(stderr).toContain('--group ID?');
  expect(stderr).toContain('not taken for features: pdff');
  expect(stdout).toContain('(not 3: 72, 3: 24)');
});

it('rows without an outcome are left out, and said to be', async () => {
  const some = rows.map((row) => (row.ID === 'p03' ? { ...row, grade: 'n/a' } : row));
  writeFileSync(folder.path('some.csv'), csvOf(some));
  const argv = ['--target', 'grade', '--positive-grade', '1', '--group', 'ID', '--folds', '0'];
  const found = await train('some.json', folder.path('some.csv'), ...argv, ...few);
  expect(found.stderr).toContain('warning: 4 of 96 rows have no grade and are left out');
  expect(found.stdout).toContain('Nothing was held out');
});

describe('wrong usage and bad input: one clear line, nothing written', () => {
  const grade = ['--target', 'grade', '--group', 'ID'];
  it.each<[string, number, string[], string]>([
    ['no target', 2, [], '--target <column> is missing'],
    ['a target that is not there', 1, ['--target', 'gradee'], 'did you mean grade?'],
    ['a parameter that is none', 2, [...grade, '--set', 'maxDepht=3'], 'did you mean maxDepth'],
    ['a parameter without value', 2, [...grade, '--set', 'maxDepth'], 'expected name=value'],
    ['a value out of range', 2, [...grade, '--set', 'learningRate=-1'], 'learningRate'],
    ['an unknown model', 2, [...grade, '--model', 'svm'], 'xgboost, adaboost, gbdt'],
    [
      'more folds than patients',
      2,
      [...grade, '--folds', '30'],
      '30 folds need 30 groups or more, and there are 24',
    ],
    ['two ways to hold out', 2, [...grade, '--folds', '3', '--test-fraction', '0.2'], 'give one'],
    [
      'early stopping of gbdt',
      2,
      [...grade, '--model', 'gbdt', '--early-stopping', '5'],
      'xgboost',
    ],
    ['a feature that is text', 1, [...grade, '--features', 'pdff,ID'], 'another part'],
    [
      'a feature that is not there',
      1,
      [...grade, '--features', 'original_glcm_Contrst'],
      'Contrast?',
    ],
    ['a class that is not there', 1, [...grade, '--positive', '7'], 'found 0, 1, 2, 3'],
    ['seed by --set', 2, [...grade, '--set', 'seed=3'], '--seed'],
    ['an ending that is none', 2, [...grade, '--xgboost-model', 'model.bin'], '.json or .ubj'],
  ])('%s', async (_name, expectedStatus, argv, message) => {
    const { status, stdout, stderr } = await train(
      'never.json',
      features,
      ...argv,
      '--workers',
      '0',
    );
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/^error: [^\n]+\n(See steatosis train --help\n)?$/);
    expect([status, stdout]).toEqual([expectedStatus, '']);
    expect(existsSync(folder.path('never.json'))).toBe(false);
  });

  it('tables that do not fit each other', async () => {
    const join = ['--labels', folder.path('participants.tsv'), '--target', 'grade'];
    const noKey = await train('never.json', folder.path('bare.csv'), ...join);
    expect([noKey.status, noKey.stderr]).toEqual([
      2,
      expect.stringContaining('--labels needs a key'),
    ]);
    const wrongKey = await train(
      'never.json',
      folder.path('bare.csv'),
      ...join,
      '--key',
      'Label=participant_id',
    );
    expect([wrongKey.status, wrongKey.stderr]).toEqual([1, expect.stringContaining('p00')]);
  });

  it('an infinite value, and a missing one for a model that takes none', async () => {
    const [first, ...others] = rows;
    const broken = (value: string) =>
      csvOf([{ ...first, original_glcm_Contrast: value }, ...others]);
    writeFileSync(folder.path('inf.csv'), broken('inf'));
    const infinite = await train('never.json', folder.path('inf.csv'), ...grade);
    expect(infinite.stderr).toContain('original_glcm_Contrast is inf on line 2');
    writeFileSync(folder.path('gap.csv'), broken(''));
    const gap = await train('never.json', folder.path('gap.csv'), ...grade, '--model', 'adaboost');
    expect(gap.stderr).toContain('--exclude (original_glcm_Contrast)');
    const taken = await train('gap.json', folder.path('gap.csv'), ...grade, '--folds', '2', ...few);
    expect(taken.status).toBe(0);
  });

  it('what is there is overwritten only by --force, a folder of something else not even then asked', async () => {
    const there = await train('two.json', features, ...grade, ...few);
    expect([there.status, there.stderr]).toEqual([1, expect.stringContaining('--force')]);
    mkdirSync(folder.path('photos'));
    writeFileSync(folder.path('photos', 'index.html'), 'mine');
    const report = ['--report', folder.path('photos')];
    const other = await train('never.json', features, ...grade, ...report, ...few);
    expect([other.status, other.stderr]).toEqual([1, expect.stringContaining('did not write')]);
    expect(readFileSync(folder.path('photos', 'index.html'), 'utf8')).toBe('mine');
  });
});
