import { createRandom } from '@steatosis/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { valuesAtRanks } from '../src/features/order-statistics.js';
import { ValueDistribution } from '../src/features/value-distribution.js';
import { ValueSample } from '../src/features/value-sample.js';

/** Values of several shapes: spread evenly, skewed, with ties, with one value far away. */
function sample(kind: string, count: number, seed: number): Float64Array {
  const random = createRandom(seed);
  return Float64Array.from({ length: count }, (_, k) => {
    if (kind === 'skewed') return Math.exp(20 * random.uniform());
    if (kind === 'ties') return Math.floor(9 * random.uniform());
    if (kind === 'outlier') return k === 0 ? 1e300 : random.normal();
    if (kind === 'tiny') return random.uniform() * 1e-310;
    return random.normal();
  });
}

const samples = fc.record({
  kind: fc.constantFrom('even', 'skewed', 'ties', 'outlier', 'tiny', 'normal'),
  count: fc.constantFrom(1, 2, 100, 2048, 2049, 6000),
  seed: fc.nat(1000),
});

describe('statistics of values that hardly repeat', () => {
  it('find the values at ranks as sorting does', () => {
    fc.assert(
      fc.property(samples, fc.array(fc.double({ min: 0, max: 1, noNaN: true })), (s, shares) => {
        const values = sample(s.kind, s.count, s.seed);
        const sorted = values.toSorted();
        const ranks = [0, ...shares.map((share) => Math.floor(share * (s.count - 1))), s.count - 1];
        expect(valuesAtRanks(values, sorted[0], sorted[s.count - 1], ranks)).toEqual(
          ranks.map((rank) => sorted[rank]),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('are exact for a flat region, whatever its value', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e9, max: 1e9, noNaN: true }),
        fc.integer({ min: 1, max: 400 }),
        (value, count) => {
          const values = new Float64Array(count).fill(value);
          const ones = new Float64Array(count).fill(1);
          const flat = [
            new ValueSample(values, value, value),
            new ValueDistribution(values, ones),
            new ValueDistribution(Float64Array.of(value), Float64Array.of(count)),
          ];
          for (const statistics of flat) {
            expect(statistics.mean).toBe(value);
            expect(statistics.moment(2)).toBe(0);
            expect(statistics.meanAbsoluteDeviation()).toBe(0);
            expect(statistics.meanAbsoluteDeviation(value, value)).toBe(0);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('are those of the distribution', () => {
    fc.assert(
      fc.property(samples, ({ kind, count, seed }) => {
        const values = sample(kind === 'outlier' || kind === 'tiny' ? 'even' : kind, count, seed);
        const sorted = values.toSorted();
        const all = new ValueSample(values, sorted[0], sorted[count - 1]);
        const counted = new ValueDistribution(sorted, new Float64Array(count).fill(1));
        const close = (a: number, b: number, scale: number): void =>
          expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-12 * scale);
        const size = Math.max(Math.abs(all.minimum), Math.abs(all.maximum));
        close(all.mean, counted.mean, size);
        for (const power of [2, 3, 4] as const) {
          close(all.moment(power), counted.moment(power), size ** power);
        }
        close(all.energy(3), counted.energy(3), counted.energy(3));
        for (const percent of [0, 10, 33, 50, 90, 100]) {
          expect(all.percentile(percent)).toBe(counted.percentile(percent));
        }
        const [low, high] = [all.percentile(10), all.percentile(90)];
        close(all.meanAbsoluteDeviation(), counted.meanAbsoluteDeviation(), size);
        if (count > 2) {
          const robust = counted.meanAbsoluteDeviation(low, high);
          close(all.meanAbsoluteDeviation(low, high), robust, size);
        }
      }),
      { numRuns: 60 },
    );
  });
});
