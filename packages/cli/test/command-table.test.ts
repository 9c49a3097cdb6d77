import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run, temporaryFolder } from './support/command.js';
import { csvOf } from './support/made-up-features.js';

const folder = temporaryFolder();
afterAll(folder.remove);
const cohort = folder.path('cohort.csv');
const rows = Array.from({ length: 24 }, (_, i) => ({
  patient: `p${i}`,
  grade: i % 2,
  age: 40 + ((i * 7) % 19) + 4 * (i % 2),
  alt: i === 5 ? '' : 20 + ((i * i) % 31),
  sex: i % 3 === 0 ? 'F' : 'M',
  site: ['<A>', 'B', 'C'][i % 3]!,
}));

beforeAll(() => {
  writeFileSync(cohort, csvOf(rows));
  writeFileSync(folder.path('regions.csv'), csvOf([...rows, ...rows]));
});

describe('steatosis table', () => {
  it('prints the table of the cohort without those columns that name somebody', async () => {
    const { status, stdout, stderr } = await run(
      'table',
      cohort,
      '--group-by',
      'grade',
      '--non-normal',
      'alt',
    );
    expect(status).toBe(0);
    expect(stdout).toContain('Overall (n = 24)   grade: 0 (n = 12)   grade: 1 (n = 12)');
    expect(stdout).toMatch(/^age +\d\d\.\d ± /m);
    expect(stdout).toMatch(/^alt +\d\d\.\d \[\d\d\.\d, \d\d\.\d\] .* Mann–Whitney/m);
    expect(stdout).toMatch(/^ {2}F +8 \(33\.3%\)/m);
    expect(stdout).not.toContain('p17');
    expect(stderr).toContain('patient. --variables shows them');
  });

  it('chooses medians by the shape of the data when asked to, and says so', async () => {
    const shapes = folder.path('shapes.csv');
    const skewed = rows.map((row, i) => ({ ...row, ferritin: Math.round(20 * 1.25 ** i) }));
    writeFileSync(shapes, csvOf(skewed));
    const { status, stdout } = await run(
      'table',
      shapes,
      '--group-by',
      'grade',
      '--non-normal',
      'auto',
    );
    expect(status).toBe(0);
    expect(stdout).toMatch(/^ferritin +\d+\.\d \[.* Mann–Whitney/m);
    expect(stdout).toMatch(/^age +\d\d\.\d ± /m);
    expect(stdout).toContain(
      "Medians where P of Shapiro and Wilk's test is below 0.05 in a group.",
    );
  });

  it.each([
    ['table.txt', 'Overall (n = 24)'],
    ['table.csv', 'variable,level,Overall (n = 24),grade: 0 (n = 12)'],
    ['table.md', '| site |'],
    ['table.tex', '\\begin{tabular}{lrrr'],
    ['table.html', '<th scope="row">&lt;A&gt;</th>'],
  ])('writes %s by its ending, and twice only with --force', async (name, expected) => {
    const argv = ['table', cohort, '--group-by', 'grade', '-o', folder.path(name)];
    const { status, stdout } = await run(...argv);
    expect([status, stdout]).toEqual([0, `${folder.path(name)}: 4 variables of 24 rows\n`]);
    expect(readFileSync(folder.path(name), 'utf8')).toContain(expected);
    expect((await run(...argv)).status).toBe(1);
    expect((await run(...argv, '--force')).status).toBe(0);
  });

  it('the page says what it is and fetches nothing', () => {
    const page = readFileSync(folder.path('table.html'), 'utf8');
    expect(page).toContain('Research software, not a medical device.');
    expect(page).not.toMatch(/<script|https?:\/\//);
    expect(page).not.toContain('<A>');
  });

  it('--json has every number', async () => {
    const { stdout } = await run(
      'table',
      cohort,
      '--group-by',
      'sex',
      '--variables',
      'age',
      '--json',
    );
    const table = JSON.parse(stdout) as {
      groups: unknown;
      variables: { test: { name: string; p: number }; cells: { mean: number }[] }[];
    };
    expect(table.groups).toEqual([
      { name: 'F', n: 8 },
      { name: 'M', n: 16 },
    ]);
    const women = rows.filter(({ sex }) => sex === 'F').map(({ age }) => age);
    const mean = women.reduce((sum, age) => sum + age, 0) / women.length;
    expect(table.variables[0]!.cells[0]!.mean).toBeCloseTo(mean, 12);
    expect(table.variables[0]!.test.name).toBe('Welch t');
  });

  it('warns where rows repeat a patient and where nothing is compared', async () => {
    const { stderr } = await run('table', folder.path('regions.csv'), '--group-by', 'sex');
    expect(stderr).toContain('the column patient has the same value in several rows');
  });

  it.each<[string, number, string[], string]>([
    ['a column that is not there', 1, ['--group-by', 'Grade'], 'did you mean grade?'],
    ['a text as number', 1, ['--non-normal', 'sex'], 'sex (--non-normal) is F on line 2'],
    ['a format that is none', 2, ['--format', 'word'], 'supported: text, html'],
    ['an ending that is none', 2, ['-o', 'table.docx'], 'must end in .txt'],
    ['two formats', 2, ['-o', 'table.md', '--format', 'csv'], 'do not agree'],
    ['two ways to print', 2, ['--json', '--format', 'csv'], 'give one'],
  ])('%s: one clear line', async (_name, expected, argv, message) => {
    const { status, stdout, stderr } = await run('table', cohort, ...argv);
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/^error: [^\n]+\n(See steatosis table --help\n)?$/);
    expect([status, stdout]).toEqual([expected, '']);
  });
});
