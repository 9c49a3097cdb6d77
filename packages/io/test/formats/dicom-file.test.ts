import { denseData } from '@steatosis/core';
import { describe, expect, test } from 'vitest';
import { parseDicom } from '../../src/dicom/file.js';
import { imageOf, storedValues } from '../../src/dicom/image.js';
import { readImage } from '../../src/index.js';
import { bundle, type Fixture, json, sha256 } from './bundle.js';

interface Expected {
  transferSyntaxUID: string;
  pixels?: { sha256: string } | null;
}

const files = bundle('pydicom');
const get = (name: string): Fixture => files.get(`pydicom/${name}`)!;
const expected: Record<string, Expected> = json(get('expected.json'));
const open = ({ name, content }: Fixture) => parseDicom({ name, bytes: content });

describe('test files of pydicom 3.0.2', () => {
  test.each(['MR_small.dcm', 'MR_small_implicit.dcm', 'MR_small_padded.dcm', 'CT_small.dcm'])(
    '%s: stored pixels as pydicom decodes them',
    (name) => {
      const values = storedValues(imageOf(open(get(name))));
      expect(sha256(values)).toBe(expected[name].pixels!.sha256);
    },
  );

  test.each([
    ['MR_small_bigendian.dcm', '1.2.840.10008.1.2.2'],
    ['MR_small_RLE.dcm', '1.2.840.10008.1.2.5'],
    ['MR_small_jpeg_ls_lossless.dcm', '1.2.840.10008.1.2.4.80'],
    ['image_dfl.dcm', '1.2.840.10008.1.2.1.99'],
  ])('%s: refused, naming the transfer syntax and what to do', async (name, uid) => {
    await expect(readImage(get(name))).rejects.toMatchObject({
      code: 'UNSUPPORTED_FORMAT',
      feature: uid,
      message: expect.stringMatching(/gdcmconv --raw/),
    });
  });

  test('bits outside of the stored ones are dropped, with and without a sign', async () => {
    const original = get('MR_small.dcm').content;
    for (const [signed, expected] of [
      [0, 0x801],
      [1, 0x801 - 0x1000],
    ]) {
      const bytes = original.slice();
      const { elements } = parseDicom({ name: 'x', bytes });
      const view = new DataView(bytes.buffer);
      view.setUint16(elements.get(0x00280101)!.offset, 12, true);
      view.setUint16(elements.get(0x00280102)!.offset, 11, true);
      view.setUint16(elements.get(0x00280103)!.offset, signed, true);
      view.setUint16(elements.get(0x7fe00010)!.offset, 0xf801, true);
      const volume = await readImage(bytes);
      expect(volume.data.get(0, 0, 0)).toBe(expected);
    }
  });

  test('sequences: unknown, nested, private, implicit', () => {
    expect(open(get('UN_sequence.dcm')).elements.size).toBeGreaterThan(5);
    const nested = open(get('nested_priv_SQ.dcm'));
    expect(nested.text('SOPClassUID') ?? nested.elements.size).toBeTruthy();
  });

  test('a truncated image, a report and a colour image are refused for what they are', async () => {
    await expect(readImage(get('MR_truncated.dcm'))).rejects.toMatchObject({
      code: 'MALFORMED_FILE',
      field: '(7FE0,0010)',
      offset: 1488,
    });
    await expect(readImage(get('test-SR.dcm'))).rejects.toThrow(/holds no image \(SR\)/);
    await expect(readImage(get('SC_rgb_small_odd.dcm'))).rejects.toThrow(/colour image \(RGB\)/);
  });

  test('rescale is applied, geometry comes from the header', async () => {
    const volume = await readImage(get('CT_small.dcm'));
    const stored = storedValues(imageOf(open(get('CT_small.dcm'))));
    const values = denseData(volume);
    expect(values.every((v, i) => v === stored[i] - 1024)).toBe(true);
    expect(volume.origin).toEqual([-158.135803, -179.035797, -75.699997]);
    expect(volume.spacing.slice(0, 2)).toEqual([0.661468, 0.661468]);
  });
});

describe('elements of a data set', () => {
  /** An explicit little endian file of short elements: tag, VR, text. */
  function file(
    elements: [group: number, element: number, vr: string, value: string | Uint8Array][],
  ): Uint8Array {
    const parts = elements.map(([group, element, vr, value]) => {
      const content =
        typeof value === 'string'
          ? new TextEncoder().encode(value + ' '.repeat(value.length % 2))
          : value;
      const bytes = new Uint8Array(8 + content.length);
      const view = new DataView(bytes.buffer);
      view.setUint16(0, group, true);
      view.setUint16(2, element, true);
      bytes.set(new TextEncoder().encode(vr), 4);
      view.setUint16(6, content.length, true);
      bytes.set(content, 8);
      return bytes;
    });
    return new Uint8Array(parts.flatMap((part) => [...part]));
  }
  const parsed = (elements: Parameters<typeof file>[0]) =>
    parseDicom({ name: 'x', bytes: file(elements) });

  test('text in the character set of the file', () => {
    const name = new Uint8Array([0x4d, 0xfc, 0x6c, 0x20]);
    const latin = parsed([
      [8, 5, 'CS', 'ISO_IR 100'],
      [0x18, 0x1030, 'LO', name],
    ]);
    expect(latin.text('ProtocolName')).toBe('Mül');
    const utf8 = parsed([
      [8, 5, 'CS', 'ISO_IR 192'],
      [0x18, 0x1030, 'LO', new TextEncoder().encode('Mül')],
    ]);
    expect(utf8.text('ProtocolName')).toBe('Mül');
  });

  test('numbers: several, empty, none', () => {
    const dicom = parsed([
      [8, 5, 'CS', ''],
      [0x18, 0x81, 'DS', ' 1.15'],
      [0x20, 0x32, 'DS', '1\\-2.5\\3e1'],
    ]);
    expect(dicom.number('EchoTime')).toBe(1.15);
    expect(dicom.numbers('ImagePositionPatient')).toEqual([1, -2.5, 30]);
    expect(dicom.number('FlipAngle')).toBeUndefined();
    const broken = parsed([
      [8, 5, 'CS', ''],
      [0x18, 0x81, 'DS', '1.15x'],
    ]);
    expect(() => broken.number('EchoTime')).toThrow(/"1.15x" is no number/);
  });

  test('an element that occurs twice is an error', () => {
    expect(() =>
      parsed([
        [8, 5, 'CS', ''],
        [0x18, 0x81, 'DS', '1 '],
        [0x18, 0x81, 'DS', '2 '],
      ]),
    ).toThrow(/\(0018,0081\) occurs twice/);
  });

  test('a private element is found by its owner, whatever block it has', () => {
    const slope = new Uint8Array(new Float32Array([5.25]).buffer);
    const tag = { tag: 0x2005000e, vr: 'FL', creator: 'Philips MR Imaging DD 001' };
    const elements = (owner: string): Parameters<typeof file>[0] => [
      [8, 5, 'CS', ''],
      [0x2005, 0x0012, 'LO', owner],
      [0x2005, 0x120e, 'FL', slope],
    ];
    expect(parsed(elements('Philips MR Imaging DD 001')).privateNumber(tag)).toBe(5.25);
    expect(parsed(elements('Somebody else')).privateNumber(tag)).toBeUndefined();
  });
});
