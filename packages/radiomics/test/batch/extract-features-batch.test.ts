import { createVolume, cropVolume, type Volume } from '@steatosis/core';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import {
  type BatchCase,
  type BatchOptions,
  type BatchRow,
  type Diagnostics,
  extractFeaturesBatch,
  extractWithDiagnostics,
  type Settings,
} from '../../src/index.js';
import { regionParts } from '../../src/batch/region-parts.js';
import { planOf } from '../../src/extract/extraction-plan.js';

const settings = { binWidth: 20, featureClasses: ['firstorder', 'glcm', 'shape'] };

/** Four labelled blocks in an image of its own for each seed. */
function images(seed: number, shared = false): { image: Volume; mask: Volume } {
  const shape = [12, 10, 8];
  const count = 960;
  const allocate = (bytes: number) =>
    shared ? (new SharedArrayBuffer(bytes) as unknown as ArrayBuffer) : new ArrayBuffer(bytes);
  const values = new Float32Array(allocate(4 * count));
  for (let i = 0; i < count; i++) values[i] = (i * (37 + 6 * seed) + ((i * i) % 101)) % 256;
  const labels = new Uint8Array(allocate(count));
  for (let i = 0; i < count; i++) labels[i] = i % 12 < 6 ? 1 + Math.floor(i / 240) : 0;
  const grid = {
    spacing: [1, 1.5, 2] as [number, number, number],
    origin: [seed, 0, -3] as [number, number, number],
  };
  return { image: createVolume(values, shape, grid), mask: createVolume(labels, shape, grid) };
}

type Row<Id> = BatchRow<Id, Diagnostics | Record<string, number>>;

async function rows<Id>(
  cases: Iterable<BatchCase<Id>>,
  given: Parameters<typeof extractFeaturesBatch>[1],
  options?: BatchOptions,
): Promise<Row<Id>[]> {
  const found: Row<Id>[] = [];
  for await (const row of extractFeaturesBatch(cases, given, options)) found.push(row);
  return found;
}

/** Rows as text: bits of the numbers, code and facts of errors. */
const textOf = (found: Row<unknown>[]) =>
  JSON.stringify(found, (key, value: unknown) => {
    if (value instanceof Error) return [value.message, Object.entries(value)];
    return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
  });

/** Cases of every kind: images at hand and read late, several labels, views, and some that fail. */
function mixedCases(): BatchCase[] {
  const box = { start: [2, 1, 1], size: [8, 8, 6] } as const;
  const crop = (volume: Volume) =>
    cropVolume(volume, { start: [...box.start], size: [...box.size] });
  const view = images(7);
  return [
    { id: 'plain', ...images(1) },
    { id: 'late', load: async () => await Promise.resolve(images(2)), label: 3 },
    { id: 'several', ...images(3), label: [4, 9, 1] },
    { id: 'all', load: () => images(4), label: 'all' },
    { id: 'view', image: crop(view.image), mask: crop(view.mask), label: 2 },
    { id: 'other grid', image: images(5).image, mask: images(6).mask },
    { id: 'unreadable', load: () => Promise.reject(new RangeError('no such file')), label: [1, 2] },
    { id: 'shared', ...images(8, true), label: [2, 1] },
    { id: 'last', ...images(9), label: 2 },
  ];
}

describe('extractFeaturesBatch', () => {
  it('gives what extractWithDiagnostics gives, in the order of cases and labels', async () => {
    const found = await rows(mixedCases(), settings);
    expect(found.map(({ id, label }) => [id, label])).toEqual([
      ['plain', 1],
      ['late', 3],
      ['several', 4],
      ['several', 9],
      ['several', 1],
      ...[1, 2, 3, 4].map((label) => ['all', label]),
      ['view', 2],
      ['other grid', 1],
      ['unreadable', 1],
      ['unreadable', 2],
      ['shared', 2],
      ['shared', 1],
      ['last', 2],
    ]);
    const failures = found.flatMap((row) => ('error' in row ? [[row.id, row.error]] : []));
    expect(failures).toEqual([
      [
        'several',
        expect.objectContaining({ code: 'LABEL_ABSENT', label: 9, present: [1, 2, 3, 4] }),
      ],
      ['other grid', expect.objectContaining({ code: 'GRID_MISMATCH' })],
      ['unreadable', expect.any(RangeError)],
      ['unreadable', expect.any(RangeError)],
    ]);
    const of = (id: string, label: number) =>
      found.find((row) => row.id === id && row.label === label);
    const single = (seed: number, label: number) => {
      const { image, mask } = images(seed);
      return extractWithDiagnostics(image, mask, { ...settings, label });
    };
    expect(of('plain', 1)).toEqual({ id: 'plain', label: 1, ...single(1, 1) });
    expect(of('late', 3)).toEqual({ id: 'late', label: 3, ...single(2, 3) });
    expect(of('all', 4)).toEqual({ id: 'all', label: 4, ...single(4, 4) });
    expect(of('shared', 2)).toEqual({ id: 'shared', label: 2, ...single(8, 2) });
  });

  it('gives the same bits for any number of workers', async () => {
    const alone = textOf(await rows(mixedCases(), settings));
    expect(textOf(await rows(mixedCases(), settings, { workers: 1 }))).toBe(alone);
    expect(textOf(await rows(mixedCases(), settings, { workers: 2 }))).toBe(alone);
    expect(textOf(await rows(mixedCases(), settings, { workers: 2, casesAhead: 9 }))).toBe(alone);
  });

  it.each([
    ['parts of the images', { additionalInfo: false }],
    ['parts of one slice', { additionalInfo: false, minimumROIDimensions: 1 }],
    ['normalised images', { additionalInfo: false, normalize: true }],
    ['resampled images', { additionalInfo: false, resampledPixelSpacing: [2, 2, 2] }],
    ['resegmented regions', { additionalInfo: false, resegmentRange: [20, 230] }],
    ['filtered images', { additionalInfo: false, imageTypes: { Original: {}, Wavelet: {} } }],
  ] as [string, Settings][])('gives the same bits on workers: %s', async (_name, more) => {
    const given = { ...settings, ...more };
    const found = await rows(mixedCases(), given);
    expect(found.filter((row) => !('error' in row)).length).toBeGreaterThan(8);
    expect(textOf(await rows(mixedCases(), given, { workers: 2 }))).toBe(textOf(found));
    const [plain] = found;
    const { image, mask } = images(1);
    expect(plain).toEqual({ id: 'plain', label: 1, ...extractWithDiagnostics(image, mask, given) });
  });

  it("gives IBSI's features and diagnostics", async () => {
    const given = { definitions: 'ibsi', families: ['stat', 'ih'] } as const;
    const { image, mask } = images(1);
    const whole = createVolume(
      Int16Array.from(image.data.data, (v) => v + 1),
      [12, 10, 8],
      image,
    );
    const cases = () => [{ id: 1, image: whole, mask, label: 'all' as const }];
    const found = await rows(cases(), given, { workers: 1 });
    expect(found.map(({ label }) => label)).toEqual([1, 2, 3, 4]);
    const expected = extractWithDiagnostics(whole, mask, { ...given, label: 2 });
    expect(found[1]).toEqual({ id: 1, label: 2, ...expected });
    const [first] = await rows([{ id: 1, image: whole, mask }], 'ibsi');
    expect(first).toMatchObject({ label: 1 });
  });

  it('sends no more than the regions where nothing else matters', () => {
    const { image, mask } = images(1);
    const parts = (given: Settings, labels: number[] | 'all' = [2]) =>
      regionParts({ image, mask }, labels, planOf(given));
    expect(parts({})).toBeUndefined();
    const sizes = parts({ additionalInfo: false }, 'all')!.map((part) => part.image.data.shape);
    expect(sizes).toEqual([1, 2, 3, 4].map(() => [6, 10, 2]));
    expect(parts({ additionalInfo: false }, [9])).toBeUndefined();
    expect(parts({ additionalInfo: false }, [1, 2, 3, 4, 1, 2, 3, 4])).toBeUndefined();
  });

  it('holds at most workers + 1 cases, whatever the sequence of cases', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('fine', 'fails', 'several', 'slow'), { maxLength: 8 }),
        fc.integer({ min: 0, max: 2 }),
        async (kinds, workers) => {
          let open = 0;
          let taken = 0;
          let finished = 0;
          function* cases(): Generator<BatchCase<number>> {
            for (const [id, kind] of kinds.entries()) {
              taken++;
              expect(taken - finished).toBeLessThanOrEqual(workers + 1);
              const load = async () => {
                expect(++open).toBeLessThanOrEqual(workers + 1);
                if (kind === 'slow') await new Promise((resolve) => setTimeout(resolve, 5));
                open--;
                if (kind === 'fails') throw new Error('unreadable');
                return images(id);
              };
              yield { id, load, label: kind === 'several' ? [1, 2] : 1 };
            }
          }
          const ids: number[] = [];
          const onProgress = ({ done }: { done: number }) => (finished = done);
          const options = { workers, onProgress };
          for (const row of await rows(cases(), settings, options)) ids.push(row.id);
          expect(ids).toEqual(kinds.flatMap((kind, id) => (kind === 'several' ? [id, id] : [id])));
          expect(finished).toBe(kinds.length);
        },
      ),
      { numRuns: 15 },
    );
  });

  it('says how far it is', async () => {
    const onProgress = vi.fn();
    await rows(mixedCases().slice(0, 3), settings, { onProgress });
    expect(onProgress.mock.calls.map(([progress]: unknown[]) => progress)).toEqual([
      { done: 1, total: 3, message: 'plain' },
      { done: 2, total: 3, message: 'late' },
      { done: 3, total: 3, message: 'several' },
    ]);
  });

  it('goes on after cases whose label is of the wrong kind', async () => {
    const { image, mask } = images(1);
    const wrong = { id: 'wrong', image, mask, label: 'every' as 'all' };
    const found = await rows(
      [wrong, { id: 'none', image, mask, label: [] }, { id: 'right', image, mask }],
      settings,
    );
    expect(found.map((row) => ('error' in row ? row.error : row.label))).toEqual([
      expect.objectContaining({ code: 'INVALID_ARGUMENT', argument: 'label' }),
      expect.objectContaining({ code: 'INVALID_ARGUMENT', argument: 'label' }),
      1,
    ]);
  });

  it("'all' of an empty mask is an error of that case", async () => {
    const { image, mask } = images(1);
    const empty = { ...mask, data: createVolume(new Uint8Array(960), [12, 10, 8]).data };
    const found = await rows([{ id: 1, image, mask: empty, label: 'all' as const }], settings);
    expect(found).toEqual([
      { id: 1, label: undefined, error: expect.objectContaining({ code: 'EMPTY_MASK' }) },
    ]);
  });

  it('refuses impossible settings and options at once, and broken cases when they come', async () => {
    const at =
      (...args: unknown[]) =>
      () =>
        (extractFeaturesBatch as (...all: unknown[]) => unknown)(...args);
    expect(at([], { binWidht: 5 })).toThrow(expect.objectContaining({ code: 'INVALID_SETTING' }));
    const argument = (name: string) =>
      expect.objectContaining({ code: 'INVALID_ARGUMENT', argument: name }) as Error;
    const filtered = { definitions: 'ibsi', filter: (image: Volume) => image } as const;
    expect(() => extractFeaturesBatch([], filtered, { workers: 1 })).toThrow('worker threads');
    expect(() => extractFeaturesBatch([], filtered)).not.toThrow();
    expect(at([], {}, { workers: -1 })).toThrow(argument('workers'));
    expect(at([], {}, { casesAhead: 0 })).toThrow(argument('casesAhead'));
    expect(at({})).toThrow(argument('cases'));
    expect(at('cases.csv')).toThrow(argument('cases'));
    const broken = [{ id: 'a' }] as unknown as BatchCase[];
    await expect(rows(broken, settings)).rejects.toMatchObject({ argument: 'cases' });
    const nameless = [images(1)] as unknown as BatchCase[];
    await expect(rows(nameless, settings)).rejects.toMatchObject({ argument: 'cases' });
  });

  it.each([0, 2])(
    'stops at the signal and when the consumer leaves, %i workers',
    async (workers) => {
      let taken = 0;
      const ended = vi.fn();
      function* endless(): Generator<BatchCase<number>> {
        try {
          for (;;) yield { id: taken++, ...images(1), label: 'all' };
        } finally {
          ended();
        }
      }
      const controller = new AbortController();
      setTimeout(() => controller.abort('interrupted'), 50);
      const all = rows(endless(), settings, { workers, signal: controller.signal });
      await expect(all).rejects.toMatchObject({ code: 'ABORTED' });
      expect(ended).toHaveBeenCalledTimes(1);
      taken = 0;
      for await (const row of extractFeaturesBatch(endless(), settings, { workers })) {
        if (row.id === 2) break;
      }
      expect(ended).toHaveBeenCalledTimes(2);
      expect(taken).toBeLessThanOrEqual(4 + workers);
    },
  );
});
