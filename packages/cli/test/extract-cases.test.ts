import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { createVolume } from '@steatosis/core';
import { writeImage } from '@steatosis/io/node';
import { parse } from 'csv-parse/sync';
import { parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixtures, run, temporaryFolder } from './support/command.js';

const brain = {
  image: join(fixtures, 'brain1-image.nrrd'),
  mask: join(fixtures, 'brain1-label.nrrd'),
};
const folder = temporaryFolder();
afterAll(folder.remove);
const FEW = ['--features', 'firstorder,original_glcm_Contrast', '--workers', '0'];

type Row = Record<string, string>;
const rowsOf = (path: string) => parse<Row>(readFileSync(path), { columns: true });
const extract = (cases: string, output: string, ...more: string[]) =>
  run('extract', '--cases', folder.path(cases), '-o', folder.path(output), ...FEW, ...more);

/** `cases.csv` and what it names: two images with three labels each, and lines that fail. */
beforeAll(async () => {
  mkdirSync(folder.path('images'));
  for (const seed of [1, 2]) {
    const values = Float32Array.from({ length: 480 }, (_, i) => (i * (37 + seed) + i * i) % 251);
    const labels = Uint8Array.from(values, (_, i) => (i % 10 < 5 ? 1 + Math.floor(i / 160) : 0));
    const grid = { spacing: [1, 1.5, 2] as [number, number, number] };
    await writeImage(
      folder.path('images', `${seed}.nii.gz`),
      createVolume(values, [10, 8, 6], grid),
    );
    await writeImage(
      folder.path('images', `${seed}-mask.nrrd`),
      createVolume(labels, [10, 8, 6], grid),
    );
  }
  writeFileSync(
    folder.path('images', 'cut.nii.gz'),
    readFileSync(folder.path('images', '1.nii.gz')).subarray(0, 90),
  );
  table('cases.csv', [
    'ID,Image,Mask,Label,Site',
    'one,images/1.nii.gz,images/1-mask.nrrd,1,Leeds',
    'two,images/1.nii.gz,images/1-mask.nrrd,3,"Ghent, BE"',
    'three,images/2.nii.gz,images/2-mask.nrrd,,Graz',
    'absent,images/2.nii.gz,images/2-mask.nrrd,9,Graz',
    'missing,images/3.nii.gz,images/2-mask.nrrd,1,Graz',
    'cut,images/cut.nii.gz,images/1-mask.nrrd,1,Graz',
    'other grid,images/1.nii.gz,' + brain.mask + ',1,Graz',
    'last,images/2.nii.gz,images/2-mask.nrrd,2,Graz',
  ]);
  table('fine.csv', [
    'Image,Mask,Label',
    ...[1, 2, 3].map((label) => `images/1.nii.gz,images/1-mask.nrrd,${label}`),
    ...[1, 2, 3].map((label) => `images/2.nii.gz,images/2-mask.nrrd,${label}`),
  ]);
});

function table(name: string, lines: readonly string[]): void {
  writeFileSync(folder.path(name), `${lines.join('\n')}\n`);
}

describe('--cases', () => {
  it('carries the columns of the table, resolves paths at its folder, goes on after failures', async () => {
    const { status, stdout, stderr } = await extract('cases.csv', 'out.csv');
    expect(status).toBe(1);
    expect(stdout).toBe(`${folder.path('out.csv')}: 19 features of 4 regions in 8 cases\n`);
    const failures = folder.path('out.csv.failures.csv');
    expect(stderr).toContain(`error: 4 of 8 cases failed; ${failures} says which and why.`);
    const rows = rowsOf(folder.path('out.csv'));
    expect(Object.keys(rows[0]!).slice(0, 6)).toEqual([
      'ID',
      'Image',
      'Mask',
      'Label',
      'Site',
      'diagnostics_Versions_steatosis-radiomics',
    ]);
    expect(rows.map(({ ID, Label, Site }) => [ID, Label, Site])).toEqual([
      ['one', '1', 'Leeds'],
      ['two', '3', 'Ghent, BE'],
      ['three', '1', 'Graz'],
      ['absent', '9', 'Graz'],
      ['missing', '1', 'Graz'],
      ['cut', '1', 'Graz'],
      ['other grid', '1', 'Graz'],
      ['last', '2', 'Graz'],
    ]);
    const failed = rows.filter((row) => row['original_firstorder_Mean'] === '');
    expect(failed.map(({ ID }) => ID)).toEqual(['absent', 'missing', 'cut', 'other grid']);
    expect(rowsOf(failures).map(({ ID, Code }) => [ID, Code])).toEqual([
      ['absent', 'LABEL_ABSENT'],
      ['missing', 'FILE_ACCESS'],
      ['cut', expect.any(String)],
      ['other grid', 'GRID_MISMATCH'],
    ]);
    const single = folder.path('single.csv');
    const { image, mask } = {
      image: folder.path('images', '1.nii.gz'),
      mask: folder.path('images', '1-mask.nrrd'),
    };
    const [, ...features] = FEW.slice(0, 2);
    await run('extract', image, mask, '-o', single, '--label', '3', '--features', ...features);
    const [alone] = rowsOf(single);
    const { Image, Mask, ID, Site, ...two } = rows[1]!;
    expect([ID, Site, Image, Mask]).toEqual([
      'two',
      'Ghent, BE',
      'images/1.nii.gz',
      'images/1-mask.nrrd',
    ]);
    expect(alone).toEqual({ Image: image, Mask: mask, ...two });
  });

  it("has the columns and values of PyRadiomics' batch for the same table", async () => {
    const [theirs] = rowsOf(join(fixtures, 'brain1-pyradiomics-batch.csv'));
    const line = `b1,${brain.image},${brain.mask},1,Boston`;
    table('sample.csv', ['ID,Image,Mask,Label,Site', line]);
    const files = ['--cases', folder.path('sample.csv'), '-o', folder.path('sample-out.csv')];
    expect((await run('extract', ...files, '--workers', '0')).status).toBe(0);
    const [ours] = rowsOf(folder.path('sample-out.csv'));
    const own = /^(Image|Mask|diagnostics_(Versions|Configuration)_.*)$/;
    for (const [name, text] of Object.entries(theirs!)) {
      if (own.test(name)) continue;
      const found = ours![name];
      expect(found, name).toBeDefined();
      // PyRadiomics writes tuples where the command writes lists.
      const expected = text.replace(/^\((.*)\)$/, '[$1]');
      const numbers = (list: string) => list.replaceAll(/[[\]]/g, '').split(',').map(Number);
      const [a, b] = [numbers(found!), numbers(expected)];
      if (b.some(Number.isNaN)) expect(found, name).toBe(expected);
      else {
        expect(a.length, name).toBe(b.length);
        a.forEach((value, i) => {
          const error = Math.abs(value - b[i]!) / Math.max(1, Math.abs(b[i]!));
          expect(error, name).toBeLessThanOrEqual(1e-9);
        });
      }
    }
    expect(Object.keys(ours!)).toEqual(
      expect.arrayContaining(['diagnostics_Configuration_Settings']),
    );
  });

  it('gives one row for each label', async () => {
    table('plain.csv', ['Image,Mask', 'images/1.nii.gz,images/1-mask.nrrd']);
    const labelled = async (...more: string[]) => {
      const { status } = await extract('plain.csv', 'labels.csv', '--force', ...more);
      return [status, rowsOf(folder.path('labels.csv')).map(({ Label }) => Label)];
    };
    expect(await labelled()).toEqual([0, ['1']]);
    expect(await labelled('--label', '2,1')).toEqual([0, ['2', '1']]);
    expect(await labelled('--label', '3', '--label', '2')).toEqual([0, ['3', '2']]);
    expect(await labelled('--label', 'all')).toEqual([0, ['1', '2', '3']]);
    expect(await labelled('--label', '1,9')).toEqual([1, ['1', '9']]);
    const one = [folder.path('images', '1.nii.gz'), folder.path('images', '1-mask.nrrd')];
    const single = await run('extract', ...one, '-o', folder.path('one.csv'), '--label', '1,9');
    expect([single.status, single.stderr]).toEqual([
      1,
      expect.stringContaining('error: Label 9: No voxel of the mask has the label 9'),
    ]);
    table('every.csv', ['Image,Mask,Label', 'images/1.nii.gz,images/1-mask.nrrd,all']);
    await extract('every.csv', 'every.csv.csv');
    expect(rowsOf(folder.path('every.csv.csv')).map(({ Label }) => Label)).toEqual(['1', '2', '3']);
  });

  it('writes the same values as CSV, JSON, JSON lines and Parquet', async () => {
    for (const ending of ['csv', 'json', 'jsonl', 'parquet']) {
      expect((await extract('cases.csv', `formats.${ending}`)).status).toBe(1);
    }
    const rows = rowsOf(folder.path('formats.csv'));
    interface JsonRow {
      image: string;
      label: number;
      columns: Row;
      features?: Record<string, number>;
      diagnostics?: { mask: { voxelCount: number } };
      error?: { code: string };
    }
    const json = JSON.parse(readFileSync(folder.path('formats.json'), 'utf8')) as JsonRow[];
    const lines = readFileSync(folder.path('formats.jsonl'), 'utf8').trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line) as JsonRow)).toEqual(json);
    const bytes = readFileSync(folder.path('formats.parquet'));
    const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
    const parquet = await parquetReadObjects({ file });
    expect(Object.keys(parquet[0]!)).toEqual(Object.keys(rows[0]!));
    expect(parquet.length).toBe(rows.length);
    rows.forEach((row, i) => {
      const cells = Object.entries(parquet[i]!).map(([name, cell]: [string, unknown]) => [
        name,
        cell === undefined || cell === null ? '' : `${cell as string | number | bigint}`,
      ]);
      expect(Object.fromEntries(cells)).toEqual(row);
      const { image, label, columns, features, diagnostics, error } = json[i]!;
      expect([image, String(label), columns]).toEqual([
        row['Image'],
        row['Label'],
        { ID: row['ID'], Site: row['Site'] },
      ]);
      for (const [name, value] of Object.entries(features ?? {}))
        expect(String(value)).toBe(row[name]);
      expect(String(diagnostics?.mask.voxelCount ?? '')).toBe(
        row['diagnostics_Mask-original_VoxelNum'],
      );
      expect(error === undefined).toBe(row['original_glcm_Contrast'] !== '');
    });
    expect(typeof parquet[0]!['original_firstorder_Mean']).toBe('number');
    expect(parquet[0]!['Label']).toBe(1n);
  });

  it("--definitions ibsi gives IBSI's tags", async () => {
    writeFileSync(
      folder.path('ibsi.yaml'),
      'discretisation: { binCount: 16 }\nresegmentRange: [20, .inf]\n',
    );
    const ibsi = ['--definitions', 'ibsi', '--settings', folder.path('ibsi.yaml')];
    const families = ['--features', 'stat,cm', '--workers', '0'];
    const files = ['--cases', folder.path('fine.csv'), '-o', folder.path('ibsi.csv')];
    const { status, stdout } = await run('extract', ...files, ...ibsi, ...families);
    expect([status, stdout]).toEqual([0, expect.stringContaining('6 regions in 6 cases')]);
    const [row] = rowsOf(folder.path('ibsi.csv'));
    expect(Number(row!['stat_mean'])).toBeGreaterThan(20);
    expect(Number(row!['cm_contrast_3D_avg'])).toBeGreaterThan(0);
    expect(Number(row!['diagnostics_img_dim_x_init_img'])).toBe(10);
    expect(Object.keys(row!).some((name) => name.startsWith('original_'))).toBe(false);
    writeFileSync(folder.path('ibsi-wrong.yaml'), 'discretization: none\n');
    const wrong = ['--definitions', 'ibsi', '--settings', folder.path('ibsi-wrong.yaml')];
    const refused = await run('extract', ...files, ...wrong, '--force');
    expect([refused.status, refused.stderr]).toEqual([
      1,
      expect.stringContaining('did you mean discretisation?'),
    ]);
  });

  it('shards one after the other are the whole', async () => {
    await extract('fine.csv', 'whole.csv');
    await extract('fine.csv', 'whole.jsonl');
    for (const part of [1, 2, 3, 4]) {
      for (const ending of ['csv', 'jsonl']) {
        expect(
          (await extract('fine.csv', `part-${part}.${ending}`, '--shard', `${part}/4`)).status,
        ).toBe(0);
      }
    }
    const part = (n: number, ending: string) =>
      readFileSync(folder.path(`part-${n}.${ending}`), 'utf8');
    const csv = [1, 2, 3, 4].map((n) =>
      n === 1 ? part(n, 'csv') : part(n, 'csv').replace(/^.*\n/, ''),
    );
    expect(csv.join('')).toBe(readFileSync(folder.path('whole.csv'), 'utf8'));
    const jsonl = [1, 2, 3, 4].map((n) => part(n, 'jsonl'));
    expect(jsonl.join('')).toBe(readFileSync(folder.path('whole.jsonl'), 'utf8'));
  });

  it('without features of the diagnostics when the settings say so', async () => {
    writeFileSync(folder.path('bare.yaml'), 'setting:\n  additionalInfo: false\n');
    await extract('fine.csv', 'bare.csv', '--settings', folder.path('bare.yaml'));
    const names = Object.keys(rowsOf(folder.path('bare.csv'))[0]!);
    expect(names.filter((name) => !name.startsWith('original_'))).toEqual([
      'Image',
      'Mask',
      'Label',
    ]);
  });

  it('takes the layer of a mask that Label_channel names', async () => {
    const layers = Uint8Array.from({ length: 960 }, (_, i) => (i < 480 ? 1 : i % 10 < 5 ? 2 : 0));
    await writeImage(
      folder.path('images', 'layers.nii.gz'),
      createVolume(layers, [10, 8, 6, 2], { spacing: [1, 1.5, 2] }),
    );
    table('layers.csv', [
      'Image,Mask,Label,Label_channel',
      ...['1,0', '2,1', '1,1', '1,2', '1,'].map(
        (end) => `images/1.nii.gz,images/layers.nii.gz,${end}`,
      ),
    ]);
    expect((await extract('layers.csv', 'layers.out.csv')).status).toBe(1);
    const voxels = rowsOf(folder.path('layers.out.csv')).map(
      (row) => row['diagnostics_Mask-original_VoxelNum'],
    );
    expect(voxels).toEqual(['480', '240', '', '', '']);
    const messages = rowsOf(folder.path('layers.out.csv.failures.csv')).map(
      ({ Message }) => Message,
    );
    expect(messages).toEqual([
      expect.stringContaining('No voxel of the mask has the label 1'),
      expect.stringContaining('the layers 0 … 1; Label_channel is 2'),
      expect.stringContaining('Choose it by Label_channel'),
    ]);
  });

  it('keeps UIDs in names of files to itself, unless told otherwise', async () => {
    const uid = '1.2.826.0.1.3680043.10.1449.7';
    table('uids.csv', ['Image,Mask,Site', `${uid}.nii.gz,images/1-mask.nrrd,Rue 4`]);
    const { stderr } = await extract('uids.csv', 'uids.jsonl');
    const written = ['uids.jsonl', 'uids.jsonl.failures.csv'].map((name) =>
      readFileSync(folder.path(name), 'utf8'),
    );
    for (const text of [stderr, ...written]) expect(text).not.toContain(uid);
    expect(written[1]).toContain('[UID].nii.gz');
    await extract('uids.csv', 'uids.jsonl', '--force', '--keep-identifiers');
    expect(readFileSync(folder.path('uids.jsonl.failures.csv'), 'utf8')).toContain(uid);
  });

  it.each([
    ['no table', 'nowhere.csv', undefined, 'nowhere.csv cannot be read'],
    ['an empty table', 'empty.csv', [''], 'is empty'],
    ['no column Mask', 'no-mask.csv', ['Image,mask'], 'has no column Mask (rename mask?)'],
    [
      'no column Image',
      'no-image.csv',
      ['File,Mask'],
      'has no column Image; its columns are File, Mask',
    ],
    ['two columns alike', 'twice.csv', ['Image,Mask,A,A'], 'two columns A'],
    [
      'another case of letters',
      'case.csv',
      ['Image,Mask,label'],
      'has a column label; write Label',
    ],
    [
      'a table of results',
      'results.csv',
      ['Image,Mask,diagnostics_Mask-original_VoxelNum'],
      'not of cases',
    ],
    ['a line without a mask', 'gap.csv', ['Image,Mask', 'a.nii,'], 'line 2: Mask is empty'],
    [
      'a label that is none',
      'label.csv',
      ['Image,Mask,Label', 'a,b,1', 'a,b,x'],
      'line 3: Label is x',
    ],
    ['a short line', 'short.csv', ['Image,Mask,Label', 'a,b'], 'no valid CSV'],
    ['an open quote', 'quote.csv', ['Image,Mask', '"a,b'], 'no valid CSV'],
    ['a table without cases', 'header.csv', ['Image,Mask,Label'], 'header.csv has no cases'],
  ])(
    '%s is bad input: one line, status 1, nothing written',
    async (_name, name, lines, message) => {
      if (lines !== undefined) table(name, lines);
      const { status, stdout, stderr } = await extract(name, 'never.csv');
      expect([status, stdout]).toEqual([1, '']);
      expect(stderr).toMatch(/^error: [^\n]+\n$/);
      expect(stderr).toContain(message);
      expect(readdirSync(folder.path()).filter((file) => file.startsWith('never'))).toEqual([]);
    },
  );

  it('a folder that cannot be written is found before the work', async () => {
    const onFile = ['cases.csv', 'below', 'out.csv'];
    const { status, stderr } = await extract('fine.csv', join(...onFile));
    expect(status).toBe(1);
    expect(stderr).toMatch(/^error: [^\n]+ cannot be written: [^\n]+\n$/);
    const one = await run('extract', 'nowhere.nii', 'nowhere.nii', '-o', folder.path(...onFile));
    expect(one.stderr).toContain('cannot be written');
  });

  it('unknown features and settings are found before the work', async () => {
    const features = ['--features', 'original_glcm_Contrats', '--workers', '0'];
    const { status, stderr } = await run(
      'extract',
      '--cases',
      folder.path('fine.csv'),
      '-o',
      folder.path('never.csv'),
      ...features,
    );
    expect(status).toBe(1);
    expect(stderr).toContain('original_glcm_Contrast');
    expect(existsSync(folder.path('never.csv.journal.jsonl'))).toBe(false);
  });

  it.each([
    [['a', 'b', '--resume'], '--resume needs --cases'],
    [['a', 'b', '--shard', '1/2'], '--shard needs --cases'],
    [['a', 'b', '--workers', '2'], '--workers needs --cases'],
    [['--cases', 'c.csv', '--shard', '3/2'], 'expected i/n'],
    [['--cases', 'c.csv', '--label', 'all,1'], 'leave the others out'],
    [['a', '--cases', 'c.csv'], 'a is too much'],
    [[], '<image> <mask> is missing (needed without --cases'],
  ])('wrong usage %j', async (words, message) => {
    const { status, stderr } = await run('extract', ...words, '-o', folder.path('never.csv'));
    expect(status).toBe(2);
    expect(stderr).toContain(message);
  });
});

describe('--resume', () => {
  const journalOf = (output: string) => `${folder.path(output)}.journal.jsonl`;

  it('after a crash in the middle of a line gives the bytes of one go', async () => {
    await extract('fine.csv', 'go.csv');
    await extract('fine.csv', 'crash.csv', '--resume');
    const lines = readFileSync(journalOf('crash.csv'), 'utf8').split('\n');
    for (const kept of [1, 3, lines.length - 1]) {
      const output = `crash-${kept}.csv`;
      const half = lines[kept]!.slice(0, 100);
      writeFileSync(journalOf(output), [...lines.slice(0, kept), half].join('\n'));
      const { status, stdout } = await extract('fine.csv', output, '--resume');
      expect(status).toBe(0);
      const already = kept === 1 ? '' : `, ${kept - 1} were already there`;
      expect(stdout).toBe(
        `${folder.path(output)}: 19 features of 6 regions in 6 cases${already}\n`,
      );
      expect(readFileSync(folder.path(output))).toEqual(readFileSync(folder.path('go.csv')));
    }
  });

  it('computes what was added, what failed and what has changed since', async () => {
    const lines = [
      'Image,Mask,Label',
      'images/1.nii.gz,images/1-mask.nrrd,1',
      'images/2.nii.gz,images/new-mask.nrrd,2',
    ];
    table('grows.csv', lines);
    expect((await extract('grows.csv', 'grows.parquet', '--resume')).status).toBe(1);
    expect(existsSync(folder.path('grows.parquet.failures.csv'))).toBe(true);
    writeFileSync(
      folder.path('images', 'new-mask.nrrd'),
      readFileSync(folder.path('images', '2-mask.nrrd')),
    );
    table('grows.csv', [...lines, 'images/1.nii.gz,images/1-mask.nrrd,3']);
    const again = await extract('grows.csv', 'grows.parquet', '--resume');
    expect([again.status, again.stdout]).toEqual([
      0,
      expect.stringContaining('3 cases, 1 were already there'),
    ]);
    expect(existsSync(folder.path('grows.parquet.failures.csv'))).toBe(false);
    utimesSync(folder.path('images', 'new-mask.nrrd'), 1, 1);
    const third = await extract('grows.csv', 'grows.parquet', '--resume');
    expect(third.stdout).toContain('3 cases, 2 were already there');
  });

  it('keeps the journal only of what is unfinished, failed or resumed', async () => {
    await extract('fine.csv', 'kept.csv');
    expect(existsSync(journalOf('kept.csv'))).toBe(false);
    await extract('cases.csv', 'kept-failed.csv');
    expect(existsSync(journalOf('kept-failed.csv'))).toBe(true);
    const refused = await extract('fine.csv', 'kept.csv', '--resume');
    expect([refused.status, refused.stderr]).toEqual([
      1,
      expect.stringContaining('without its journal'),
    ]);
    const again = await extract('cases.csv', 'kept-failed.csv');
    expect([again.status, again.stderr]).toEqual([1, expect.stringContaining('--resume')]);
    expect((await extract('fine.csv', 'kept-failed.csv', '--force')).status).toBe(0);
    expect(existsSync(folder.path('kept-failed.csv.failures.csv'))).toBe(false);
  });

  it('does not mix results of other settings', async () => {
    await extract('fine.csv', 'mix.csv', '--resume');
    writeFileSync(folder.path('bins.yaml'), 'setting:\n  binWidth: 5\n');
    const { status, stderr } = await extract(
      'fine.csv',
      'mix.csv',
      '--resume',
      '--settings',
      folder.path('bins.yaml'),
    );
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /^error: [^\n]+ was begun with other settings \(binWidth: unset, now 5[^\n]+--force\.\n$/,
    );
    writeFileSync(journalOf('odd.csv'), 'something else\n');
    const odd = await extract('fine.csv', 'odd.csv', '--resume');
    expect([odd.status, odd.stderr]).toEqual([1, expect.stringContaining('is no journal')]);
  });
});
