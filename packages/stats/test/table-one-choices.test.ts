import { expect, test } from 'vitest';
import {
  tableOne,
  tableOneCsv,
  tableOneHtml,
  tableOneLatex,
  tableOneMarkdown,
  tableOneText,
} from '../src/index.js';

const rows = [
  { grade: 'S0', ageYears: 41, sex: 'f', site: 'A' },
  { grade: 'S0', ageYears: 52, sex: 'm', site: 'A' },
  { grade: 'S0', ageYears: 47, sex: 'f', site: 'A' },
  { grade: 'S1', ageYears: 58, sex: 'm', site: 'A' },
  { grade: 'S1', ageYears: 63, sex: 'm', site: 'A' },
  { grade: 'S1', ageYears: 55, sex: 'f', site: 'A' },
];
const renderers = [
  tableOneText,
  tableOneCsv,
  tableOneHtml,
  tableOneMarkdown,
  tableOneLatex,
] as const;

test('columns that were not asked for are in no rendering', () => {
  const bare = tableOne(rows, {
    groupBy: 'grade',
    overall: false,
    smd: false,
    tests: false,
    missing: false,
  });
  for (const render of renderers) {
    const text = render(bare);
    for (const heading of ['Overall', 'Missing', 'SMD', 'Test']) {
      expect(text).not.toContain(heading);
    }
    expect(text).toContain('ageYears');
  }
});

test('columns that were asked for are in every rendering', () => {
  const incomplete = [...rows, { grade: 'S1', ageYears: null, sex: 'f', site: 'A' }];
  const full = tableOne(incomplete, {
    groupBy: 'grade',
    overall: true,
    smd: true,
    missing: true,
    adjust: 'holm',
  });
  for (const render of renderers) {
    const text = render(full);
    for (const heading of ['Overall', 'Missing', 'SMD', 'Test', 'Adjusted P']) {
      expect(text).toContain(heading);
    }
  }
});

test('without groups there is nothing to compare', () => {
  const text = tableOneText(tableOne(rows));
  expect(text).toContain('Overall (n = 6)');
  expect(text).not.toContain('SMD');
});

test('one test is adjusted for one test', () => {
  const table = tableOne(rows, { groupBy: 'grade', variables: ['ageYears'], adjust: 'holm' });
  expect(tableOneText(table)).toContain('for 1 test.');
});

test('a variable of one level, or of one group, has no P and says why', () => {
  const oneLevel = tableOne(rows, { groupBy: 'grade', variables: ['site'] });
  expect(oneLevel.variables[0].test?.p).toBeNaN();
  expect(oneLevel.variables[0].test?.reason).toBe('constant-input');
  const half = rows.map((row) => (row.grade === 'S0' ? { ...row, sex: null } : row));
  const oneGroup = tableOne(half, { groupBy: 'grade', variables: ['sex'] });
  expect(oneGroup.variables[0].test?.p).toBeNaN();
  expect(oneGroup.variables[0].test?.reason).toBe('too-few-observations');
  expect(tableOneText(oneGroup)).not.toContain('NaN');
});

test('a group without values shows none', () => {
  const half = rows.map((row) => (row.grade === 'S0' ? { ...row, ageYears: null } : row));
  const table = tableOne(half, { groupBy: 'grade', nonNormal: ['ageYears'], smd: true });
  for (const render of renderers) expect(render(table)).not.toContain('NaN');
});

test('rows may miss a column, and columns may be arrays', () => {
  const uneven = [{ grade: 'S0', ageYears: 40 }, { grade: 'S1' }, { grade: 'S1', ageYears: 50 }];
  expect(tableOne(uneven, { groupBy: 'grade' }).variables[0].missing).toBe(1);
  const columns = { grade: ['S0', 'S1', 'S1'], ageYears: [40, 45, 50] };
  expect(tableOne(columns, { groupBy: 'grade' }).n).toBe(3);
});

test('what is no table, and options that are none, are typed errors', () => {
  expect(() => tableOne(7 as never)).toThrow(/rows/);
  expect(() => tableOne([7] as never)).toThrow(/rows/);
  expect(() => tableOne({ ageYears: 7 } as never)).toThrow(/ageYears/);
  expect(() => tableOne(rows, { overall: 'yes' as never })).toThrow(/overall/);
  expect(() => tableOne(rows, { adjust: 'some' as never })).toThrow(/some/);
});

test('where nothing is tested nothing is adjusted', () => {
  for (const options of [{ groupBy: 'grade', tests: false }, {}]) {
    const table = tableOne(rows, { ...options, adjust: 'holm' });
    expect(table.adjust).toBeUndefined();
    expect(table.footnotes.join()).not.toContain('Adjusted');
    for (const render of renderers) expect(render(table)).not.toContain('Adjusted P');
  }
});

test('the table of nobody, and a variable that nobody has, are printed without values', () => {
  const nobody = tableOne({});
  expect(nobody).toMatchObject({ n: 0, variables: [], footnotes: [] });
  expect(tableOneHtml(nobody)).not.toContain('<tfoot>');
  const unknown = { grade: ['S0', 'S1', 'S1'], site: [null, '', undefined] };
  const table = tableOne(unknown, { groupBy: 'grade', categorical: ['site'] });
  expect(table.variables[0]).toMatchObject({
    levels: [],
    missing: 3,
    test: { p: NaN, reason: 'too-few-observations' },
    smd: { value: NaN, reason: 'too-few-observations' },
  });
});

test('groups without a known value have no difference, and the others are compared', () => {
  const grades = ['S0', 'S0', 'S1', 'S1', 'S2', 'S2', 'S3', 'S3'];
  const sex = [null, null, null, null, 'f', 'm', 'f', 'f'];
  const [variable] = tableOne({ grade: grades, sex }, { groupBy: 'grade' }).variables;
  expect(variable.test).toMatchObject({ name: 'Fisher exact', p: 1 });
  expect(variable.smd!.pairs[0]).toEqual({ groups: [0, 1], value: NaN });
});

test('a table too large for the exact test has χ² and a footnote', () => {
  const sites = Array.from({ length: 18 * 18 }, (_, i) => `site ${i % 18}`);
  const readers = sites.map((_, i) => `reader ${Math.floor(i / 18)}`);
  const table = tableOne({ reader: readers, site: sites }, { groupBy: 'reader', smd: false });
  expect(table.variables[0].test).toMatchObject({ name: 'chi-square', p: 1, inPlaceOfExact: true });
  expect(table.footnotes.at(-1)).toBe(
    'site: χ² although counts below 5 are expected, as the table is too large for the exact test.',
  );
});

test('a table larger than 2 × 2 is tested by the exact test where χ² would be doubtful', () => {
  const counts = [
    [10, 4, 3],
    [5, 8, 9],
    [2, 6, 14],
  ];
  const cells = counts.flatMap((row, i) =>
    row.flatMap((count, j) =>
      Array.from({ length: count }, () => ({ grade: `S${i}`, site: `T${j}` })),
    ),
  );
  const { test: found } = tableOne(cells, { groupBy: 'grade' }).variables[0];
  expect(found).toMatchObject({ name: 'Fisher exact', text: '0.009' });
  expect(found!.method).toContain('Freeman');
  expect(found!.inPlaceOfExact).toBeUndefined();
});
