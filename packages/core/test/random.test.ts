import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRandom, isSteatosisError } from '../src/index.js';
import { mix64 } from '../src/random/seeding.js';
import { Xoshiro128 } from '../src/random/xoshiro128.js';

describe('generators against their authors’ C code', () => {
  test('SplitMix64 from 1234567', () => {
    const golden = 0x9e3779b97f4a7c15n;
    const outputs = [0n, 1n, 2n, 3n, 4n].map((i) => mix64(1234567n + i * golden));
    expect(outputs).toEqual([
      6457827717110365317n,
      3203168211198807973n,
      9817491932198370423n,
      4593380528125082431n,
      16408922859458223821n,
    ]);
  });

  test('xoshiro128** from states of which the C code’s outputs are published', () => {
    const first = new Xoshiro128([0x964d4a0c | 0, 0xd40ab895 | 0, 0xad7fdecb | 0, 0x3006f0f0]);
    expect(Array.from({ length: 4 }, () => first.uint32())).toEqual([
      0xf1391922, 0x6fe53806, 0xa5be2840, 0xf510ee70,
    ]);
    const second = new Xoshiro128([1, 2, 3, 4]);
    expect(Array.from({ length: 10 }, () => second.uint32())).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597,
      4258142804,
    ]);
  });

  test('seeding: two outputs of SplitMix64 are the state', () => {
    const random = createRandom(1);
    expect(Array.from({ length: 6 }, () => random.uint32())).toEqual([
      1695105466, 1423115009, 634581793, 1068227753, 716759206, 4186505319,
    ]);
  });
});

describe('streams', () => {
  test('a child depends on seed and key alone', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.string(), fc.nat(50), (seed, key, draws) => {
        const parent = createRandom(seed);
        for (let i = 0; i < draws; i++) parent.uint32();
        expect(parent.split(key).uint32()).toBe(createRandom(seed).split(key).uint32());
      }),
    );
  });

  test('number and string keys, siblings and parents all differ', () => {
    const root = createRandom(7);
    const first = [root, root.split(1), root.split('1'), root.split(2), root.split(1).split(1)];
    const heads = first.map((r) => `${r.uint32()} ${r.uint32()}`);
    expect(new Set(heads).size).toBe(heads.length);
  });

  test('siblings are uncorrelated', () => {
    const n = 20_000;
    const a = createRandom(3).split(0);
    const b = createRandom(3).split(1);
    let sum = 0;
    for (let i = 0; i < n; i++) sum += a.normal() * b.normal();
    expect(Math.abs(sum / n)).toBeLessThan(4 / Math.sqrt(n));
  });
});

describe('distributions', () => {
  test('normal: moments and tails within four standard errors', () => {
    const n = 1_000_000;
    const random = createRandom(11);
    let [m1, m2, m3, m4, beyond2, beyond4] = [0, 0, 0, 0, 0, 0];
    for (let i = 0; i < n; i++) {
      const x = random.normal();
      m1 += x;
      m2 += x * x;
      m3 += x ** 3;
      m4 += x ** 4;
      if (Math.abs(x) > 2) beyond2++;
      if (Math.abs(x) > 4) beyond4++;
    }
    const near = (value: number, expected: number, variance: number) =>
      expect(Math.abs(value - expected)).toBeLessThan(4 * Math.sqrt(variance / n));
    near(m1 / n, 0, 1);
    near(m2 / n, 1, 2);
    near(m3 / n, 0, 15);
    near(m4 / n, 3, 96);
    near(beyond2 / n, 0.0455002639, 0.0455 * 0.9545);
    near(beyond4 / n, 6.334248e-5, 6.334e-5);
  });

  test('normal: Kolmogorov distance to the error function at the layers’ edges', () => {
    const n = 200_000;
    const random = createRandom(5);
    const values = Float64Array.from({ length: n }, () => random.normal()).sort();
    // P(X < 1) and the like, 12 digits.
    const cdf: [number, number][] = [
      [-3.5, 2.32629079036e-4],
      [-1, 0.158655253931],
      [-0.25, 0.401293674317],
      [0, 0.5],
      [0.5, 0.691462461274],
      [1.5, 0.933192798731],
      [3.6541528853610088, 0.999870985],
    ];
    for (const [x, p] of cdf) {
      const below = values.findIndex((v) => v >= x);
      expect(Math.abs(below / n - p)).toBeLessThan(4.5 * Math.sqrt((p * (1 - p)) / n));
    }
  });

  test('uniform lies in [0, 1) and has 53 bits', () => {
    const random = createRandom(1);
    let odd = 0;
    for (let i = 0; i < 10_000; i++) {
      const u = random.uniform();
      expect(u >= 0 && u < 1).toBe(true);
      expect(Number.isInteger(u * 2 ** 53)).toBe(true);
      odd += (u * 2 ** 53) % 2;
    }
    expect(odd).toBeGreaterThan(4_700);
    expect(odd).toBeLessThan(5_300);
  });

  test('integers are unbiased and permutations are permutations', () => {
    const random = createRandom(9);
    const counts = new Array<number>(6).fill(0);
    for (let i = 0; i < 60_000; i++) counts[random.integer(6)]!++;
    const chi2 = counts.reduce((sum, c) => sum + (c - 10_000) ** 2 / 10_000, 0);
    expect(chi2).toBeLessThan(20.5); // 99.9 % of chi-square with 5 degrees of freedom
    fc.assert(
      fc.property(fc.nat(200), fc.integer(), (n, seed) => {
        const order = createRandom(seed).permutation(n);
        expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
      }),
    );
  });

  test('impossible arguments are typed errors', () => {
    for (const seed of [1.5, Number.NaN, 2 ** 60]) {
      expect(() => createRandom(seed)).toThrowError(expect.objectContaining({ argument: 'seed' }));
    }
    for (const n of [0, -1, 2.5, 2 ** 33]) {
      try {
        createRandom(1).integer(n);
        expect.unreachable();
      } catch (error) {
        expect(isSteatosisError(error, 'INVALID_ARGUMENT')).toBe(true);
      }
    }
  });
});
