import { InvalidArgumentError } from '../errors.js';
import { hashKey, mix64, seedWords } from './seeding.js';
import { Xoshiro128 } from './xoshiro128.js';
import { gaussian } from './ziggurat.js';

/**
 * A seeded stream of random numbers: the same seed gives the same bits everywhere.
 *
 * The generator is xoshiro128** 1.1 (Blackman and Vigna 2021, doi:10.1145/3460772), seeded through
 * SplitMix64 as its authors advise. `split(key)` gives a child stream that depends on the parent's seed
 * and the key only, never on how many numbers were drawn: give each patient, ROI or tree its own child
 * and results do not depend on the number of workers or on their order.
 *
 * @example
 * ```ts
 * import { createRandom } from '@steatosis/core';
 *
 * const random = createRandom(1);
 * const forPatient7 = random.split('patient').split(7);
 * console.log(forPatient7.uniform() === createRandom(1).split('patient').split(7).uniform()); // true
 * ```
 */
export interface Random {
  /** 32 random bits as an integer 0 … 2³² − 1. */
  uint32(): number;
  /** Uniform in [0, 1) with 53 random bits. */
  uniform(): number;
  /** Standard normal (mean 0, SD 1): ziggurat of Marsaglia and Tsang 2000, 256 layers. */
  normal(): number;
  /** Uniform integer 0 … n − 1, without modulo bias (Lemire's rejection). */
  integer(n: number): number;
  /** A random order of 0 … n − 1 (Fisher–Yates). */
  permutation(n: number): Uint32Array;
  /** An independent stream named by the key. */
  split(key: number | string): Random;
}

/**
 * @param seed an integer, |seed| ≤ 2⁵³ − 1
 * @throws InvalidArgumentError when the seed is no such integer
 */
export function createRandom(seed: number): Random {
  if (!Number.isSafeInteger(seed)) {
    throw new InvalidArgumentError('seed', seed, 'an integer between −(2⁵³ − 1) and 2⁵³ − 1');
  }
  return new SeededRandom(BigInt.asUintN(64, BigInt(seed)));
}

class SeededRandom extends Xoshiro128 implements Random {
  readonly #seed: bigint;

  constructor(seed: bigint) {
    super(seedWords(seed));
    this.#seed = seed;
  }

  uniform(): number {
    const high = this.uint32() >>> 5;
    const low = this.uint32() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  }

  normal(): number {
    return gaussian(this);
  }

  integer(n: number): number {
    if (!Number.isInteger(n) || n < 1 || n > 4294967296) {
      throw new InvalidArgumentError('n', n, 'an integer 1 … 2³²');
    }
    const limit = 4294967296 - (4294967296 % n);
    for (;;) {
      const value = this.uint32();
      if (value < limit) return value % n;
    }
  }

  permutation(n: number): Uint32Array {
    const order = Uint32Array.from({ length: n }, (_, i) => i);
    for (let i = n - 1; i > 0; i--) {
      const j = this.integer(i + 1);
      const other = order[j]!;
      order[j] = order[i]!;
      order[i] = other;
    }
    return order;
  }

  split(key: number | string): Random {
    return new SeededRandom(mix64(this.#seed ^ mix64(hashKey(key))));
  }
}
