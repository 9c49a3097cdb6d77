import { readFileSync, writeFileSync } from 'node:fs';
import { auc, delongTest, hanleyMcNeil, youdenThreshold } from '@steatosis/stats';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { filesBelow, run, temporaryFolder } from './support/command.js';
import { csvOf, madeUpRows } from './support/made-up-features.js';

const folder = temporaryFolder();
afterAll(folder.remove);
const regions = folder.path('regions.csv');
const patients = folder.path('patients.csv');
const rows = madeUpRows().map(
  ({ ID, grade, pdff, original_firstorder_Mean, original_glcm_Contrast }) => ({
    patient: ID,
    grade,
    disease: grade >= 2 ? 'yes' : 'no',
    pdff: pdff.toFixed(2),
    mean: original_firstorder_Mean,
    contrast: original_glcm_Contrast,
  }),
);
const byPatient = rows.filter((_, i) => i % 4 === 0);
const labels = rows.map(({ disease }) => (disease === 'yes' ? 1 : 0));
const mean = rows.map((row) => row.mean);
const contrast = rows.map((row) => row.contrast);

beforeAll(() => {
  writeFileSync(regions, csvOf(rows));
  writeFileSync(patients, csvOf(byPatient));
});

interface Results {
  positive: string;
  rows: number;
  leftOut: number;
  scores: {
    name: string;
    auc: number;
    interval: [number, number];
    clusters?: number;
    partial?: { area: number };
    youden?: { threshold: number; sensitivity: number };
  }[];
  comparisons: { scores: string[]; p: number; adjustedP: number; difference: number }[];
  warnings: string[];
}

async function resultsOf(...argv: string[]): Promise<Results> {
  const { status, stdout, stderr } = await run('roc', ...argv, '--json');
  expect(stderr.replaceAll(/^warning: .*\n/gm, '')).toBe('');
  expect(status).toBe(0);
  return JSON.parse(stdout) as Results;
}

describe('steatosis roc', () => {
  it('prints AUC, threshold and comparison, by patient where a column says whose a row is', async () => {
    const common = [regions, '--label', 'disease', '--score', 'mean', '--score', 'contrast'];
    const results = await resultsOf(
      ...common,
      '--cluster',
      'patient',
      '--compare',
      '--max-fpr',
      '0.2',
    );
    expect([results.positive, results.rows, results.leftOut]).toEqual(['yes', 96, 0]);
    const clusters = rows.map(({ patient }) => patient);
    const expected = auc(labels, mean, { clusters });
    expect(results.scores[0]).toMatchObject({
      name: 'mean',
      auc: expected.auc,
      interval: expected.interval,
      clusters: 24,
    });
    expect(results.scores[0]!.youden!.threshold).toBe(youdenThreshold(labels, mean).threshold);
    expect(results.scores[0]!.partial!.area).toBeGreaterThan(0);
    const compared = delongTest(labels, mean, contrast, { clusters });
    expect(results.comparisons).toMatchObject([
      { scores: ['mean', 'contrast'], p: compared.p, adjustedP: compared.p },
    ]);
    const { stdout } = await run('roc', ...common, '--cluster', 'patient', '--compare');
    expect(stdout).toContain(
      'disease: yes (positive, 48) against no (48); 96 rows of 24 clusters (patient)',
    );
    expect(stdout).toMatch(/^mean +0\.\d{3} +0\.\d{3}–\d\.\d{3} +48 +48 +24$/m);
    expect(stdout).toMatch(/^mean +≥ /m);
    expect(stdout).toMatch(/^mean − contrast +/m);
    expect(stdout).toContain('take rows as independent');
  });

  it('warns in words of repeated patients, reversed scores and separated classes', async () => {
    const argv = [regions, '--label', 'grade', '--positive-grade', '2'];
    const { warnings } = await resultsOf(...argv, '--score', 'pdff,contrast');
    expect(warnings).toEqual([
      expect.stringContaining('the column patient has the same value in several rows'),
      expect.stringContaining('pdff: the estimated variance is 0'),
      expect.stringMatching(/^contrast: AUC 0\.\d+ is below 0\.5: low values go with >=2/),
    ]);
    const clustered = await resultsOf(...argv, '--score', 'mean', '--cluster', 'patient');
    expect(clustered.warnings).toEqual([]);
  });

  const TINY = [
    { disease: 'no', weight: 1, a: 1, b: 1, flat: 3 },
    { disease: 'no', weight: 2, a: 2, b: 4, flat: 3 },
    { disease: 'no', weight: 1, a: 3, b: 2, flat: 3 },
    { disease: 'yes', weight: 1, a: 4, b: 3, flat: 3 },
    { disease: 'yes', weight: 3, a: 5, b: 5, flat: 3 },
  ];
  const tiny = folder.path('tiny.csv');
  const ofTiny = [tiny, '--label', 'disease', '--score', 'a'];

  it('names an interval that has a width where the classes are parted entirely', async () => {
    writeFileSync(tiny, csvOf(TINY));
    for (const interval of ['delong', 'hanley-mcneil', 'bootstrap']) {
      const { scores, warnings } = await resultsOf(...ofTiny, '--interval', interval);
      expect(scores[0]).toMatchObject({ auc: 1, interval: [1, 1] });
      expect(warnings).toEqual([expect.stringContaining('--interval newcombe gives one that')]);
    }
    const logit = await resultsOf(...ofTiny, '--interval', 'delong-logit');
    expect(logit.scores[0]!.interval).toEqual([null, null]);
    expect(logit.warnings[0]).toMatch(/no interval on the logit scale; --interval newcombe gives/);
    const { scores, warnings } = await resultsOf(...ofTiny, '--interval', 'newcombe');
    expect(scores[0]!.interval).toEqual(hanleyMcNeil(1, 2, 3, { interval: 'newcombe' }).interval);
    expect(warnings).toEqual([]);
    const clustered = await resultsOf(...ofTiny, '--cluster', 'b');
    expect(clustered.warnings[0]).toContain('with one row a patient, and without --cluster,');
    const compared = await resultsOf(...ofTiny, '--score', 'flat', '--compare');
    expect(compared.warnings.at(-1)).toMatch(/^a against flat: .* there is no P/);
  });

  it('weights leave no threshold, in the page neither', async () => {
    writeFileSync(tiny, csvOf(TINY));
    const output = folder.path('weighted.html');
    const weighted = [...ofTiny, '--score', 'b', '--weights', 'weight'];
    const { scores, warnings } = await resultsOf(...weighted);
    const classes = TINY.map(({ disease }) => (disease === 'yes' ? 1 : 0));
    const weights = TINY.map(({ weight }) => weight);
    const b = TINY.map((row) => row.b);
    expect(scores[1]).toMatchObject({ name: 'b', auc: auc(classes, b, { weights }).auc });
    expect(scores.map(({ youden }) => youden)).toEqual([undefined, undefined]);
    expect(warnings[0]).toContain('--interval newcombe, without --weights, gives one');
    expect((await run('roc', ...weighted, '-o', output)).stdout).not.toContain('threshold');
    expect(readFileSync(output, 'utf8')).toContain('the dashed line is chance.');
  });

  it('a bootstrap follows from its seed', async () => {
    const argv = [patients, '--label', 'disease', '--score', 'mean', '--interval', 'bootstrap'];
    const intervalOf = async (seed: string) =>
      (await resultsOf(...argv, '--replicates', '200', '--seed', seed)).scores[0]!.interval;
    const first = await intervalOf('3');
    expect(await intervalOf('3')).toEqual(first);
    expect(await intervalOf('4')).not.toEqual(first);
  });

  it('rows that lack something are left out of everything and counted', async () => {
    const holes = byPatient.map((row, i) => (i < 3 ? { ...row, mean: '' } : row));
    writeFileSync(folder.path('holes.csv'), csvOf(holes));
    const argv = [folder.path('holes.csv'), '--label', 'disease', '--score', 'mean,contrast'];
    const results = await resultsOf(...argv);
    expect([results.rows, results.leftOut]).toEqual([21, 3]);
    expect(results.warnings[0]).toContain('3 of 24 rows lack the label, a score and are left out');
  });

  it.each(['curves.svg', 'page.html'])('draws %s, and twice only with --force', async (name) => {
    const output = folder.path(name);
    const argv = ['roc', patients, '--label', 'disease', '--score', 'mean', '-o', output];
    const { status, stdout } = await run(...argv);
    expect([status, stdout.split('\n').at(-2)]).toEqual([0, `${output}: curves`]);
    const text = readFileSync(output, 'utf8');
    expect(text).toContain('<svg');
    expect(text).toMatch(/AUC 0\.\d{3} \(0\.\d{3}–\d\.\d{3}\)/);
    expect(text).not.toMatch(/NaN|undefined|<script/);
    if (name.endsWith('.html')) expect(text).toContain('Research software, not a medical device.');
    expect((await run(...argv)).status).toBe(1);
    expect((await run(...argv, '--force')).status).toBe(0);
  });

  it('a folder gets page, picture and numbers', async () => {
    const output = folder.path('report');
    const argv = ['roc', patients, '--label', 'disease', '--score', 'mean', '-o', output];
    expect((await run(...argv)).status).toBe(0);
    expect(filesBelow(output)).toEqual(['index.html', 'roc.json', 'roc.svg']);
    const results = JSON.parse(readFileSync(folder.path('report', 'roc.json'), 'utf8')) as Results;
    expect(results.scores[0]!.name).toBe('mean');
    expect((await run(...argv)).status).toBe(0);
  });

  it('names that are markup and many curves do no harm', async () => {
    const names = Array.from(
      { length: 12 },
      (_, i) => `<b>model ${i}</b> with quite a long name to read`,
    );
    const many = byPatient.map((row, i) => ({
      disease: row.disease,
      ...Object.fromEntries(names.map((name, k) => [name, row.mean + ((i * (k + 3)) % 7)])),
    }));
    writeFileSync(folder.path('many.csv'), csvOf(many));
    const scores = names.flatMap((name) => ['--score', name]);
    const output = folder.path('many.html');
    await run('roc', folder.path('many.csv'), '--label', 'disease', ...scores, '-o', output);
    const page = readFileSync(output, 'utf8');
    expect(page).not.toContain('<b>');
    expect(page.match(/&lt;b&gt;/g)!.length).toBeGreaterThan(20);
  });

  it.each<[string, number, string[], string]>([
    ['no label', 2, ['--score', 'mean'], '--label <column> is missing'],
    ['no score', 2, ['--label', 'disease'], '--score <column> is missing'],
    ['a score twice', 2, ['--label', 'disease', '--score', 'mean,mean'], 'given twice'],
    ['four classes', 1, ['--label', 'grade', '--score', 'mean'], 'say which one is positive'],
    ['a text as score', 1, ['--label', 'grade', '--score', 'disease'], 'is no on line 2'],
    ['a misspelt score', 1, ['--label', 'disease', '--score', 'maen'], 'did you mean mean?'],
    [
      'one score to compare',
      2,
      ['--label', 'disease', '--score', 'mean', '--compare'],
      'two scores',
    ],
    [
      'an impossible level',
      2,
      ['--label', 'disease', '--score', 'mean', '--level', '95'],
      'between 0 and 1',
    ],
    [
      'a seed for nothing',
      2,
      ['--label', 'disease', '--score', 'mean', '--seed', '3'],
      'no effect',
    ],
    ['an ending that is none', 2, ['--label', 'disease', '--score', 'mean', '-o', 'a.png'], '.svg'],
    [
      'an interval that does not know clusters',
      2,
      [
        '--label',
        'disease',
        '--score',
        'mean',
        '--cluster',
        'patient',
        '--interval',
        'hanley-mcneil',
      ],
      'rows as independent',
    ],
    [
      'a score interval with weights',
      2,
      ['--label', 'disease', '--score', 'mean', '--weights', 'pdff', '--interval', 'newcombe'],
      'not defined with --weights',
    ],
  ])('%s: one clear line', async (_name, expected, argv, message) => {
    const { status, stdout, stderr } = await run('roc', regions, ...argv);
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/^error: [^\n]+\n(See steatosis roc --help\n)?$/);
    expect([status, stdout]).toEqual([expected, '']);
  });
});
