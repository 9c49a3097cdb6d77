import { createVolume, denseData } from '@steatosis/core';
import { describe, expect, test } from 'vitest';
import { encodeNrrd, readImage } from '../../src/index.js';
import { parseNrrdHeader } from '../../src/nrrd/header.js';
import {
  affineDifference,
  affineLps,
  bundle,
  type Fixture,
  json,
  sha256,
  warnings,
} from './bundle.js';

interface Expected {
  stored: { sha256: string; shape: number[] };
  affineLPS: number[][];
  keyValues?: Record<string, string>;
}

const files = bundle('nrrd');
const get = (name: string): Fixture => files.get(`nrrd/${name}`)!;
const expected: Record<string, Expected> = json(get('expected.json'));
const read = async (name: string, onWarning?: (message: string) => void) =>
  await readImage(get(name), {
    onWarning,
    openSibling: (sibling) => Promise.resolve(get(sibling).content),
  });

/** A raw NRRD file of 2×3 bytes (or more) from header lines. */
function nrrd(lines: string[], data: ArrayLike<number> = [1, 2, 3, 4, 5, 6]): Uint8Array {
  const header = new TextEncoder().encode(`NRRD0004\n${lines.join('\n')}\n\n`);
  const bytes = new Uint8Array(header.length + data.length);
  bytes.set(header);
  bytes.set(data, header.length);
  return bytes;
}

describe('NRRD files checked with SimpleITK 2.5.7 and pynrrd 1.1.3', () => {
  for (const [name, facts] of Object.entries(expected)) {
    if (name === 'bzip2.nrrd') continue;
    test(name, async () => {
      const volume = await read(name);
      expect(affineDifference(affineLps(volume), facts.affineLPS)).toBeLessThan(1e-12);
      const values = denseData(volume);
      if (name !== 'list-first.nrrd') {
        expect(volume.data.shape).toEqual(facts.stored.shape);
        expect(sha256(values)).toBe(facts.stored.sha256);
        return;
      }
      // Components stand first in the file and last in the volume.
      expect(volume.data.shape).toEqual([6, 5, 4, 3]);
      const together = values.map((_, i) => values[(i % 3) * 120 + Math.floor(i / 3)]);
      expect(sha256(together)).toBe(facts.stored.sha256);
    });
  }

  test('bzip2 is refused by name', async () => {
    await expect(read('bzip2.nrrd')).rejects.toMatchObject({
      code: 'UNSUPPORTED_FORMAT',
      feature: 'NRRD encoding bzip2',
    });
  });

  test('key/value pairs keep their escapes', () => {
    const { keyValues } = parseNrrdHeader(get('keyvalue.nrrd').content);
    expect(keyValues.get('note')).toBe('a:=b \n escaped');
    expect(keyValues.get('DWMRI_b-value')).toBe('1000');
  });

  test('a file without a space is taken as it lies', async () => {
    const { list, onWarning } = warnings();
    const volume = await read('spacings-only.nrrd', onWarning);
    expect(volume.spacing).toEqual([1.5, 1.25, 3]);
    expect(list).toEqual([]);
  });
});

describe('what a header can say', () => {
  const plane = ['type: uchar', 'dimension: 2', 'sizes: 2 3', 'encoding: raw'];

  test('a plane gets a third axis of 1 mm across', async () => {
    const lines = [
      ...plane,
      'space dimension: 2',
      'space directions: (0,2) (3,0)',
      'space origin: (5,6)',
    ];
    const volume = await readImage(nrrd(lines));
    expect(volume.data.shape).toEqual([2, 3, 1]);
    expect(volume.spacing).toEqual([2, 3, 1]);
    expect(volume.origin).toEqual([5, 6, 0]);
    expect([...denseData(volume)]).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test('left-anterior-superior turns y, centimetres become millimetres', async () => {
    const lines = [
      'type: uchar',
      'dimension: 3',
      'space: left-anterior-superior',
      'space units: "cm" "cm" "cm"',
      'sizes: 2 3 1',
      'space directions: (0.1,0,0) (0,0.2,0) (0,0,0.5)',
      'space origin: (1,2,3)',
      'encoding: raw',
    ];
    const volume = await readImage(nrrd(lines));
    expect(affineLps(volume)).toEqual([
      [1, 0, 0, 10],
      [0, -2, 0, -20],
      [0, 0, 5, 30],
    ]);
  });

  test.each([
    ['type', 'short', 'type "constructor" does not exist'],
    ['encoding', 'raw', 'encoding is constructor'],
    ['space', 'left-posterior-superior', 'space is "constructor"'],
  ])('a word that every object inherits is no %s', async (field, usual, message) => {
    const { content } = bundle('nrrd').get('nrrd/raw-lps.nrrd')!;
    const text = new TextDecoder('latin1').decode(content);
    const changed = text.replace(`${field}: ${usual}`, `${field}: constructor`);
    expect(changed).not.toBe(text);
    const bytes = Uint8Array.from(changed, (c) => c.charCodeAt(0));
    await expect(readImage(bytes)).rejects.toThrow(new RegExp(message));
  });

  test.each([300, 1.5, 0, 2])(
    'a segment of value %s that the mask cannot hold is refused',
    async (value) => {
      const mask = createVolume(new Uint8Array([0, 2]), [2, 1, 1]);
      const segments = [
        { value: 2, name: 'a' },
        { value, name: 'b' },
      ];
      await expect(encodeNrrd(mask, { segments })).rejects.toMatchObject({ argument: 'segments' });
    },
  );

  test.each([
    ['6 5 3', 1],
    ['6 5 4', 0],
  ])('sizes of %s for 6×5×4 numbers give %i warnings', async (sizes, count) => {
    const { content } = bundle('nrrd').get('nrrd/raw-lps.nrrd')!;
    const text = new TextDecoder('latin1').decode(content).replace('6 5 4', sizes);
    const heard: string[] = [];
    const bytes = Uint8Array.from(content.length === text.length ? content : []);
    bytes.set(new TextEncoder().encode(text.slice(0, text.indexOf('\n\n'))));
    await readImage(bytes, { onWarning: (message) => heard.push(message) });
    expect(heard.filter((message) => message.includes('60 bytes follow'))).toHaveLength(count);
  });

  test('text with special values', async () => {
    const lines = ['type: float', 'dimension: 1', 'sizes: 5', 'encoding: text'];
    const text = new TextEncoder().encode('1.5, -2e3\nnan inf\t-inf 9');
    const volume = await readImage(nrrd(lines, text));
    expect([...denseData(volume)]).toEqual([1.5, -2000, NaN, Infinity, -Infinity]);
  });

  test('64-bit integers are read in double precision', async () => {
    const lines = ['type: long long', 'dimension: 1', 'sizes: 1', 'endian: big', 'encoding: raw'];
    const volume = await readImage(nrrd(lines, [255, 255, 255, 255, 255, 255, 255, 254]));
    expect([...denseData(volume)]).toEqual([-2]);
  });

  test.each([
    ['two fields of one name', [...plane, 'type: uchar'], /"type" occurs twice/],
    [
      'no endian for two bytes',
      plane.map((l) => l.replace('uchar', 'short')),
      /"endian" is missing/,
    ],
    [
      'text that is no number',
      ['type: int8', 'dimension: 1', 'sizes: 1', 'encoding: ascii'],
      /does not fit/,
    ],
    ['more spacings than axes', [...plane, 'spacings: 1 1 1'], /3 spacings for 2 axes/],
    [
      'a space that is none',
      [...plane, 'space: up-down', 'space directions: (1,0,0) (0,1,0)'],
      /up-down/,
    ],
    [
      'space and time',
      [...plane, 'space: left-posterior-superior-time', 'space directions: (1,0,0,0) (0,1,0,0)'],
      /left-posterior-superior-time/,
    ],
    [
      'a step that is no number',
      [...plane, 'space: LPS', 'space directions: (1,x,0) (0,1,0)'],
      /vector of 3 finite numbers/,
    ],
    ['a line without a separator', [...plane, 'hello'], /neither "field: value"/],
    ['a skip beyond the end', [...plane, 'byte skip: 4'], /only 2 are there/],
  ])('%s', async (_, lines, message) => {
    const data = lines.includes('encoding: ascii') ? [120, 121] : [1, 2, 3, 4, 5, 6];
    const error = readImage(nrrd(lines, data));
    await expect(error).rejects.toThrow(message);
    await expect(error).rejects.toMatchObject({
      code: expect.stringMatching(/MALFORMED_FILE|UNSUPPORTED_FORMAT/),
    });
  });

  test('data files stay beside their header', async () => {
    const opened: string[] = [];
    const openSibling = (name: string): Promise<Uint8Array> => {
      opened.push(name);
      return Promise.resolve(new Uint8Array(6));
    };
    for (const name of [
      '../x.raw',
      '/etc/passwd',
      'C:\\x.raw',
      'file:///etc/passwd',
      'a/../../x.raw',
    ]) {
      await expect(
        readImage(nrrd([...plane, `data file: ${name}`]), { openSibling }),
      ).rejects.toThrow(/not in the folder/);
    }
    expect(opened).toEqual([]);
    await readImage(nrrd([...plane, 'data file: part/x.raw']), { openSibling });
    expect(opened).toEqual(['part/x.raw']);
  });

  test('a list of components in front of the axes', async () => {
    const volume = createVolume(new Uint8Array([1, 3, 5, 2, 4, 6]), [3, 1, 1, 2]);
    const lines = [
      'type: uchar',
      'dimension: 2',
      'sizes: 2 3',
      'kinds: vector domain',
      'encoding: raw',
    ];
    const read = await readImage(nrrd(lines));
    expect(read.data.shape).toEqual([3, 1, 1, 2]);
    expect([...denseData(read)]).toEqual([...denseData(volume)]);
  });
});
