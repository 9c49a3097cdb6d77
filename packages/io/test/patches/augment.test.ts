import { createRandom } from '@steatosis/core';
import fc from 'fast-check';
import ndarray, { type NdArray } from 'ndarray';
import { describe, expect, test } from 'vitest';
import { augmentPatch, type AugmentPatchOptions } from '../../src/index.js';

/** A patch whose value is a linear function of the place in mm: bilinear sampling is exact on it. */
function ramp(
  size: number,
  spacing: readonly [number, number],
  a: number,
  b: number,
): NdArray<Float32Array> {
  const half = (size - 1) / 2;
  const data = Float32Array.from({ length: size * size }, (_, i) => {
    const [x, y] = [i % size, Math.floor(i / size)];
    return a * (x - half) * spacing[0] + b * (y - half) * spacing[1];
  });
  return ndarray(data, [size, size]);
}

const margin = { outputSize: [16, 16], spacingMm: [1.25, 1.3671875], noiseSd: 0 } as const;
const texture = (): NdArray<Float32Array> => {
  const random = createRandom(3);
  return ndarray(
    Float32Array.from({ length: 2 * 32 * 32 }, () => random.normal()),
    [2, 32, 32],
  );
};

describe('the study’s augmentation', () => {
  test('gives the original first, then seven variants; twice the same, other seeds others', () => {
    const patches = augmentPatch(texture(), { ...margin, seed: 4 });
    expect(patches.map(({ shape }) => shape)).toEqual(Array.from({ length: 8 }, () => [2, 16, 16]));
    const [original] = patches;
    expect(original.get(1, 3, 5)).toBe(texture().get(1, 11, 13));
    const text = (list: NdArray<Float32Array>[]): string[] =>
      list.map(({ data }) => [...data].join());
    expect(new Set(text(patches)).size).toBe(8);
    expect(text(augmentPatch(texture(), { ...margin, seed: 4 }))).toEqual(text(patches));
    expect(text(augmentPatch(texture(), { ...margin, seed: 5 }))[1]).not.toBe(text(patches)[1]);
    // A variant depends on its number, not on how many there are.
    expect(text(augmentPatch(texture(), { ...margin, seed: 4, copies: 3 }))).toEqual(
      text(patches).slice(0, 4),
    );
  });

  test('follows its written recipe: a linear image is moved exactly as drawn, in millimetres', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.double({ min: -2, max: 2, noNaN: true }),
        fc.double({ min: -2, max: 2, noNaN: true }),
        (seed, a, b) => {
          const [, variant] = augmentPatch(ramp(32, margin.spacingMm, a, b), {
            ...margin,
            seed,
            copies: 1,
          });
          const random = createRandom(seed).split('augmentPatch').split(1);
          const mirror = [random.uniform() < 0.5 ? -1 : 1, random.uniform() < 0.5 ? -1 : 1];
          const angle = ((2 * random.uniform() - 1) * 15 * Math.PI) / 180;
          const shift = [(2 * random.uniform() - 1) * 3, (2 * random.uniform() - 1) * 3];
          let worst = 0;
          for (let y = 0; y < 16; y++) {
            for (let x = 0; x < 16; x++) {
              const px = (x - 7.5) * 1.25;
              const py = (y - 7.5) * 1.3671875;
              const qx = mirror[0] * (Math.cos(angle) * px - Math.sin(angle) * py) + shift[0];
              const qy = mirror[1] * (Math.sin(angle) * px + Math.cos(angle) * py) + shift[1];
              worst = Math.max(worst, Math.abs(variant.get(y, x) - (a * qx + b * qy)));
            }
          }
          expect(worst).toBeLessThan(2e-5);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('nothing is filled in: values stay within those of the patch', () => {
    fc.assert(
      fc.property(fc.integer(), fc.boolean(), (seed, withMargin) => {
        const source = texture();
        const options: AugmentPatchOptions = withMargin
          ? { ...margin, seed }
          : { seed, noiseSd: 0 };
        const [low, high] = [Math.min(...source.data), Math.max(...source.data)];
        for (const { data } of augmentPatch(source, options)) {
          expect(Math.min(...data)).toBeGreaterThanOrEqual(low);
          expect(Math.max(...data)).toBeLessThanOrEqual(high);
        }
      }),
      { numRuns: 30 },
    );
  });

  test('a margin that is too small for the largest shift and turn is an error, before anything is drawn', () => {
    const size = (n: number): NdArray<Float32Array> => ndarray(new Float32Array(n * n), [n, n]);
    const options: AugmentPatchOptions = { ...margin, seed: 1 };
    // x: 7.5·1.25·cos 15° + 7.5·1.367·sin 15° + 3 = 14.71 mm, 5.33 mm or 4.3 columns beyond 9.375 mm.
    expect(() => augmentPatch(size(24), options)).toThrow(
      /margin of at least 4 rows and 5 columns/,
    );
    expect(augmentPatch(size(26), options)).toHaveLength(8);
    expect(() => augmentPatch(size(26), { ...options, maxShiftMm: 4.5 })).toThrow(/margin/);
    expect(augmentPatch(size(16), { ...options, maxShiftMm: 0, maxRotationDeg: 0 })).toHaveLength(
      8,
    );
    expect(() => augmentPatch(size(25), options)).toThrow(/same whole margin/);
    // Every angle: the corner of 16 pixels reaches half a diagonal.
    expect(augmentPatch(size(32), { ...options, maxRotationDeg: 180 })).toHaveLength(8);
  });

  test('the margin that is called enough is enough for every draw', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.double({ min: 0, max: 180, noNaN: true }),
        fc.double({ min: 0, max: 4, noNaN: true }),
        (seed, maxRotationDeg, maxShiftMm) => {
          const options = { ...margin, seed, maxRotationDeg, maxShiftMm, copies: 3 };
          const needed = /at least (\d+) rows and (\d+) columns/;
          let size = 16;
          for (; size < 40; size += 2) {
            try {
              augmentPatch(ramp(size, margin.spacingMm, 1, 1), options);
              break;
            } catch (error) {
              if (!needed.test((error as Error).message)) throw error;
            }
          }
          // A ramp is reflected where the margin is left: its values would then fall short.
          const wide = augmentPatch(ramp(40, margin.spacingMm, 1, 1), options);
          const tight = augmentPatch(ramp(size, margin.spacingMm, 1, 1), options);
          tight.forEach((p, k) => {
            const worst = Math.max(...p.data.map((v, i) => Math.abs(v - wide[k].data[i])));
            expect(worst).toBeLessThan(2e-5);
          });
        },
      ),
      { numRuns: 40 },
    );
  });

  test('noise: a twentieth of the deviation by default, channel by channel', () => {
    const flat = ndarray(new Float32Array(2 * 16 * 16), [2, 16, 16]);
    for (let i = 256; i < 512; i++) flat.data[i] = i % 2 === 0 ? 100 : -100;
    const still = { seed: 1, maxShiftMm: 0, maxRotationDeg: 0, mirror: false } as const;
    const [original, variant] = augmentPatch(flat, still);
    const change = variant.data.map((v, i) => v - original.data[i]);
    expect(change.subarray(0, 256).every((v) => v === 0)).toBe(true);
    const sd = Math.sqrt(change.subarray(256).reduce((s, v) => s + v * v, 0) / 256);
    expect(Math.abs(sd / 5 - 1)).toBeLessThan(5 / Math.sqrt(2 * 256));
  });

  test('impossible options are refused', () => {
    const bad: [object, RegExp][] = [
      [{ copies: 1.5 }, /copies/],
      [{ spacingMm: [1, 0] }, /spacingMm/],
      [{ maxShiftMm: -1 }, /maxShiftMm/],
      [{ maxRotationDeg: 200 }, /maxRotationDeg/],
      [{ noiseSd: NaN }, /noiseSd/],
      [{ outputSize: [40, 40] }, /outputSize/],
      [{ shift: 3 }, /shift/],
      [{ seed: 0.5 }, /seed/],
    ];
    for (const [options, message] of bad) {
      expect(() => augmentPatch(texture(), { seed: 1, ...options })).toThrow(message);
    }
  });
});
