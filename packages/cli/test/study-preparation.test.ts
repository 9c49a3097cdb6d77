import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bestThreshold } from '../src/study/baselines.js';
import { learnPreparation, prepare } from '../src/study/scaling.js';

describe('preparation of features', () => {
  // Three rows of three columns; the second column varies only outside the training rows.
  const table = { data: Float64Array.of(1, 5, 10, 3, 5, 30, 7, 6, 20), rows: 3, columns: 3 };

  it('learns range and constant columns from the training rows alone', () => {
    const preparation = learnPreparation(table, [0, 1]);
    expect(Array.from(preparation.kept)).toEqual([0, 2]);
    expect(prepare(table, [0, 1, 2], preparation)).toEqual({
      data: Float64Array.of(0, 0, 1, 1, 3, 0.5),
      rows: 3,
      columns: 2,
    });
  });

  const learned = (from: typeof table) => {
    const { kept, scaler } = learnPreparation(from, [0, 1]);
    return [kept, scaler.toJSON()];
  };

  it('does not see the test rows: changing them changes nothing that was learned', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true }), { minLength: 3, maxLength: 3 }), (row) => {
        const other = { ...table, data: Float64Array.of(...table.data.subarray(0, 6), ...row) };
        expect(learned(other)).toEqual(learned(table));
      }),
    );
  });
});

describe('bestThreshold', () => {
  it('lies half-way between the classes that it can separate', () => {
    const threshold = bestThreshold({
      labels: Uint8Array.of(0, 1, 0, 1),
      scores: Float64Array.of(2, 8, 4, 6),
    });
    expect(threshold).toBe(5);
  });

  it('calls everything positive or negative where nothing better exists', () => {
    const reversed = { labels: Uint8Array.of(1, 0, 0), scores: Float64Array.of(1, 2, 3) };
    expect(bestThreshold(reversed)).toBe(3.5);
    const positives = { labels: Uint8Array.of(1, 1, 0), scores: Float64Array.of(1, 2, 0) };
    expect(bestThreshold(positives)).toBe(0.5);
  });

  it('is at least as accurate as every other threshold', () => {
    const rows = fc.array(fc.tuple(fc.constantFrom(0, 1), fc.integer({ min: 0, max: 9 })), {
      minLength: 1,
      maxLength: 40,
    });
    fc.assert(
      fc.property(rows, (drawn) => {
        const labels = Uint8Array.from(drawn, ([label]) => label);
        const scores = Float64Array.from(drawn, ([, score]) => score);
        const correct = (threshold: number) =>
          labels.filter((label, i) => (scores[i]! > threshold ? 1 : 0) === label).length;
        const found = correct(bestThreshold({ labels, scores }));
        for (let t = -1; t < 11; t++) expect(found).toBeGreaterThanOrEqual(correct(t + 0.5));
      }),
    );
  });
});
