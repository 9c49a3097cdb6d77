import { isSteatosisError } from '@steatosis/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  readImage,
  readMaps,
  readMarkups,
  readMultiEcho,
  readSegmentation,
  readSeries,
} from '../../src/index.js';
import { parseDicom } from '../../src/dicom/file.js';
import { bundle, type Fixture } from './bundle.js';

/** One kind of damage. */
type Damage =
  | { kind: 'flip'; at: number; bits: number }
  | { kind: 'cut'; at: number }
  | { kind: 'splice'; at: number; remove: number; insert: Uint8Array }
  | { kind: 'swap'; at: number; from: number; length: number };

const place = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
const damage: fc.Arbitrary<Damage> = fc.oneof(
  fc.record({
    kind: fc.constant('flip' as const),
    at: place,
    bits: fc.integer({ min: 1, max: 255 }),
  }),
  fc.record({ kind: fc.constant('cut' as const), at: place }),
  fc.record({
    kind: fc.constant('splice' as const),
    at: place,
    remove: fc.integer({ min: 0, max: 12 }),
    insert: fc.uint8Array({ maxLength: 12 }),
  }),
  fc.record({
    kind: fc.constant('swap' as const),
    at: place,
    from: place,
    length: fc.integer({ min: 1, max: 32 }),
  }),
);

/** Damage hits headers more often than data: that is where the decisions are. */
function damaged(bytes: Uint8Array, all: readonly Damage[], headerOnly: boolean): Uint8Array {
  let current = bytes.slice();
  const reach = headerOnly ? Math.min(current.length, 700) : current.length;
  for (const one of all) {
    const at = Math.floor(one.at * Math.min(reach, current.length));
    if (current.length === 0) break;
    if (one.kind === 'flip') current[at] ^= one.bits;
    else if (one.kind === 'cut') current = current.slice(0, at);
    else if (one.kind === 'swap') {
      const from = Math.floor(one.from * current.length);
      current.set(current.slice(from, from + Math.min(one.length, current.length - at)), at);
    } else {
      const rest = current.subarray(Math.min(current.length, at + one.remove));
      const next = new Uint8Array(at + one.insert.length + rest.length);
      next.set(current.subarray(0, at));
      next.set(one.insert, at);
      next.set(rest, at + one.insert.length);
      current = next;
    }
  }
  return current;
}

async function onlyTypedErrors(work: () => Promise<unknown>): Promise<void> {
  const start = performance.now();
  try {
    await work();
  } catch (error) {
    if (!isSteatosisError(error)) throw error;
  }
  expect(performance.now() - start).toBeLessThan(2000);
}

const pick = (name: string, ...wanted: string[]): Fixture[] => {
  const files = bundle(name);
  return wanted.map((file) => files.get(`${name}/${file}`)!);
};

const openSibling = (): Promise<Uint8Array> => Promise.resolve(new Uint8Array(500));

describe('damaged bytes never give anything but a volume or a typed error', () => {
  const images = [
    ...pick(
      'nifti',
      'dtype-int16.nii',
      'nifti2-be.nii',
      'extensions.nii',
      '4d-echo.nii.gz',
      'pair.hdr',
      'form-q1-s0.nii',
    ),
    ...pick(
      'nrrd',
      'raw-lps.nrrd',
      'gzip-lps.nrrd',
      'ascii.nrrd',
      'hex.nrrd',
      'list-first.nrrd',
      'detached-pattern.nhdr',
      'keyvalue.nrrd',
    ),
    ...pick(
      'pydicom',
      'MR_small.dcm',
      'MR_small_implicit.dcm',
      'nested_priv_SQ.dcm',
      'UN_sequence.dcm',
    ),
    ...pick('malformed', '00-control-good.dcm'),
  ];
  for (const { name, content } of images) {
    test(name, async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(damage, { minLength: 1, maxLength: 4 }),
          fc.boolean(),
          async (all, headerOnly) => {
            const bytes = damaged(content, all, headerOnly);
            const source = { name, bytes: () => Promise.resolve(bytes) };
            await onlyTypedErrors(async () => await readImage(source, { openSibling }));
          },
        ),
        { numRuns: 250 },
      );
    });
  }

  const regions = pick(
    'roi',
    'six-rois-cropped.seg.nrrd',
    'overlapping.seg.nrrd',
    'labelmap.nii.gz',
    'six-rois.mrk.json',
    'polygon.mrk.json',
  );
  for (const { name, content } of regions) {
    test(name, async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(damage, { minLength: 1, maxLength: 3 }), async (all) => {
          const bytes = damaged(content, all, false);
          const source = { name, bytes: () => Promise.resolve(bytes) };
          await onlyTypedErrors(async () => await readSegmentation(source));
          if (name.endsWith('.json')) await onlyTypedErrors(async () => await readMarkups(source));
        }),
        { numRuns: 200 },
      );
    });
  }

  test('one damaged file in a series', async () => {
    const series = [...bundle('geometry').values()].filter(({ name }) =>
      name.includes('/echo-stack-4d/'),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.nat(series.length - 1),
        fc.array(damage, { minLength: 1, maxLength: 3 }),
        async (hit, all) => {
          const files = series.map(({ name, content }, i) => ({
            name,
            bytes: () => Promise.resolve(i === hit ? damaged(content, all, false) : content),
          }));
          await onlyTypedErrors(async () => await readSeries(files));
          await onlyTypedErrors(async () => await readMultiEcho(files));
        },
      ),
      { numRuns: 300 },
    );
  });

  test('an enhanced file, in its functional groups', async () => {
    const { name, content } = bundle('philips-enhanced').get('r12.dcm')!;
    // Damage falls before the pixels, which are nine tenths of the file.
    const pixels = parseDicom({ name, bytes: content }).element(0x7fe00010)!.offset;
    await fc.assert(
      fc.asyncProperty(fc.array(damage, { minLength: 1, maxLength: 3 }), async (all) => {
        const head = damaged(content.subarray(0, pixels), all, false);
        const bytes = new Uint8Array(head.length + content.length - pixels);
        bytes.set(head);
        bytes.set(content.subarray(pixels), head.length);
        const source = { name, bytes: () => Promise.resolve(bytes) };
        await onlyTypedErrors(async () => await readSeries([source]));
        await onlyTypedErrors(async () => await readMultiEcho([source]));
        await onlyTypedErrors(async () => await readMaps([source]));
      }),
      { numRuns: 100 },
    );
  });

  test('arbitrary bytes under any name', async () => {
    const names = ['x.nii', 'x.nii.gz', 'x.nrrd', 'x.dcm', 'x.hdr', 'x'];
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 900 }),
        fc.constantFrom(...names),
        async (bytes, name) => {
          await onlyTypedErrors(
            async () => await readImage({ name, bytes: () => Promise.resolve(bytes) }),
          );
        },
      ),
      { numRuns: 300 },
    );
  });
});
