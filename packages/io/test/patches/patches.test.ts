import { createVolume, type Volume } from '@steatosis/core';
import fc from 'fast-check';
import ndarray, { type NdArray } from 'ndarray';
import { describe, expect, test } from 'vitest';
import {
  addNoise,
  affine,
  cropPatch,
  flipHorizontal,
  flipVertical,
  roiBox,
  rotate,
  rotate90,
  translateReflect,
  transpose,
} from '../../src/index.js';
import { fixture } from '../formats/bundle.js';

interface Golden {
  input: number[][][];
  cases: { op: string; params: Record<string, never>; output: number[][][] }[];
}

const golden = JSON.parse(new TextDecoder().decode(fixture('augment_16x16.json.gz'))) as Golden;
const patch = ndarray(Float32Array.from(golden.input.flat(2)), [1, 16, 16]);

const OPERATIONS: Record<string, (params: Record<string, never>) => NdArray<Float32Array>> = {
  hflip: () => flipHorizontal(patch),
  vflip: () => flipVertical(patch),
  rot90: (p) => rotate90(patch, p['k_ccw']),
  transpose: () => transpose(patch),
  affine: (p) =>
    affine(patch, {
      angleDegClockwise: p['angle_deg'],
      translate: p['translate_xy'],
      scale: p['scale'],
      interpolation: p['interpolation'],
      fill: p['fill'],
    }),
  rotate: (p) =>
    rotate(patch, {
      angleDegCounterclockwise: p['angle_deg'],
      interpolation: p['interpolation'],
      fill: p['fill'],
    }),
  translate_reflect: (p) => translateReflect(patch, { dx: p['dx_right'], dy: p['dy_down'] }),
};

describe('torchvision 0.27.1, v2 functional', () => {
  test.each(golden.cases)('$op $params', ({ op, params, output }) => {
    const result = OPERATIONS[op](params);
    const expected = output.flat(2);
    expect(result.shape).toEqual([1, output[0].length, output[0][0].length]);
    const worst = Math.max(...expected.map((v, i) => Math.abs(v - result.data[i])));
    // torchvision samples in single precision; values are in ±1.
    expect(worst).toBeLessThan(op === 'affine' || op === 'rotate' ? 3e-6 : 1e-9);
  });
});

/** Patches with odd sizes, channels and strides. */
const anyPatch = fc
  .record({
    channels: fc.integer({ min: 0, max: 3 }),
    height: fc.integer({ min: 1, max: 6 }),
    width: fc.integer({ min: 1, max: 6 }),
    flipped: fc.boolean(),
  })
  .map(({ channels, height, width, flipped }) => {
    const shape = channels === 0 ? [height, width] : [channels, height, width];
    const data = Float32Array.from({ length: shape.reduce((p, n) => p * n, 1) }, (_, i) => i * i);
    const array = ndarray(data, shape);
    return flipped ? array.step(...shape.map(() => -1)) : array;
  });

const list = (p: NdArray<Float32Array>): string => `${p.shape.join('x')}: ${[...p.data].join()}`;
const dense = (p: NdArray<Float32Array>): NdArray<Float32Array> => rotate90(p, 0);

describe('exact rearrangements', () => {
  test('come back when they are undone, for any shape and stride', () => {
    fc.assert(
      fc.property(anyPatch, fc.integer({ min: -5, max: 5 }), (p, turns) => {
        const original = list(dense(p));
        expect(list(flipHorizontal(flipHorizontal(p)))).toBe(original);
        expect(list(flipVertical(flipVertical(p)))).toBe(original);
        expect(list(transpose(transpose(p)))).toBe(original);
        expect(list(rotate90(rotate90(p, turns), -turns))).toBe(original);
        expect(list(rotate90(p, 2))).toBe(list(flipVertical(flipHorizontal(p))));
        expect(list(rotate90(p, 1))).toBe(list(flipVertical(transpose(p))));
        expect(list(translateReflect(p, {}))).toBe(original);
        expect(list(affine(p, {}))).toBe(original);
      }),
    );
  });

  test('keep the element type', () => {
    const small = ndarray(Int16Array.from([1, 2, 3, 4]), [2, 2]);
    expect(flipHorizontal(small).data).toEqual(Int16Array.from([2, 1, 4, 3]));
  });

  test('a shift beyond the patch goes on being reflected', () => {
    const row = ndarray(Float32Array.from([1, 2, 3]), [1, 3]);
    expect([...translateReflect(row, { dx: 7 }).data]).toEqual([2, 3, 2]);
  });

  test('fill comes from outside, also where interpolation nears the edge', () => {
    const flat = ndarray(new Float32Array(4).fill(8), [2, 2]);
    expect([...affine(flat, { translate: [1, 0], fill: 3 }).data]).toEqual([3, 8, 3, 8]);
    const half = affine(flat, { translate: [0.5, 0], interpolation: 'bilinear', fill: 0 });
    expect([...half.data]).toEqual([2, 8, 2, 8]);
  });

  test('nonsense is refused', () => {
    expect(() => rotate90(patch, 0.5)).toThrow(/quarterTurnsCcw/);
    expect(() => translateReflect(patch, { dx: 0.5 })).toThrow(/dx/);
    expect(() => affine(patch, { scale: 0 })).toThrow(/scale/);
    expect(() => affine(patch, { interpolation: 'cubic' as 'nearest' })).toThrow(/interpolation/);
    expect(() => rotate(patch, { angle: 3 } as object)).toThrow(/angle/);
    expect(() => flipVertical(ndarray(new Float32Array(4), [4]))).toThrow(/height, width/);
    expect(() => addNoise(patch, { sd: -1, seed: 1 })).toThrow(/sd/);
  });
});

describe('noise', () => {
  test('is seeded, has the deviation asked for, and leaves the original alone', () => {
    const flat = ndarray(new Float32Array(128 * 128), [128, 128]);
    const noisy = addNoise(flat, { sd: 2, seed: 5 });
    const mean = noisy.data.reduce((s, v) => s + v, 0) / noisy.size;
    const variance = noisy.data.reduce((s, v) => s + (v - mean) ** 2, 0) / noisy.size;
    // Five standard errors of mean and variance of 16 384 normal numbers.
    expect(Math.abs(mean)).toBeLessThan((5 * 2) / 128);
    expect(Math.abs(variance / 4 - 1)).toBeLessThan((5 * Math.SQRT2) / 128);
    expect(list(addNoise(flat, { sd: 2, seed: 5 }))).toBe(list(noisy));
    expect(list(addNoise(flat, { sd: 2, seed: 6 }))).not.toBe(list(noisy));
    expect(flat.data.every((v) => v === 0)).toBe(true);
  });
});

describe('boxes and patches of a volume', () => {
  const image: Volume = createVolume(new Float32Array(64 * 52 * 4), [64, 52, 4], {
    spacing: [1.75, 1.75, 5],
    origin: [-51.625, -56.875, -40],
  });

  test('the six regions of the reference: a 16×16 patch around each centre', () => {
    const centres = [
      [-29.75, -33.25, -35],
      [-29.75, -1.75, -35],
      [3.5, -33.25, -35],
      [3.5, 1.75, -35],
      [-29.75, -33.25, -30],
      [3.5, -26.25, -30],
    ];
    expect(centres.map((c) => roiBox(c, image).start)).toEqual([
      [5, 6, 1],
      [5, 24, 1],
      [24, 6, 1],
      [24, 26, 1],
      [5, 6, 2],
      [24, 10, 2],
    ]);
  });

  test('odd sizes sit on a voxel; a box that leaves the volume is refused', () => {
    const centre = [-51.625 + 1.75 * 10, -56.875 + 1.75 * 20, -40];
    expect(roiBox(centre, image, { sizeVoxels: [3, 5, 1] })).toEqual({
      start: [9, 18, 0],
      size: [3, 5, 1],
    });
    expect(() => roiBox([-51.625, 0, -35], image)).toThrow(/start at voxel \(-7, 25, 1\)/);
    expect(() => roiBox([0, 0, NaN], image)).toThrow(/centreLps/);
    expect(() => roiBox(centre, image, { sizeVoxels: [0, 1, 1] })).toThrow(/sizeVoxels/);
  });

  test('rows run along y, echoes are channels, strides are respected', () => {
    const data = Float32Array.from({ length: 5 * 4 * 2 * 3 }, (_, i) => i);
    const volume = createVolume(data, [5, 4, 2, 3]);
    const box = { start: [1, 2, 1], size: [3, 2, 1] } as const;
    const cut = cropPatch(volume, { start: [...box.start], size: [...box.size] });
    expect(cut.shape).toEqual([3, 2, 3]);
    for (let e = 0; e < 3; e++) {
      for (let y = 0; y < 2; y++) {
        for (let x = 0; x < 3; x++)
          expect(cut.get(e, y, x)).toBe(volume.data.get(1 + x, 2 + y, 1, e));
      }
    }
    const mirrored = { ...volume, data: volume.data.step(-1, 1, 1, 1) };
    const other = cropPatch(mirrored, { start: [1, 2, 1], size: [3, 2, 1] });
    expect(other.get(2, 1, 0)).toBe(volume.data.get(3, 3, 1, 2));
    expect(() => cropPatch(volume, { start: [0, 0, 0], size: [2, 2, 2] })).toThrow(/one slice/);
    expect(() => cropPatch(volume, { start: [4, 0, 0], size: [2, 2, 1] })).toThrow(/inside/);
  });
});
