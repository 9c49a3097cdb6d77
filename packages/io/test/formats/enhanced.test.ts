import { denseData, indexToWorld } from '@steatosis/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { framesOf, imagesOf } from '../../src/dicom/enhanced-frames.js';
import { parseDicom } from '../../src/dicom/file.js';
import {
  type ComplexMultiEcho,
  readImage,
  readMaps,
  readMultiEcho,
  readSeries,
} from '../../src/index.js';
import {
  affineDifference,
  affineLps,
  bundle,
  type Fixture,
  json,
  npy,
  warnings,
} from './bundle.js';

const files = bundle('philips-enhanced');
const [r5, r12] = ['r5.dcm', 'r12.dcm'].map((name) => files.get(name)!);

/** A value of a NumPy array by its indices, last axis fastest. */
function reader(file: Fixture | undefined) {
  const { shape, values } = npy(file!.content);
  return (parts: number, part: number, ...index: number[]) =>
    values[index.reduce((at, i, axis) => at * shape[axis] + i, 0) * parts + part];
}

function worstEcho(multiEcho: ComplexMultiEcho, expected: ReturnType<typeof reader>): number {
  let [worst, largest] = [0, 0];
  for (let e = 0; e < 6; e++) {
    for (let z = 0; z < 2; z++) {
      for (let y = 0; y < 56; y++) {
        for (let x = 0; x < 64; x++) {
          const [re, im] = [expected(2, 0, x, y, z, e), expected(2, 1, x, y, z, e)];
          const [a, b] = [multiEcho.real, multiEcho.imaginary].map((v) => v.data.get(x, y, z, e));
          worst = Math.max(worst, Math.hypot(a - re, b - im));
          largest = Math.max(largest, Math.hypot(re, im));
        }
      }
    }
  }
  return worst / largest;
}

/** The file with its items of functional groups, and its frames, in another order. */
function reordered({ name, content }: Fixture, order: readonly number[]) {
  const file = parseDicom({ name, bytes: content });
  const items = file.element(0x52009230)!;
  const pixels = file.element(0x7fe00010)!;
  const frame = pixels.length / order.length;
  const bytes = content.slice();
  const starts: [number, number][] = [];
  for (let at = items.offset; starts.length < order.length;) {
    const length = new DataView(content.buffer, content.byteOffset).getUint32(at + 4, true);
    starts.push([at, at + 8 + length]);
    at += 8 + length;
  }
  let to = items.offset;
  order.forEach((from, i) => {
    const [start, end] = starts[from];
    bytes.set(content.subarray(start, end), to);
    to += end - start;
    const pixel = pixels.offset + from * frame;
    bytes.set(content.subarray(pixel, pixel + frame), pixels.offset + i * frame);
  });
  return { name, bytes: () => Promise.resolve(bytes) };
}

describe('Philips: echoes, water, fat, in and out of phase in one enhanced file', () => {
  test.each([
    ['r5: magnitude and phase, short frame types', r5, 'r5_echoes.npy'],
    ['r12: real and imaginary, echo index constant, long frame types', r12, 'r12_echoes.npy'],
  ])('%s: complex echoes, relative 1e-5 wanted', async (_, file, expected) => {
    const { list, onWarning } = warnings();
    const multiEcho = (await readMultiEcho([file], { onWarning })) as ComplexMultiEcho;
    expect(multiEcho).toMatchObject({
      echoTimesMs: [1.15, 2.3, 3.45, 4.6, 5.75, 6.9],
      fieldStrengthT: 1.5,
      flipAngleDeg: 5,
      repetitionTimeMs: 10.3,
    });
    expect(multiEcho.real.data.shape).toEqual([64, 56, 2, 6]);
    expect(multiEcho.real.spacing).toEqual([6.25, 6.25, 10]);
    expect(multiEcho.real.origin).toEqual([-196.875, -171.875, -25]);
    expect(worstEcho(multiEcho, reader(files.get(expected)))).toBeLessThan(1e-6);
    expect(list).toEqual([]);
  });

  test.each([
    ['r5', r5, 'r5_maps.npy'],
    ['r12', r12, 'r12_maps.npy'],
  ])('%s: W, F, IP, OP', async (_, file, name) => {
    const { list, onWarning } = warnings();
    const maps = await readMaps([file], { onWarning });
    const expected = reader(files.get(name));
    const found = [maps.water, maps.fat, maps.inPhase, maps.outOfPhase];
    let [worst, largest] = [0, 0];
    found.forEach((volume, k) => {
      expect(volume!.data.shape).toEqual([64, 56, 2]);
      for (let z = 0; z < 2; z++) {
        for (let y = 0; y < 56; y++) {
          for (let x = 0; x < 64; x++) {
            const there = expected(1, 0, k, x, y, z);
            worst = Math.max(worst, Math.abs(volume!.data.get(x, y, z) - there));
            largest = Math.max(largest, Math.abs(there));
          }
        }
      }
    });
    expect(worst / largest).toBeLessThan(1e-6);
    expect(maps.pdffPercent).toBeDefined();
    expect(list).toEqual([expect.stringMatching(/PDFF was computed as 100·F\/\(W \+ F\)/)]);
  });

  test('the order of the frames does not matter', async () => {
    const plain = (await readMultiEcho([r12])) as ComplexMultiEcho;
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([...Array(32).keys()], { minLength: 32, maxLength: 32 }),
        async (order) => {
          const other = (await readMultiEcho([reordered(r12, order)])) as ComplexMultiEcho;
          expect(denseData(other.real)).toEqual(denseData(plain.real));
          expect(denseData(other.imaginary)).toEqual(denseData(plain.imaginary));
        },
      ),
      { numRuns: 10 },
    );
  });

  test('readSeries finds every component and map', async () => {
    const [series] = await readSeries([r5]);
    expect(series.error).toBeUndefined();
    const found = series.volumes.map(({ component, map, volume, echoTimesMs, unit }) => [
      map ?? component,
      volume.data.shape.join('×'),
      echoTimesMs.length,
      unit,
    ]);
    expect(found.toSorted(([a], [b]) => (a! < b! ? -1 : 1))).toEqual([
      ['fat', '64×56×2', 0, undefined],
      ['inPhase', '64×56×2', 0, undefined],
      ['magnitude', '64×56×2×6', 6, undefined],
      ['outOfPhase', '64×56×2', 0, undefined],
      ['phase', '64×56×2×6', 6, 'rad'],
      ['water', '64×56×2', 0, undefined],
    ]);
    expect(series.tags).toMatchObject({
      NumberOfFrames: 32,
      FlipAngle: 5,
      PixelSpacing: [6.25, 6.25],
    });
    expect(JSON.stringify(series.tags)).not.toMatch(/Synthetic\^|SYN1|1337|mDIXON/);
  });

  test('readImage says what a file of several volumes holds', async () => {
    await expect(readImage(r5)).rejects.toMatchObject({
      problem: 'ambiguous',
      message: expect.stringMatching(/6 volumes \(.*water 64×56×2.*readMultiEcho/),
    });
  });
});

describe('the standard’s attributes without a vendor’s', () => {
  const name = 'dixon-enhanced-realimag';
  const set = bundle('enhanced');
  const file = set.get(`${name}/enhanced.dcm`)!;

  test('real and imaginary echoes, and the distance from the truth that the encoding allows', async () => {
    const facts: {
      affineLPS: number[][];
      echoTimesMs: number[];
      maxAbsErrorOfDecodedVersusTruth: number;
    } = json(set.get(`${name}/expected.json`));
    const truth = npy(bundle('dixon-truth').get('dixon-truth/complex.npy')!.content).values;
    const { real, imaginary, echoTimesMs } = (await readMultiEcho([file])) as ComplexMultiEcho;
    expect(echoTimesMs).toEqual(facts.echoTimesMs);
    expect(affineDifference(affineLps(real), facts.affineLPS)).toBeLessThan(1e-9);
    const [re, im] = [denseData(real), denseData(imaginary)];
    let [worst, largest] = [0, 0];
    for (let i = 0; i < re.length; i++) {
      worst = Math.max(worst, Math.hypot(re[i] - truth[2 * i], im[i] - truth[2 * i + 1]));
      largest = Math.max(largest, Math.hypot(truth[2 * i], truth[2 * i + 1]));
    }
    expect(Math.abs(worst - facts.maxAbsErrorOfDecodedVersusTruth) / largest).toBeLessThan(1e-6);
  });

  test('field strength by the transmitter frequency where it is not given', async () => {
    const bytes = file.content.slice();
    const { offset, length } = parseDicom({ name, bytes }).element(0x00180087)!;
    bytes.fill(0x20, offset, offset + length);
    const { fieldStrengthT } = await readMultiEcho([bytes]);
    expect(fieldStrengthT).toBe(1.5);
  });

  test('a file that says less frames than it has functional groups is damaged', async () => {
    const bytes = file.content.slice();
    const { offset } = parseDicom({ name, bytes }).element(0x00280008)!;
    bytes.set([0x34, 0x37], offset);
    await expect(readMultiEcho([bytes])).rejects.toMatchObject({
      code: 'MALFORMED_FILE',
      message: expect.stringMatching(/47 frames have 48 items/),
    });
    const [series] = await readSeries([bytes]);
    expect(series.error).toMatchObject({ code: 'MALFORMED_FILE' });
  });

  test('pixels that end before the last frame are missed', async () => {
    const parsed = parseDicom({ name, bytes: file.content });
    const pixels = parsed.element(0x7fe00010)!;
    const bytes = file.content.slice(0, -100);
    new DataView(bytes.buffer).setUint32(pixels.offset - 4, pixels.length - 100, true);
    await expect(readMultiEcho([bytes])).rejects.toMatchObject({
      code: 'MALFORMED_FILE',
      message: expect.stringMatching(
        /frame 48 .*its pixels need 6656 bytes, but Pixel Data has 6556/,
      ),
    });
  });

  test('sequences that an implicit copy no longer names are found', () => {
    const explicit = framesOf(parseDicom({ name, bytes: file.content }));
    const implicit = framesOf(parseDicom({ name, bytes: implicitCopy(file.content) }));
    expect(implicit.length).toBe(explicit.length);
    implicit.forEach((frame, i) => {
      for (const keyword of [
        'ImagePositionPatient',
        'RescaleSlope',
        'EffectiveEchoTime',
      ] as const) {
        expect(frame.numbers(keyword)).toEqual(explicit[i].numbers(keyword));
      }
      expect(imagesOf(frame)).toHaveLength(1);
    });
  });

  test('two components are no image', async () => {
    await expect(readImage(file.content)).rejects.toThrow(/real 64×52×4×6; imaginary 64×52×4×6/);
  });
});

describe('functional groups of real scanners', () => {
  const headers = bundle('enhanced-headers');
  const facts: Record<string, FrameFacts[]> = json(headers.get('expected.json'));
  /** Stored value of a pixel of the ramps. */
  const stored = ({ first }: FrameFacts, x: number, y: number): number => first + 8 * y + x;

  test('Philips: precise magnitude and phase in rad, frame by frame; the private copy’s place is not taken', async () => {
    const file = headers.get('philips.dcm')!;
    const [series] = await readSeries([file]);
    expect(series.volumes.map(({ component, unit }) => [component, unit])).toEqual([
      ['magnitude', undefined],
      ['phase', 'rad'],
    ]);
    for (const [i, frame] of facts['philips'].entries()) {
      const magnitude = frame.component === 'MAGNITUDE';
      const { volume, echoTimesMs, files: names } = series.volumes[magnitude ? 0 : 1];
      const at = names.indexOf(`philips.dcm, frame ${i + 1}`);
      const [slice, echo] = [at % 3, Math.floor(at / 3)];
      expect(echoTimesMs[echo]).toBe(frame.echoTimeMs);
      const scale = magnitude ? 1 / (frame.slope * frame.scaleSlope!) : 1 / 1000;
      const expected = (stored(frame, 5, 2) * frame.slope + frame.intercept) * scale;
      expect(volume.data.get(5, 2, slice, echo) / expected).toBeCloseTo(1, 6);
      const place = indexToWorld(volume, [0, 0, slice]);
      expect(Math.max(...place.map((v, k) => Math.abs(v - frame.position[k])))).toBeLessThan(1e-6);
    }
    expect(await readMultiEcho([file])).toMatchObject({
      echoTimesMs: [2.3, 4.6],
      fieldStrengthT: 3,
      flipAngleDeg: 10,
      repetitionTimeMs: 20,
    });
  });

  test('Siemens: each file of a series in time is a volume, and alone an image', async () => {
    const sources = ['siemens-2', 'siemens-1'].map((name) => headers.get(`${name}.dcm`)!);
    const [series] = await readSeries(sources);
    expect(series.error).toBeUndefined();
    expect(series.volumes.map(({ repetition, files: [name] }) => [repetition, name])).toEqual([
      [0, 'siemens-1.dcm, frame 1'],
      [1, 'siemens-2.dcm, frame 1'],
    ]);
    const volume = await readImage(sources[0]);
    expect(volume.data.shape).toEqual([8, 8, 4]);
    expect(volume.spacing.map((v) => Number(v.toFixed(3)))).toEqual([3.375, 3.375, 2.4]);
    facts['siemens-2'].forEach((frame, slice) => {
      expect(volume.data.get(3, 7, slice)).toBe(stored(frame, 3, 7));
    });
  });
});

/** Attributes of one frame, as pydicom 3.0.2 reads them. */
interface FrameFacts {
  first: number;
  position: number[];
  echoTimeMs: number;
  component: string;
  slope: number;
  intercept: number;
  scaleSlope: number | null;
}

/** The same data set in implicit encoding with defined lengths, as some archives hand it out. */
function implicitCopy(bytes: Uint8Array): Uint8Array {
  const file = parseDicom({ name: 'x', bytes });
  const out: number[] = [];
  const u16 = (n: number) => out.push(n & 255, n >>> 8);
  const u32 = (n: number) => out.push(n & 255, (n >>> 8) & 255, (n >>> 16) & 255, n >>> 24);
  const patch = (at: number) => {
    const length = out.length - at - 4;
    for (let i = 0; i < 4; i++) out[at + i] = (length >>> (8 * i)) & 255;
  };
  const write = (elements: typeof file.elements) => {
    for (const { tag, offset, length, items } of elements.values()) {
      if (tag >>> 16 === 2) continue;
      u16(tag >>> 16);
      u16(tag & 0xffff);
      const at = out.length;
      u32(0);
      if (items === undefined)
        for (const byte of bytes.subarray(offset, offset + length)) out.push(byte);
      for (const item of items ?? []) {
        u16(0xfffe);
        u16(0xe000);
        const start = out.length;
        u32(0);
        write(item);
        patch(start);
      }
      patch(at);
    }
  };
  write(file.elements);
  return Uint8Array.from(out);
}
