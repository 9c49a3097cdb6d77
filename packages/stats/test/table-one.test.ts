import { expect, test } from 'vitest';
import { tableOne, type TableOneOptions, type TableOneRows } from '../src/index.js';
import { expectClose, reference } from './support/reference.js';

const cases = reference<
  Record<
    'two' | 'three',
    {
      rows: Record<string, (string | number | null)[]>;
      cells: Record<string, string[]>;
      p: Record<string, number>;
      smd: Record<string, number[]>;
    }
  >
>('table-one');

const numbersOf = (text: string): number[] => (text.match(/\d+(?:\.\d+)?/g) ?? []).map(Number);

test.each(['two', 'three'] as const)('%s groups: the cells, P and SMD of tableone', (name) => {
  const { rows, cells, p, smd } = cases[name];
  const table = tableOne(rows, { groupBy: 'grade', nonNormal: ['alt'] });
  expect([table.n, ...table.groups.map(({ n }) => n)]).toEqual(cells['n|'].map(Number));
  let compared = 0;
  for (const variable of table.variables) {
    const lines =
      variable.kind === 'categorical'
        ? variable.levels.map((level) => [`${variable.name}, n (%)|${level.name}`, level] as const)
        : [
            [
              `${variable.name}, ${variable.kind === 'mean' ? 'mean (SD)' : 'median [Q1,Q3]'}|`,
              variable,
            ] as const,
          ];
    for (const [key, { overall, cells: found }] of lines) {
      [overall!, ...found].forEach((cell, i) => {
        // Python rounds halves to even, so the printed digits may differ by one.
        numbersOf(cells[key][i]).forEach((printed, k) => {
          expect(Math.abs(numbersOf(cell.text)[k] - printed), `${key} ${i}`).toBeLessThan(0.11);
          compared++;
        });
        if (cell.kind === 'mean') {
          const [mean, sd] = numbersOf(cells[key][i]);
          expect(Math.abs(cell.mean - mean)).toBeLessThan(0.0501);
          expect(Math.abs(cell.standardDeviation - sd)).toBeLessThan(0.0501);
        }
      });
    }
    variable.smd!.pairs.forEach((pair, i) => {
      expect(Math.abs(pair.value - smd[variable.name][i]), variable.name).toBeLessThan(1e-12);
    });
    if (p[variable.name] !== undefined) {
      expectClose(variable.test!.p, p[variable.name], `P of ${variable.name}`);
      expectClose(variable.test!.logP, Math.log(p[variable.name]), 'ln P', 1e-9);
    }
  }
  expect(compared).toBeGreaterThan(60);
});

test('the test follows the kind of variable, the number of groups and the expected counts', () => {
  const names = (name: 'two' | 'three') =>
    tableOne(cases[name].rows, { groupBy: 'grade', nonNormal: ['alt'] }).variables.map(
      (variable) => `${variable.name}: ${variable.test!.name}`,
    );
  expect(names('two')).toEqual([
    'age: Welch t',
    'bmi: Welch t',
    'alt: Mann–Whitney',
    'sex: chi-square',
    'site: Fisher exact',
    'diabetes: Fisher exact',
  ]);
  expect(names('three')).toEqual([
    'age: ANOVA',
    'bmi: ANOVA',
    'alt: Kruskal–Wallis',
    'sex: chi-square',
    'site: Fisher exact',
    'diabetes: Fisher exact',
  ]);
});

test('records and columns give the same table', () => {
  const { rows } = cases.three;
  const records = rows['age'].map((_, i) =>
    Object.fromEntries(Object.entries(rows).map(([name, values]) => [name, values[i]])),
  );
  expect(tableOne(records, { groupBy: 'grade' })).toEqual(tableOne(rows, { groupBy: 'grade' }));
});

test('missing values, blank texts and subjects without a group are counted and left out', () => {
  const rows = {
    group: ['a', 'a', 'b', 'b', null, 'a'],
    x: [1, NaN, 3, undefined, 99, 5],
    flag: [true, false, null, true, true, true],
    note: ['u', ' ', 'v', 'u', 'u', ''],
  };
  const table = tableOne(rows, { groupBy: 'group' });
  expect([table.n, table.withoutGroup, table.showMissing]).toEqual([5, 1, true]);
  expect(table.variables.map(({ missing }) => missing)).toEqual([2, 1, 2]);
  expect(table.variables[0]).toMatchObject({
    kind: 'mean',
    overall: { n: 3, missing: 2, mean: 3 },
  });
  expect(table.variables[1]).toMatchObject({
    kind: 'categorical',
    levels: [
      { name: 'false', overall: { count: 1, n: 4, percent: 25, text: '1 (25.0%)' } },
      { name: 'true', overall: { count: 3 } },
    ],
  });
  expect(table.footnotes).toContain('1 left out because group is missing.');
  expect(tableOne(rows, { groupBy: 'group', missing: false }).showMissing).toBe(false);
});

test('what is categorical, in what order, under what name', () => {
  const rows = {
    group: [1, 1, 2, 2],
    grade: [3, 1, 2, 10],
    sex: [0, 1, 1, 0],
    t: ['z', 'y', 'y', 'x'],
  };
  const found = tableOne(rows, {
    groupBy: 'group',
    categorical: ['grade'],
    labels: { grade: 'Grade of steatosis' },
    levels: { t: ['z', 'x'], group: [2] },
    overall: false,
  });
  expect(found.groups.map(({ name }) => name)).toEqual(['2', '1']);
  const levelsOf = (index: number): string[] => {
    const variable = found.variables[index];
    return variable.kind === 'categorical' ? variable.levels.map(({ name }) => name) : [];
  };
  expect(levelsOf(0)).toEqual(['1', '2', '3', '10']);
  expect(levelsOf(1)).toEqual(['0', '1']);
  expect(levelsOf(2)).toEqual(['z', 'x', 'y']);
  expect(found.variables[0].label).toBe('Grade of steatosis');
  expect(tableOne(rows, { continuous: ['sex'] }).variables[2].kind).toBe('mean');
  expect(tableOne(rows, { digits: { grade: 3 } }).variables[1]).toMatchObject({
    overall: { text: '4.000 ± 4.082' },
  });
});

test('P is adjusted over all variables', () => {
  const table = tableOne(cases.three.rows, { groupBy: 'grade', adjust: 'bonferroni' });
  for (const { test: compared } of table.variables) {
    expectClose(compared!.adjustedP ?? Number.NaN, Math.min(1, 6 * compared!.p), 'adjusted', 1e-14);
  }
  expect(table.footnotes).toContain('Adjusted P: Bonferroni, for 6 tests.');
});

test('degenerate variables have no P and say why', () => {
  const rows = {
    group: [1, 1, 2, 2],
    same: [4, 4, 4, 4],
    none: [null, null, null, null],
    few: [1, 5, 9, null],
  };
  const table = tableOne(rows, { groupBy: 'group', continuous: ['same'] });
  for (const { test: compared } of table.variables) {
    expect(compared).toMatchObject({ p: NaN, text: '–' });
    expect(compared!.reason).toBeDefined();
  }
  expect(table.variables[0].smd).toMatchObject({ value: NaN, text: '–', reason: 'zero-variance' });
  expect(tableOne([]).variables).toEqual([]);
  expect(tableOne({ x: [] })).toMatchObject({ n: 0, variables: [{ overall: { text: '–' } }] });
  expect(tableOne(rows, { groupBy: 'same' }).variables[0].test).toBeUndefined();
});

test.each<[string, TableOneRows, TableOneOptions, string]>([
  ['an unknown group', { x: [1] }, { groupBy: 'y' }, 'groupBy is "y"'],
  ['an unknown variable', { x: [1] }, { variables: ['y'] }, 'variables is "y"'],
  ['an unknown label', { x: [1] }, { labels: { y: 'Y' } }, 'labels is "y"'],
  ['columns of two lengths', { x: [1], y: [1, 2] }, {}, 'rows.y is'],
  ['no record', [1 as never], {}, 'rows[0] is 1'],
  ['infinities', { x: [1, Infinity, 3] }, {}, 'x is Infinity'],
  ['objects as values', { x: [{} as never] }, {}, 'x[0]'],
  ['other quartiles', { x: [1] }, { quantileType: 8 as 7 }, 'quantileType is 8'],
  ['texts as numbers', { x: ['a'] }, { continuous: ['x'] }, 'continuous is "x"'],
  ['no column at all', { x: [1] }, { overall: false }, 'overall is false'],
  ['half digits', { x: [1] }, { digits: 0.5 }, 'digits is 0.5'],
  ['an unknown option', { x: [1] }, { digit: 1 } as object, 'only groupBy'],
])('%s: refused', (_name, rows, options, message) => {
  expect(() => tableOne(rows, options)).toThrow(message);
});
