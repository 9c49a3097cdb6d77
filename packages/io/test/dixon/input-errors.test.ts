import { createVolume, isSteatosisError, type Volume } from '@steatosis/core';
import { describe, expect, it } from 'vitest';
import { encodeMultiEchoBids } from '../../src/bids/encode-multi-echo.js';
import { parseDicom } from '../../src/dicom/file.js';
import {
  type ComplexMultiEcho,
  encodeNifti,
  type MultiEcho,
  readMultiEcho,
  separateWaterFat,
} from '../../src/index.js';
import { baseName } from '../../src/sources.js';
import { bundle, type Fixture, json } from '../formats/bundle.js';
import { acquisitions, rowOfVoxels } from './fixtures.js';
import { echoesOf } from './simulate.js';

const liver = { water: 800, fat: 200, r2star: 40, fieldHz: 60, phase: 0.7 };
const acquisition = acquisitions['1p5T'];
const good = rowOfVoxels(
  [0, 1, 2, 3].flatMap((i) => echoesOf({ ...liver, fat: 50 * i }, acquisition)),
  acquisition,
);

/** Code and message of the error that work ends with. */
async function failure(work: Promise<unknown>): Promise<{ code: string; message: string }> {
  const error = await work.catch((e: unknown) => e);
  if (!isSteatosisError(error)) throw new Error('expected a SteatosisError', { cause: error });
  return { code: error.code, message: error.message };
}

/** A volume with some samples replaced. */
function changed(
  volume: Volume<Float32Array>,
  change: (value: number, voxel: number, echo: number) => number,
): Volume<Float32Array> {
  const data = volume.data.data.map((value, i) => change(value, i % 4, Math.floor(i / 4)));
  return createVolume(data, volume.data.shape);
}

describe('separateWaterFat says what is wrong with the echoes and how to mend it', () => {
  const magnitude = changed(good.real, Math.abs);
  const cases: [string, object, string, RegExp, object?][] = [
    [
      'only the real part',
      { ...good, imaginary: undefined },
      'INVALID_ARGUMENT',
      /only the real part is there\. Add the other part/,
    ],
    [
      'only the imaginary part',
      { ...good, real: undefined },
      'INVALID_ARGUMENT',
      /only the imaginary part is there/,
    ],
    [
      'phase without magnitude',
      { ...acquisition, phase: magnitude },
      'INVALID_ARGUMENT',
      /real = magnitude·cos\(phase\)/,
    ],
    [
      'phase beside magnitude',
      { ...acquisition, magnitude, phase: magnitude },
      'INVALID_ARGUMENT',
      /real = magnitude·cos\(phase\)/,
    ],
    ['nothing', acquisition, 'INVALID_ARGUMENT', /or a magnitude volume/],
    [
      'a complex fit of magnitudes',
      { ...acquisition, magnitude },
      'PHASE_MISSING',
      /Export the phase images .*or leave fit out/,
      { fit: 'complex' },
    ],
    [
      'a mixed fit of magnitudes',
      { ...acquisition, magnitude },
      'PHASE_MISSING',
      /fit: 'mixed' needs complex echoes/,
      { fit: 'mixed' },
    ],
    [
      'a mixed fit of three echoes',
      rowOfVoxels(echoesOf(liver, { ...acquisition, echoTimesMs: [1.15, 2.3, 3.45] }), {
        ...acquisition,
        echoTimesMs: [1.15, 2.3, 3.45],
      }),
      'UNUSABLE_ECHOES',
      /needs 4 echoes or more/,
      { fit: 'mixed' },
    ],
    [
      'echo times that do not increase',
      { ...good, echoTimesMs: [1.15, 2.3, 4.6, 3.45, 5.75, 6.9] },
      'INVALID_ARGUMENT',
      /entry 3 is 3\.45 after 4\.6\. Order times and echoes alike/,
    ],
    [
      'no echo times',
      { ...good, echoTimesMs: undefined },
      'INVALID_ARGUMENT',
      /echoTimesMs is undefined; expected the echo times in ms/,
    ],
    [
      'no field strength',
      { ...good, fieldStrengthT: undefined },
      'INVALID_ARGUMENT',
      /fieldStrengthT is undefined; expected the field strength of the scanner in tesla/,
    ],
    [
      'field strength in gauss',
      { ...good, fieldStrengthT: 15000 },
      'INVALID_ARGUMENT',
      /15000 gauss are 1\.5 T/,
    ],
    [
      'fewer echoes than times',
      { ...good, echoTimesMs: [1, 2, 3, 4, 5, 6, 7] },
      'UNUSABLE_ECHOES',
      /real volume has the shape 4×1×1×6; expected \[x, y, z, 7\]/,
    ],
    [
      'two echoes',
      rowOfVoxels([1, 2, 3, 4], { echoTimesMs: [1, 2], fieldStrengthT: 3 }),
      'UNUSABLE_ECHOES',
      /2 echoes were given; .* need 3 to 64/,
    ],
    [
      'unequal shapes',
      { ...good, imaginary: createVolume(new Float32Array(12), [2, 1, 1, 6]) },
      'GRID_MISMATCH',
      /imaginary part/,
    ],
    [
      'no volume',
      { ...good, real: [1, 2, 3] },
      'UNUSABLE_ECHOES',
      /real volume has the shape undefined/,
    ],
    [
      'an echo of zeros',
      { ...good, ...both((v, _, echo) => (echo === 2 ? 0 : v)) },
      'UNUSABLE_ECHOES',
      /Echo 3 \(3\.45 ms\) is 0 in every voxel: .*Read it again, or leave it out/,
    ],
    ['zeros', { ...good, ...both(() => 0) }, 'UNUSABLE_ECHOES', /no signal: every voxel is 0/],
    [
      'NaN everywhere',
      { ...good, ...both(() => Number.NaN) },
      'UNUSABLE_ECHOES',
      /no signal: every voxel is 0 or not finite/,
    ],
    [
      'NaN at one echo',
      {
        ...good,
        real: changed(good.real, (v, voxel, echo) => (voxel === 2 && echo === 4 ? Number.NaN : v)),
      },
      'UNUSABLE_ECHOES',
      /1 voxels are NaN or infinite at some echoes .* first echo 5 at voxel 2, 0, 0/,
    ],
    [
      'infinite samples',
      {
        ...good,
        real: changed(good.real, (v, voxel, echo) => (echo === 0 && voxel < 2 ? Infinity : v)),
      },
      'UNUSABLE_ECHOES',
      /2 voxels are NaN or infinite/,
    ],
    [
      'negative magnitudes',
      { ...acquisition, magnitude: good.real },
      'UNUSABLE_ECHOES',
      /magnitude of echo \d has negative values: .* phase or the real part/,
    ],
  ];

  function both(change: (value: number, voxel: number, echo: number) => number) {
    return { real: changed(good.real, change), imaginary: changed(good.imaginary, change) };
  }

  it.each(cases)('%s', async (_, multiEcho, code, message, options = {}) => {
    const error = await failure(separateWaterFat(multiEcho as MultiEcho, options));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
  });

  it('but lets voxels pass that other programs have set to NaN', async () => {
    const masked = both((v, voxel) => (voxel === 1 ? Number.NaN : v));
    const { report } = await separateWaterFat({ ...good, ...masked });
    expect(report.mask.notFinite).toBe(1);
    expect(report.voxels.fitted).toBe(3);
  });
});

describe('readMultiEcho says what is missing in a BIDS folder', () => {
  interface Source {
    name: string;
    content: Uint8Array | string;
    bytes: () => Promise<Uint8Array>;
  }

  async function sources(
    part: 'real-imag' | 'mag-phase',
    change: (file: {
      path: string;
      content: Uint8Array | string;
    }) => Uint8Array | string | undefined,
    multiEcho: ComplexMultiEcho = good,
  ): Promise<Source[]> {
    const files: Source[] = [];
    for await (const file of encodeMultiEchoBids('01', multiEcho, { part, dataType: 'float32' })) {
      const content = change(file);
      if (content === undefined) continue;
      const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
      files.push({ name: file.path, content, bytes: () => Promise.resolve(bytes) });
    }
    return files;
  }

  /** Leave out the files whose path fits. */
  const without =
    (path: RegExp) =>
    (file: { path: string; content: Uint8Array | string }): Uint8Array | string | undefined =>
      path.test(file.path) ? undefined : file.content;

  it.each<[string, 'real-imag' | 'mag-phase', RegExp, RegExp]>([
    [
      'phase without magnitude',
      'mag-phase',
      /part-mag/,
      /holds only part-phase of its echoes.*Add the images/,
    ],
    ['real without imaginary part', 'real-imag', /part-imag/, /holds only part-real of its echoes/],
    ['a missing echo', 'real-imag', /echo-3/, /echo-3 is missing\. Add its files/],
    [
      'a missing phase',
      'mag-phase',
      /echo-3_part-phase/,
      /different echo times.*A file is missing/,
    ],
  ])('%s', async (_, part, lost, message) => {
    const error = await failure(readMultiEcho(await sources(part, without(lost))));
    expect(error.code).toBe('IRREGULAR_SERIES');
    expect(error.message).toMatch(message);
  });

  it('real part beside magnitudes', async () => {
    const files = [
      ...(await sources('mag-phase', without(/part-phase/))),
      ...(await sources('real-imag', without(/part-imag/))),
    ];
    expect((await failure(readMultiEcho(files))).message).toMatch(
      /only part-\w+, part-\w+ .*or take away part-real to read magnitudes alone/,
    );
  });

  it('a field strength', async () => {
    const files = await sources('real-imag', ({ path, content }) => {
      if (typeof content !== 'string') return content;
      const { MagneticFieldStrength: _, ...sidecar } = JSON.parse(content) as Record<
        string,
        unknown
      >;
      return path.endsWith('.json') ? JSON.stringify(sidecar) : content;
    });
    expect((await failure(readMultiEcho(files))).message).toMatch(
      /MagneticFieldStrength nothing; .*Write it into the sidecars, as "MagneticFieldStrength": 1\.5/,
    );
  });

  it.each([
    ['degrees', 180 / Math.PI],
    ['stored integers', 4096 / Math.PI],
  ])('radians, where a phase holds %s', async (_, factor) => {
    const phases = await encodeNifti(
      createVolume(
        Float32Array.of(-3, 1, 2, 3.14).map((v) => v * factor),
        [4, 1, 1],
      ),
      { dataType: 'float32', gzip: true },
    );
    const files = await sources('mag-phase', ({ path, content }) =>
      /phase_MEGRE.nii/.test(path) ? phases : content,
    );
    expect((await failure(readMultiEcho(files))).message).toMatch(
      /echo-1_part-phase.* reach \d+.*no radians\. Convert it to radians/,
    );
  });
});

describe('readMultiEcho says what is missing in DICOM files', () => {
  interface Instance {
    file: string;
    component: string;
    echo: number;
  }
  const name = 'dixon-philips-classic-magphase';
  const files = [...bundle(name).values()].filter((file) => !/\.(json|npy)$/.test(file.name));
  const { instances }: { instances: Instance[] } = json(bundle(name).get(`${name}/expected.json`));
  const of = (choose: (instance: Instance) => boolean): Fixture[] => {
    const names = new Set(instances.filter(choose).map(({ file }) => file));
    return files.filter((file) => names.has(baseName(file.name)));
  };

  it('phase without magnitude', async () => {
    const error = await failure(readMultiEcho(of(({ component }) => component === 'PHASE')));
    expect(error.code).toBe('IRREGULAR_SERIES');
    expect(error.message).toMatch(
      /only parts of echoes: phase, 6 echoes.*Add the magnitude images/,
    );
  });

  it('an echo that is missing in all parts', async () => {
    const error = await failure(readMultiEcho(of(({ echo }) => echo !== 4)));
    expect(error.code).toBe('IRREGULAR_SERIES');
    expect(error.message).toMatch(/Echo 4 is missing: .*1, 2, 3, 5, 6 at .* Add its files/);
  });

  it('a field strength', async () => {
    const stripped = files.map(({ name: file, content }) => {
      const bytes = content.slice();
      const element = parseDicom({ name: file, bytes }).elements.get(0x00180087)!;
      bytes.fill(0x20, element.offset, element.offset + element.length);
      return { name: file, bytes: () => Promise.resolve(bytes) };
    });
    const error = await failure(readMultiEcho(stripped));
    expect(error.message).toMatch(/field strength is missing; write it in tesla into the files/);
  });
});
