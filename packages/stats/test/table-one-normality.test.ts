import { expect, test } from 'vitest';
import { tableOne, tableOneText } from '../src/index.js';
import { shapiroWilk } from '../src/group-tests/shapiro-wilk.js';
import { reference } from './support/reference.js';

const { rows } =
  reference<Record<'three', { rows: Record<string, (string | number | null)[]> }>>(
    'table-one',
  ).three;

const ofGroup = (name: string, grade?: number): number[] =>
  rows[name].filter(
    (value, i): value is number =>
      typeof value === 'number' && (grade === undefined || rows['grade'][i] === grade),
  );

test("'auto' shows medians of what is not normal in a group by Shapiro and Wilk", () => {
  const variables = ['age', 'bmi', 'alt'];
  const table = tableOne(rows, { groupBy: 'grade', variables, nonNormal: 'auto' });
  let medians = 0;
  for (const variable of table.variables) {
    if (variable.kind === 'categorical') throw new Error(`${variable.name} is a number`);
    const p = [0, 1, 2].map((grade) => shapiroWilk(ofGroup(variable.name, grade)).p);
    expect(variable.normalityP).toEqual(p);
    expect(variable.kind, variable.name).toBe(Math.min(...p) < 0.05 ? 'median' : 'mean');
    expect(variable.cells.map(({ kind }) => kind)).toEqual(Array(3).fill(variable.kind));
    expect(variable.test!.name).toBe(variable.kind === 'mean' ? 'ANOVA' : 'Kruskal–Wallis');
    if (variable.kind === 'median') medians++;
  }
  // Made log-normal
  expect(medians).toBeGreaterThan(0);
  expect(medians).toBeLessThan(3);
  expect(table.footnotes.join('\n')).toContain("Shapiro and Wilk's test is below 0.05 in a group.");
});

test("without groups 'auto' looks at all subjects", () => {
  const table = tableOne(rows, { variables: ['alt'], nonNormal: 'auto' });
  expect(table.variables[0]).toMatchObject({
    kind: 'median',
    normalityP: [shapiroWilk(ofGroup('alt')).p],
  });
  expect(tableOneText(table)).toContain(
    "Medians where P of Shapiro and Wilk's test is below 0.05.",
  );
});

test('groups that cannot be tested are taken for normal, and nothing is said where nothing is a median', () => {
  const few = { group: [1, 1, 2, 2, 2, 2], x: [1, 90, 7, 7, 7, 7] };
  const table = tableOne(few, { groupBy: 'group', continuous: ['x'], nonNormal: 'auto' });
  expect(table.variables[0]).toMatchObject({ kind: 'mean', normalityP: [NaN, NaN] });
  expect(table.footnotes.join()).not.toContain('Shapiro');
  expect(tableOne(few, { continuous: ['x'] }).variables[0]).not.toHaveProperty('normalityP');
});

test('other words are refused', () => {
  expect(() => tableOne(rows, { nonNormal: 'alt' as never })).toThrow('nonNormal is "alt"');
});
