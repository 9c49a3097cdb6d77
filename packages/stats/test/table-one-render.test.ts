import { expect, test } from 'vitest';
import {
  tableOne,
  tableOneCsv,
  tableOneHtml,
  tableOneLatex,
  tableOneMarkdown,
  tableOneText,
} from '../src/index.js';

const rows = {
  grade: [0, 0, 0, 1, 1, 1],
  age: [48, 44, 55, 61, 58, null],
  'a<b, "c" & d_e': ['x|y', 'x|y', '[0,5)', '[0,5)', 'x|y', '[0,5)'],
};
const table = tableOne(rows, { groupBy: 'grade', tests: false });

test('text is aligned', () => {
  expect(tableOneText(table)).toMatchInlineSnapshot(`
    "                 Overall (n = 6)   grade: 0 (n = 3)   grade: 1 (n = 3)   Missing     SMD
    ────────────────────────────────────────────────────────────────────────────────────────
    age                   53.2 ± 7.0         49.0 ± 5.6         59.5 ± 2.1         1   2.492
    a<b, "c" & d_e                                                                 0   0.707
      [0,5)                3 (50.0%)          1 (33.3%)          2 (66.7%)
      x|y                  3 (50.0%)          2 (66.7%)          1 (33.3%)
    ────────────────────────────────────────────────────────────────────────────────────────
    Values are mean ± SD or n (% of known values).
    SMD: standardised mean difference.
    "
  `);
});

test('HTML escapes every name', () => {
  const html = tableOneHtml(table);
  expect(html).toContain('<th scope="row">a&lt;b, &quot;c&quot; &amp; d_e</th>');
  expect(html).not.toContain('a<b');
  expect(html).toContain('<tr class="level"><th scope="row">[0,5)</th>');
  expect(html.match(/<tr/g)).toHaveLength(6);
});

test('CSV has the level in a column of its own and quotes what needs it', () => {
  expect(tableOneCsv(table).split('\r\n')).toEqual([
    'variable,level,Overall (n = 6),grade: 0 (n = 3),grade: 1 (n = 3),Missing,SMD',
    'age,,53.2 ± 7.0,49.0 ± 5.6,59.5 ± 2.1,1,2.492',
    '"a<b, ""c"" & d_e",,,,,0,0.707',
    '"a<b, ""c"" & d_e","[0,5)",3 (50.0%),1 (33.3%),2 (66.7%),,',
    '"a<b, ""c"" & d_e",x|y,3 (50.0%),2 (66.7%),1 (33.3%),,',
    '',
  ]);
});

test('Markdown and LaTeX escape what they would read as their own', () => {
  const markdown = tableOneMarkdown(table);
  expect(markdown).toContain(String.raw`| a&lt;b, "c" &amp; d\_e |`);
  expect(markdown).toContain(String.raw`| &emsp;x\|y | 3 (50.0%) |`);
  const columns = markdown.split('\n').filter((line) => line.startsWith('|'));
  for (const line of columns) expect(line.match(/(?<!\\)\|/g)).toHaveLength(7);
  const latex = tableOneLatex(table);
  expect(latex).toContain(String.raw`a$<$b, "c" \& d\_e & `);
  expect(latex).toContain(String.raw`\quad {[}0,5) & 3 (50.0\%)`);
  expect(latex).toContain(String.raw`49.0 $\pm$ 5.6`);
});

test('the same data give the same table', () => {
  expect(JSON.stringify(tableOne(rows, { groupBy: 'grade' }))).toBe(
    JSON.stringify(tableOne(rows, { groupBy: 'grade' })),
  );
});
