import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createVolume, denseData, type Volume } from '@steatosis/core';
import { encodeDicomMaps, readImage, readSeries, writeImage } from '@steatosis/io/node';
import { decode } from 'fast-png';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { filesBelow, run, temporaryFolder, unpackDicom } from './support/command.js';

const folder = temporaryFolder();
afterAll(folder.remove);
const IDENTIFYING = /SYNTHETIC\^PHANTOM|SYNSHARED|(?<![\d.])(?:19|20)\d{6}(?!\d)|\d+(?:\.\d+){5,}/;
const MAPS = [
  'fat',
  'field',
  'pdff',
  'pdffSd',
  'r2star',
  'r2starSd',
  'residual',
  'swapSuspect',
  'water',
];

const scan = folder.path('scan');
/** ROIs in the phantom's liver; segment 8 lies in air but for nothing. */
const rois = folder.path('rois.nii.gz');
let pdff: Volume;
const read = (...names: string[]) => readFileSync(folder.path(...names), 'utf8');
const dixon = (...argv: string[]) => run('dixon', ...argv, '--workers', '0');

beforeAll(async () => {
  unpackDicom(scan);
  expect((await dixon(scan, '-o', folder.path('maps'))).status).toBe(0);
  pdff = await readImage(folder.path('maps', 'sub-01/anat/sub-01_desc-pdff_map.nii.gz'));
  const labels = new Uint8Array(64 * 52);
  for (let y = 22; y < 28; y++) for (let x = 16; x < 30; x++) labels[y * 64 + x] = x < 23 ? 4 : 6;
  for (let y = 0; y < 2; y++) for (let x = 0; x < 2; x++) labels[y * 64 + x] = 8;
  await writeImage(rois, createVolume(labels, [64, 52, 1], pdff));
});

describe('dixon', () => {
  it('writes nine maps with sidecars, a report and an overview, and nothing that identifies', () => {
    const written = filesBelow(folder.path('maps'));
    expect(written).toEqual(
      [
        'dataset_description.json',
        'figures/sub-01_overview.html',
        'figures/sub-01_overview.png',
        'sub-01/anat/sub-01_desc-separation_report.json',
        ...MAPS.flatMap((name) =>
          ['json', 'nii.gz'].map((ending) => `sub-01/anat/sub-01_desc-${name}_map.${ending}`),
        ),
      ].sort(),
    );
    for (const name of written.filter((file) => /\.(json|html)$/.test(file))) {
      const text = read('maps', name).replaceAll(/data:image\/png;base64,[\w+/=]+/g, '');
      expect(text, name).not.toMatch(IDENTIFYING);
    }
    const sidecar = JSON.parse(read('maps', 'sub-01/anat/sub-01_desc-r2star_map.json')) as unknown;
    expect(sidecar).toMatchObject({
      Units: '1/s',
      Separation: { fit: 'complex', spectrum: { name: 'hamilton9' } },
    });
    // The phantom's liver: a disc of steadily rising PDFF between about 5 and 35 %.
    expect(pdff.data.shape).toEqual([64, 52, 1]);
    expect(pdff.data.get(22, 25, 0)).toBeGreaterThan(5);
    expect(pdff.data.get(22, 25, 0)).toBeLessThan(35);
  });

  it('shows the maps in a PNG and in a page that needs nothing from elsewhere', () => {
    const picture = decode(readFileSync(folder.path('maps', 'figures/sub-01_overview.png')));
    expect(picture.width).toBeGreaterThan(900);
    const page = read('maps', 'figures/sub-01_overview.html');
    expect(page).toContain('<h1>Water–fat separation: sub-01</h1>');
    expect(page).not.toMatch(/https?:|<script|<link|@import|url\(/);
    expect(page.match(/<img/g)).toHaveLength(7);
    expect(page).toContain('not for diagnosis');
  });

  it('gives the same bytes again, for any number of workers', async () => {
    const again = folder.path('again');
    expect((await run('dixon', scan, '-o', again, '--workers', '2')).status).toBe(0);
    for (const name of filesBelow(again)) {
      expect(readFileSync(join(again, name)), name).toEqual(
        readFileSync(folder.path('maps', name)),
      );
    }
  });

  it('refuses a folder with other content, unless forced', async () => {
    const output = folder.path('letters');
    mkdirSync(output);
    writeFileSync(join(output, 'letter.txt'), 'dear doctor');
    const refused = await dixon(scan, '-o', output);
    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain('--force');
    expect(filesBelow(output)).toEqual(['letter.txt']);
    const forced = await dixon(scan, '-o', output, '--force', '--spectrum', 'ismrm6');
    expect(forced.status).toBe(0);
    expect(filesBelow(output)).toHaveLength(1 + 22);
  });

  it.each([
    [['--fit', 'mixed'], { fit: 'mixed', calibration: null, t1Correction: null }],
    [
      ['--calibrate', '--t1-correction'],
      { calibration: {}, t1Correction: { repetitionTimeMs: 10.5 } },
    ],
  ])('separates as %j asks', async (argv, expected) => {
    const output = folder.path('asked');
    expect((await dixon(scan, '-o', output, ...argv)).status).toBe(0);
    const report = read('asked', 'sub-01/anat/sub-01_desc-separation_report.json');
    expect(JSON.parse(report)).toMatchObject(expected);
  });
});

describe('dixon --format dicom', () => {
  const output = folder.path('dicom-maps');

  it('writes one anonymous series a map that reads back within half a step', async () => {
    expect((await dixon(scan, '-o', output, '--format', 'dicom')).status).toBe(0);
    const written = filesBelow(output).filter((name) => name.endsWith('.dcm'));
    expect(written).toEqual(MAPS.map((name) => `sub-01/dicom/${name}/IM_0001.dcm`));
    const series = await readSeries(output, { keepIdentifiers: true });
    expect(series).toHaveLength(MAPS.length);
    const own = series.find(
      ({ tags }) => tags['SeriesDescription'] === 'PDFF [%], not for diagnosis',
    )!;
    expect(own.tags).toMatchObject({ PatientID: 'sub-01', MagneticFieldStrength: 1.5 });
    expect(new Set(series.map(({ tags }) => tags['StudyInstanceUID'])).size).toBe(1);
    for (const { tags } of series) {
      expect(
        JSON.stringify({
          ...tags,
          StudyInstanceUID: '',
          SeriesInstanceUID: '',
          FrameOfReferenceUID: '',
        }),
      ).not.toMatch(IDENTIFYING);
    }
    const values = denseData(own.volume!);
    denseData(pdff).forEach((wanted, i) => {
      const held = Math.max(-327.67, Math.min(327.67, wanted));
      expect(Math.abs(values[i]! - held)).toBeLessThanOrEqual(0.005 + 1e-4);
    });
  });

  it('keeps patient, study and frame of reference where that is asked', async () => {
    const kept = folder.path('kept');
    const { status } = await dixon(scan, '-o', kept, '--format', 'dicom', '--keep-identifiers');
    expect(status).toBe(0);
    const [source] = await readSeries(scan, { keepIdentifiers: true });
    const [map] = await readSeries(kept, { keepIdentifiers: true });
    for (const keyword of ['PatientName', 'PatientID', 'StudyInstanceUID', 'FrameOfReferenceUID']) {
      expect(source!.tags[keyword], keyword).toBeDefined();
      expect(map!.tags[keyword], keyword).toEqual(source!.tags[keyword]);
    }
    expect(map!.seriesInstanceUID).not.toBe(source!.seriesInstanceUID);
  });

  it('does not mix two patients', async () => {
    const two = folder.path('two');
    cpSync(scan, two, { recursive: true });
    const other = await encodeDicomMaps({ residual: pdff }, { source: { PatientID: 'other' } });
    writeFileSync(join(two, 'other.dcm'), other[0]!.files[0]!);
    const out = folder.path('two-out');
    const { status, stderr } = await dixon(
      two,
      '-o',
      out,
      '--format',
      'dicom',
      '--keep-identifiers',
    );
    expect([status, filesBelow(folder.path()).some((name) => name.startsWith('two-out'))]).toEqual([
      1,
      false,
    ]);
    expect(stderr).toMatch(/2 different values of StudyInstanceUID/);
  });

  it('leaves nothing of an earlier run in the other format', async () => {
    expect((await dixon(scan, '-o', output)).status).toBe(0);
    expect(filesBelow(output)).toEqual(filesBelow(folder.path('maps')));
    writeFileSync(join(output, 'sub-01/anat/mine.txt'), 'mine');
    expect((await dixon(scan, '-o', output, '--format', 'dicom')).status).toBe(0);
    expect(filesBelow(output).filter((name) => !name.endsWith('.dcm'))).toEqual([
      'dataset_description.json',
      'figures/sub-01_overview.html',
      'figures/sub-01_overview.png',
      'sub-01/anat/mine.txt',
      'sub-01/anat/sub-01_desc-separation_report.json',
    ]);
  });
});

describe('dixon --rois', () => {
  const table = 'sub-01/anat/sub-01_desc-segments_pdff';

  it('writes a table of segments with units, counts and grades', async () => {
    const output = folder.path('segments');
    const { status, stdout } = await dixon(scan, '-o', output, '--rois', rois);
    expect(status).toBe(0);
    expect(stdout).toMatch(/3 segments, PDFF [\d.]+ ± [\d.]+ %, grade [0-3] by Tang et al\./);
    const [head, ...rows] = read('segments', `${table}.csv`).trim().split('\n');
    expect(head).toBe(
      'segment,label,voxels,excluded_voxels,pdff_mean_percent,pdff_sd_percent,pdff_median_percent,' +
        'r2star_mean_per_second,r2star_sd_per_second,steatosis_grade',
    );
    const inside = (value: number) => {
      const found: number[] = [];
      for (let y = 22; y < 28; y++) {
        for (let x = 16; x < 30; x++)
          if (x < 23 === (value === 4)) found.push(pdff.data.get(x, y, 0));
      }
      return found.reduce((sum, v) => sum + v, 0) / found.length;
    };
    expect(rows[0]).toMatch(new RegExp(`^seg4,4,42,0,${inside(4).toFixed(3)},`));
    expect(rows[1]).toMatch(new RegExp(`^seg6,6,42,0,${inside(6).toFixed(3)},`));
    expect(rows[2]).toBe('seg8,8,0,4,n/a,n/a,n/a,n/a,n/a,n/a');
    expect(rows[3]).toMatch(/^all,n\/a,84,4,/);
    expect(JSON.parse(read('segments', `${table}.json`))).toMatchObject({
      pdff_mean_percent: { Units: 'percent' },
      SteatosisThresholds: { PdffPercent: [6.4, 17.4, 22.1], Comparison: '>=' },
    });
    const page = read('segments', 'figures/sub-01_overview.html');
    expect(page).toContain('Radiology 2013;267:422');
    expect(page.match(/>S[46]<\/text/g)).toHaveLength(2);
    // Without ROIs the table of the run before would be wrong.
    expect((await dixon(scan, '-o', output, '--rois', 'none')).status).toBe(0);
    expect(filesBelow(output).filter((name) => name.includes('segments_'))).toEqual([]);
  });

  it('takes the ROIs of the data set and other thresholds', async () => {
    const study = folder.path('study');
    const place = join(study, 'derivatives/rois/sub-07/anat');
    mkdirSync(place, { recursive: true });
    cpSync(scan, join(study, 'sourcedata/sub-07'), { recursive: true });
    cpSync(rois, join(place, 'sub-07_rois.nii.gz'));
    const output = folder.path('study-maps');
    const input = join(study, 'sourcedata/sub-07');
    const { stdout } = await dixon(input, '-o', output, '--thresholds', 'kuhn2017');
    expect(stdout).toContain('by Kühn et al.');
    expect(filesBelow(output)).toContain('sub-07/anat/sub-07_desc-segments_pdff.csv');
    cpSync(rois, join(place, 'sub-07_rois.seg.nrrd'));
    const twice = await dixon(input, '-o', folder.path('twice'));
    expect(twice.status).toBe(1);
    expect(twice.stderr).toMatch(/several files of ROIs: .*Keep one, or choose by --rois/);
  });

  it.each([
    [1, 'ROIs that do not exist', [scan, '--rois', 'nowhere.nii.gz'], /nowhere\.nii\.gz/],
    [
      1,
      'an image for ROIs',
      [scan, '--rois', 'maps/sub-01/anat/sub-01_desc-pdff_map.nii.gz'],
      /is no label map/,
    ],
    [
      2,
      'thresholds without ROIs',
      [scan, '--thresholds', 'tang2013'],
      /--thresholds has no effect/,
    ],
    [2, 'unknown thresholds', [scan, '--thresholds', 'tang'], /tang2013, kuhn2017/],
    [2, 'an unknown fit', [scan, '--fit', 'best'], /complex, mixed, magnitude/],
  ])('ends with %i for %s and writes nothing', async (status, _, [input, ...argv], message) => {
    const args = argv.map((word) => (word.startsWith('maps/') ? folder.path(word) : word));
    const outcome = await dixon(input!, '-o', folder.path('never'), ...args);
    expect(outcome.status).toBe(status);
    expect(outcome.stderr).toMatch(message);
    expect(outcome.stderr).toMatch(/^error: /m);
    expect(filesBelow(folder.path()).filter((name) => name.startsWith('never'))).toEqual([]);
  });
});

describe('dixon on maps of a scanner', () => {
  const maps = folder.path('vendor');

  it('summarises and shows them, and says that nothing was separated', async () => {
    mkdirSync(maps);
    for (const name of ['pdff', 'water', 'fat']) {
      const file = `sub-01/anat/sub-01_desc-${name}_map.nii.gz`;
      await writeImage(join(maps, `${name}.nii.gz`), await readImage(folder.path('maps', file)));
    }
    const output = folder.path('vendor-out');
    const { status, stdout, stderr } = await dixon(maps, '-o', output, '--rois', rois);
    expect(status).toBe(0);
    expect(stderr).toMatch(/^warning: .*is taken as percent/);
    expect(stdout).toContain('maps of the scanner, no separation');
    expect(filesBelow(output)).toEqual([
      'dataset_description.json',
      'figures/sub-01_overview.html',
      'figures/sub-01_overview.png',
      'sub-01/anat/sub-01_desc-segments_pdff.csv',
      'sub-01/anat/sub-01_desc-segments_pdff.json',
    ]);
    const csv = read('vendor-out', 'sub-01/anat/sub-01_desc-segments_pdff.csv');
    expect(csv).toMatch(/^seg4,4,42,0,[\d.]+,[\d.]+,[\d.]+,n\/a,n\/a,[0-3]$/m);
    expect(read('vendor-out', 'figures/sub-01_overview.html')).toContain('no separation');
  });

  it.each(['--fit', '--spectrum', '--precession', '--format'])(
    'refuses %s, which would have no effect',
    async (option) => {
      const value = { '--fit': 'mixed', '--spectrum': 'ismrm6', '--precession': '1' }[option];
      const out = folder.path('refused');
      const { status, stderr } = await dixon(maps, '-o', out, option, value ?? 'dicom');
      expect(status).toBe(2);
      expect(stderr).toContain(`${option} has no effect`);
      expect(filesBelow(folder.path()).filter((name) => name.startsWith('refused'))).toEqual([]);
    },
  );

  it('wants a PDFF, or water and fat', async () => {
    const lone = folder.path('lone');
    mkdirSync(lone);
    await writeImage(join(lone, 'water.nii.gz'), pdff);
    const { status, stderr } = await dixon(lone, '-o', folder.path('lone-out'));
    expect(status).toBe(1);
    expect(stderr).toMatch(/no echoes and no PDFF/);
  });
});
