import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { gunzip, gunzipPrefix, gzip } from '../../src/bytes/gzip.js';
import { readImage } from '../../src/index.js';
import { bundle } from './bundle.js';

const content = Uint8Array.from({ length: 300_000 }, (_, i) => (i * i) % 97);
const packed = new Uint8Array(gzipSync(content));
const members = new Uint8Array([
  ...gzipSync(content.subarray(0, 1000)),
  ...gzipSync(content.subarray(1000)),
]);

/** Hide node:zlib, as in a browser. */
function inBrowser(): void {
  vi.spyOn(process, 'getBuiltinModule').mockReturnValue(undefined);
}

afterEach(() => void vi.restoreAllMocks());

describe.each([
  ['node:zlib', () => undefined],
  ['DecompressionStream', inBrowser],
])('gzip by %s', (_, prepare) => {
  test('one member, several members, a wrong expectation', async () => {
    prepare();
    for (const bytes of [packed, members]) {
      for (const expected of [content.length, 10, 500_000]) {
        const out = await gunzip(bytes, { expected, limit: 1e6 });
        expect(out).toEqual(content);
        expect(out.constructor).toBe(Uint8Array);
      }
    }
  });

  test('a prefix', async () => {
    prepare();
    expect(await gunzipPrefix(packed, 500)).toEqual(content.subarray(0, 500));
    expect(await gunzipPrefix(members, 200_000)).toEqual(content.subarray(0, 200_000));
    expect(await gunzipPrefix(packed, 1e6)).toEqual(content);
  });

  test('more than the limit, cut, damaged: typed errors', async () => {
    prepare();
    const of = (bytes: Uint8Array, limit = 1e6) =>
      gunzip(bytes, { expected: 10, limit, source: 'x.gz' });
    await expect(of(packed, 1000)).rejects.toThrow(/x\.gz.*more than the 1000 bytes/);
    await expect(of(packed.subarray(0, 900))).rejects.toMatchObject({
      code: 'MALFORMED_FILE',
      format: 'gzip',
    });
    const damaged = packed.slice();
    damaged[damaged.length - 6] ^= 1;
    await expect(of(damaged)).rejects.toMatchObject({ code: 'MALFORMED_FILE', format: 'gzip' });
  });

  test('a header that asks for more than the stream can hold is refused before memory is taken', async () => {
    prepare();
    await expect(gunzip(packed, { expected: 1e12, limit: 2e12 })).rejects.toThrow(
      /cannot hold more/,
    );
  });

  test('packing comes back', async () => {
    prepare();
    const bytes = await gzip(content, 6);
    expect(await gunzip(bytes, { expected: content.length, limit: 1e6 })).toEqual(content);
  });

  test('a NIfTI file of two members', async () => {
    prepare();
    const volume = await readImage(bundle('nifti').get('nifti/multimember.nii.gz')!);
    expect(volume.data.shape).toEqual([7, 6, 5]);
  });
});

test('many members, and headers that are none, without zlib', async () => {
  inBrowser();
  const parts = Array.from({ length: 40 }, (_, i) => content.subarray(i * 100, i * 100 + 100));
  // Stored, not compressed: the false header stands in the stream as it is.
  const decoy = new Uint8Array([0x1f, 0x8b, 8, 0, 1, 2, 3]);
  const bytes = new Uint8Array([
    ...parts.flatMap((part) => [...gzipSync(part)]),
    ...gzipSync(decoy, { level: 0 }),
  ]);
  const out = await gunzip(bytes, { expected: 10, limit: 1e6 });
  expect(out).toEqual(new Uint8Array([...content.subarray(0, 4000), ...decoy]));
});
