import { createRandom } from '@steatosis/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  AdaBoostClassifier,
  Booster,
  GradientBoostingClassifier,
  GradientBoostingRegressor,
  XGBClassifier,
  XGBRegressor,
} from '../src/index.js';
import { maxDifference } from './support/fixtures.js';
import { type RandomTable, reorder, tables } from './support/random-data.js';

const runs = { numRuns: 60 };

/** The models by one face: what they say of each row as one number. */
const models = {
  XGBClassifier: {
    missing: true,
    fit: ({ x, y }: RandomTable, sampleWeight?: number[]) => {
      const model = new XGBClassifier({ nEstimators: 4, maxDepth: 3, minChildWeight: 0.1 });
      model.fit(x, y, { sampleWeight });
      return { model, score: (rows: number[][]) => model.predictMargin(rows) };
    },
    revive: (json: unknown) => {
      const model = XGBClassifier.fromJSON(json);
      return (rows: number[][]) => model.predictMargin(rows);
    },
  },
  XGBRegressor: {
    missing: true,
    fit: ({ x, y }: RandomTable, sampleWeight?: number[]) => {
      const model = new XGBRegressor({ nEstimators: 4, maxDepth: 3 }).fit(x, y, { sampleWeight });
      return { model, score: (rows: number[][]) => model.predict(rows) };
    },
    revive: (json: unknown) => {
      const model = XGBRegressor.fromJSON(json);
      return (rows: number[][]) => model.predict(rows);
    },
  },
  AdaBoostClassifier: {
    missing: false,
    fit: ({ x, y }: RandomTable, sampleWeight?: number[]) => {
      const model = new AdaBoostClassifier({ nEstimators: 4, maxDepth: 2 });
      model.fit(x, y, { sampleWeight });
      return { model, score: (rows: number[][]) => model.decisionFunction(rows).data };
    },
    revive: (json: unknown) => {
      const model = AdaBoostClassifier.fromJSON(json);
      return (rows: number[][]) => model.decisionFunction(rows).data;
    },
  },
  GradientBoostingClassifier: {
    missing: false,
    fit: ({ x, y }: RandomTable, sampleWeight?: number[]) => {
      const model = new GradientBoostingClassifier({ nEstimators: 4, maxDepth: 2 });
      model.fit(x, y, { sampleWeight });
      return { model, score: (rows: number[][]) => model.decisionFunction(rows).data };
    },
    revive: (json: unknown) => {
      const model = GradientBoostingClassifier.fromJSON(json);
      return (rows: number[][]) => model.decisionFunction(rows).data;
    },
  },
  GradientBoostingRegressor: {
    missing: false,
    fit: ({ x, y }: RandomTable, sampleWeight?: number[]) => {
      const model = new GradientBoostingRegressor({ nEstimators: 4, maxDepth: 2 });
      model.fit(x, y, { sampleWeight });
      return { model, score: (rows: number[][]) => model.predict(rows) };
    },
    revive: (json: unknown) => {
      const model = GradientBoostingRegressor.fromJSON(json);
      return (rows: number[][]) => model.predict(rows);
    },
  },
};

describe.each(Object.entries(models))('%s', (_, { missing, fit, revive }) => {
  it('does not change by a bit when a constant feature is added', () => {
    fc.assert(
      fc.property(
        tables({ missing }),
        fc.double({ min: -9, max: 9, noNaN: true }),
        ({ x, y }, constant) => {
          const widened = x.map((row) => [...row, constant]);
          expect(fit({ x: widened, y }).score(widened)).toEqual(fit({ x, y }).score(x));
        },
      ),
      runs,
    );
  });

  it('gives the same predictions to the last bit after JSON', () => {
    fc.assert(
      fc.property(tables({ missing }), ({ x, y }) => {
        const { model, score } = fit({ x, y });
        const revived = revive(JSON.parse(JSON.stringify(model)));
        expect(revived(x)).toEqual(score(x));
      }),
      runs,
    );
  });

  // XGBoost's penalties do not scale with the weights.
  if (!missing) {
    it('does not mind weights that are all halved', () => {
      fc.assert(
        fc.property(tables(), ({ x, y }) => {
          const half = fit(
            { x, y },
            x.map(() => 0.5),
          ).score(x);
          expect(maxDifference(half, fit({ x, y }).score(x))).toBeLessThanOrEqual(1e-9);
        }),
        runs,
      );
    });
  }

  it('takes a row of weight 0 as absent', () => {
    fc.assert(
      fc.property(tables({ missing }), fc.nat(), ({ x, y }, at) => {
        const out = 2 + (at % (x.length - 2));
        const weights = x.map((_row, row) => (row === out ? 0 : 1));
        const without = { x: x.toSpliced(out, 1), y: y.toSpliced(out, 1) };
        const found = fit({ x, y }, weights).score(without.x);
        expect(maxDifference(found, fit(without).score(without.x))).toBeLessThanOrEqual(1e-6);
      }),
      runs,
    );
  });
});

// Sums in another order can break exact ties another way, and with them trees: continuous features have none here.
describe('with continuous features', () => {
  const continuous = fc
    .record({ seed: fc.integer(), rows: fc.integer({ min: 40, max: 80 }) })
    .map(({ seed, rows }) => {
      const random = createRandom(seed);
      const x = Array.from({ length: rows }, () => [
        random.normal(),
        random.normal(),
        random.normal(),
      ]);
      const y = x.map(([a, b]) => a + b * b + random.normal());
      return { x, y, order: random.permutation(rows) };
    });
  const fitters = {
    XGBRegressor: (x: number[][], y: number[], sampleWeight?: number[]) => {
      const model = new XGBRegressor({ nEstimators: 3, maxDepth: 2 }).fit(x, y, { sampleWeight });
      return (rows: number[][]) => model.predict(rows);
    },
    GradientBoostingRegressor: (x: number[][], y: number[], sampleWeight?: number[]) => {
      const model = new GradientBoostingRegressor({ nEstimators: 3, maxDepth: 2 });
      model.fit(x, y, { sampleWeight });
      return (rows: number[][]) => model.predict(rows);
    },
  };

  describe.each(Object.entries(fitters))('%s', (_, fit) => {
    it('does not depend on the order of the rows', () => {
      fc.assert(
        fc.property(continuous, ({ x, y, order }) => {
          const other = fit(reorder(x, order), reorder(y, order));
          expect(maxDifference(other(x), fit(x, y)(x))).toBeLessThanOrEqual(1e-5);
        }),
        runs,
      );
    });

    it('takes a row twice as it takes a row of weight 2', () => {
      fc.assert(
        fc.property(continuous, fc.nat(), ({ x, y }, at) => {
          const row = at % x.length;
          const weights = x.map((_row, i) => (i === row ? 2 : 1));
          const twice = fit([...x, x[row]], [...y, y[row]]);
          expect(maxDifference(twice(x), fit(x, y, weights)(x))).toBeLessThanOrEqual(1e-5);
        }),
        runs,
      );
    });
  });

  it('AdaBoost’s stumps do neither', () => {
    fc.assert(
      fc.property(continuous, fc.nat(), ({ x, y, order }, at) => {
        const labels = y.map((value) => Number(value > 0.5));
        fc.pre(new Set(labels).size === 2);
        const row = at % x.length;
        const weights = x.map((_row, i) => (i === row ? 2 : 1));
        const first = (model: AdaBoostClassifier) => model.estimatorErrors[0];
        const plain = new AdaBoostClassifier({ nEstimators: 1 }).fit(x, labels);
        const other = new AdaBoostClassifier({ nEstimators: 1 });
        other.fit(reorder(x, order), reorder(labels, order));
        expect(first(other)).toBeCloseTo(first(plain), 12);
        const weighted = new AdaBoostClassifier({ nEstimators: 1 });
        weighted.fit(x, labels, { sampleWeight: weights });
        const twice = new AdaBoostClassifier({ nEstimators: 1 });
        twice.fit([...x, x[row]], [...labels, labels[row]]);
        expect(first(twice)).toBeCloseTo(first(weighted), 12);
      }),
      runs,
    );
  });
});

describe('the histogram booster', () => {
  it('sends NaN the stored way', () => {
    fc.assert(
      fc.property(tables({ missing: true }), ({ x, y }) => {
        const model = new XGBClassifier({ nEstimators: 1, maxDepth: 4, minChildWeight: 0 }).fit(
          x,
          y,
        );
        const [tree] = model.booster.trees;
        const base = model.predictMargin(x);
        x.forEach((row, i) => {
          let node = 0;
          while (tree.leftChildren[node] !== -1) {
            const value = row[tree.splitIndices[node]];
            const left = Number.isNaN(value)
              ? tree.defaultLeft[node] === 1
              : Math.fround(value) < tree.splitConditions[node];
            node = left ? tree.leftChildren[node] : tree.rightChildren[node];
          }
          const bias = Math.fround(
            Math.log(model.booster.baseScore / (1 - model.booster.baseScore)),
          );
          expect(base[i]).toBeCloseTo(bias + tree.splitConditions[node], 5);
        });
      }),
      runs,
    );
  });

  it('makes the same trees of 2x as of x: cuts and thresholds double', () => {
    fc.assert(
      fc.property(tables({ missing: true }), ({ x, y }) => {
        const doubled = x.map((row) => row.map((value) => 2 * value));
        const model = new XGBClassifier({ nEstimators: 3, minChildWeight: 0.1 }).fit(x, y);
        const other = new XGBClassifier({ nEstimators: 3, minChildWeight: 0.1 }).fit(doubled, y);
        expect(other.predictMargin(doubled)).toEqual(model.predictMargin(x));
      }),
      runs,
    );
  });

  it('does not mind a monotone transform of the features when every value has its own bin', () => {
    fc.assert(
      fc.property(tables({ missing: true }), ({ x, y }) => {
        const warped = x.map((row) => row.map((value) => Math.exp(value / 4)));
        const model = new XGBRegressor({ nEstimators: 3 }).fit(x, y);
        expect(new XGBRegressor({ nEstimators: 3 }).fit(warped, y).predict(warped)).toEqual(
          model.predict(x),
        );
      }),
      runs,
    );
  });

  it('never gains from a larger gamma or child weight: trees only get smaller', () => {
    fc.assert(
      fc.property(tables(), fc.double({ min: 0, max: 3, noNaN: true }), ({ x, y }, gamma) => {
        const nodes = (model: XGBRegressor) => model.booster.trees[0].leftChildren.length;
        const free = new XGBRegressor({ nEstimators: 1 }).fit(x, y);
        expect(nodes(new XGBRegressor({ nEstimators: 1, gamma }).fit(x, y))).toBeLessThanOrEqual(
          nodes(free),
        );
      }),
      runs,
    );
  });

  it('reads what it writes, in XGBoost’s format, to the last bit', () => {
    fc.assert(
      fc.property(tables({ missing: true }), ({ x, y }) => {
        const { booster } = new XGBRegressor({ nEstimators: 3 }).fit(x, y);
        const copy = Booster.load(new TextEncoder().encode(booster.save('json')));
        expect(copy.trees).toEqual(booster.trees);
        expect(copy.predict(x)).toEqual(booster.predict(x));
        expect(copy.save('json')).toBe(booster.save('json'));
      }),
      runs,
    );
  });
});
