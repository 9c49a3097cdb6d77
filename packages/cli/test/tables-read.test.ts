import { writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { readTable } from '../src/tables/read-table.js';
import { writeTable } from '../src/tables/write-table.js';
import { temporaryFolder } from './support/command.js';

const folder = temporaryFolder();
afterAll(folder.remove);

async function tableOf(name: string, content: string | Uint8Array) {
  writeFileSync(folder.path(name), content);
  return await readTable(folder.path(name));
}

describe('tables of text', () => {
  it('numbers, texts and missing values by column; names made of digits keep their zeros', async () => {
    const table = await tableOf(
      'cells.csv',
      '\uFEFFid,site,x,empty\n007,Leeds,1e-5,\n"01,2","n/a", 2.50 ,NaN\n\n3,,nan,NA\n',
    );
    expect(table.rows).toBe(3);
    const kinds = Object.fromEntries(table.columns.map(({ name, kind }) => [name, kind]));
    expect(kinds).toEqual({ id: 'text', site: 'text', x: 'number', empty: 'empty' });
    const texts = (name: string) => [0, 1, 2].map((row) => table.get(name, 'test').text(row));
    expect(texts('id')).toEqual(['007', '01,2', '3']);
    expect(texts('site')).toEqual(['Leeds', '', '']);
    expect(texts('x')).toEqual(['1e-5', '2.50', '']);
    expect([0, 1, 2].map((row) => table.get('x', 'test').number(row))).toEqual([1e-5, 2.5, NaN]);
    expect([table.place(0), table.place(2)]).toEqual(['line 2', 'line 5']);
  });

  it('semicolons bring decimal commas, tabs are tabs whatever the ending', async () => {
    const table = await tableOf('german.csv', 'a;b\n1,5;x\n-2,25e1;y\n');
    expect([0, 1].map((row) => table.get('a', 'test').number(row))).toEqual([1.5, -22.5]);
    const tabs = await tableOf('tabs.csv', 'participant_id\tage, years\nsub-1\t50\n');
    expect(tabs.get('age, years', 'test').number(0)).toBe(50);
  });

  it('many rows keep their values', async () => {
    const values = Array.from({ length: 1000 }, (_, i) => i / 7);
    const table = await tableOf('long.csv', `x\n${values.join('\n')}\n`);
    expect(values.every((value, row) => table.get('x', 'test').number(row) === value)).toBe(true);
  });

  it.each([
    ['nothing.csv', '', 'is empty'],
    ['header.csv', 'a,b\n', 'no rows below its header'],
    ['twice.csv', 'a,b,a\n1,2,3\n', 'two columns a'],
    ['ragged.csv', 'a,b\n1,2\n1,2,3\n', 'line 3'],
    ['quote.csv', 'a,b\n"1,2\n', 'no valid table'],
    ['binary.csv', new Uint8Array([97, 0, 44, 10]), 'no text'],
    ['broken.parquet', 'PAR1 and nothing', 'no Parquet file'],
    ['list.xlsx', 'x', 'must end in .csv, .tsv or .parquet'],
  ])('%s is refused by name', async (name, content, message) => {
    await expect(tableOf(name, content)).rejects.toThrow(message);
    await expect(tableOf(name, content)).rejects.toThrow(name);
  });

  it('a column that is missing is named with the nearest one', async () => {
    const table = await tableOf('near.csv', 'Grade,patient\n1,a\n');
    expect(() => table.get('grade', '--target')).toThrow('did you mean Grade?');
    expect(() => table.get('patinet', '--group')).toThrow('did you mean patient?');
    expect(() => table.get('zzz', '--group')).toThrow('its columns are Grade, patient');
  });
});

it('Parquet keeps numbers, whole numbers, texts and nulls', async () => {
  const rows = [
    { id: '007', n: 3, x: 0.1 },
    { id: 'b', n: -1, x: undefined },
  ];
  const columns = [
    { name: 'id', type: 'text' },
    { name: 'n', type: 'integer' },
    { name: 'x', type: 'number' },
  ] as const;
  const path = folder.path('table.parquet');
  await writeTable(path, '.parquet', { columns, rows });
  const table = await readTable(path, (name) => name === 'skipped');
  const cells = [0, 1].map((row) => table.columns.map((column) => column.text(row)));
  expect(cells).toEqual([
    ['007', '3', '0.1'],
    ['b', '-1', ''],
  ]);
  expect(table.place(1)).toBe('row 2');
});
