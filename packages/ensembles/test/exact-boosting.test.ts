import { createRandom } from '@steatosis/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AdaBoostClassifier } from '../src/adaboost/adaboost-classifier.js';
import { AdaBoostRegressor } from '../src/adaboost/adaboost-regressor.js';
import { weightedSamples } from '../src/adaboost/r2.js';
import { weightedMedian } from '../src/adaboost/weighted-median.js';
import { GradientBoostingClassifier } from '../src/gradient-boosting/gradient-boosting-classifier.js';
import { GradientBoostingRegressor } from '../src/gradient-boosting/gradient-boosting-regressor.js';
import {
  interpolatedPercentile,
  weightedPercentile,
} from '../src/gradient-boosting/losses/percentile.js';
import type { TreeModel } from '../src/explain/tree-ensemble.js';
import { randomTable, type RandomTable, tables } from './support/random-data.js';

const runs = { numRuns: 25 };

/** Tables of three classes or outcomes, and a column that does not vary. */
const withOutcomes = tables().map(({ x, y }) => ({
  x: x.map((row) => [...row, 3]),
  classes: x.map((row, i) => (i < 3 ? i : Math.min(2, Math.max(0, Math.round(row[0] + 1))))),
  labels: y,
  outcomes: x.map((row, i) => row[0] * 2 + y[i]),
}));

describe('a sum of trees', () => {
  const sumOf = (model: TreeModel, row: number[]): number[] => {
    const { base, trees } = model.treeEnsemble();
    const sums = [...base];
    for (const tree of trees) {
      let node = 0;
      while (tree.left[node] !== -1) {
        const goesLeft = tree.goesLeft(node, Math.fround(row[tree.feature[node]]));
        node = goesLeft ? tree.left[node] : tree.right[node];
      }
      sums[tree.output] += tree.value[node];
    }
    return sums;
  };

  it('gives what each model gives', () => {
    fc.assert(
      fc.property(withOutcomes, ({ x, classes, labels, outcomes }) => {
        const classifiers = [
          new AdaBoostClassifier({ nEstimators: 5, maxDepth: 2 }).fit(x, labels),
          new AdaBoostClassifier({ nEstimators: 5, maxDepth: 3 }).fit(x, classes),
          new AdaBoostClassifier({ nEstimators: 5, algorithm: 'SAMME.R' }).fit(x, classes),
          new GradientBoostingClassifier({ nEstimators: 4 }).fit(x, labels),
          new GradientBoostingClassifier({ nEstimators: 4 }).fit(x, classes),
          new GradientBoostingClassifier({ nEstimators: 4, loss: 'exponential' }).fit(x, labels),
        ];
        for (const model of classifiers) {
          const expected = [...model.decisionFunction(x).data];
          const found = x.flatMap((row) => sumOf(model, row));
          found.forEach((value, i) => expect(value).toBeCloseTo(expected[i], 9));
        }
        const model = new GradientBoostingRegressor({ nEstimators: 4 }).fit(x, outcomes);
        const found = x.flatMap((row) => sumOf(model, row));
        found.forEach((value, i) => expect(value).toBeCloseTo(model.predict(x)[i], 9));
      }),
      runs,
    );
  });

  it('does so too for trees so deep, and rows so many, that they are walked in other ways', () => {
    const random = createRandom(8);
    const x = Array.from({ length: 203 }, () => [random.normal(), random.normal()]);
    const y = x.map(() => random.normal());
    const model = new GradientBoostingRegressor({ nEstimators: 3, maxDepth: null }).fit(x, y);
    const most = Math.max(...model.apply(x).data);
    expect(most).toBeGreaterThan(2 ** 8);
    const predicted = model.predict(x);
    x.forEach((row, i) => expect(sumOf(model, row)[0]).toBeCloseTo(predicted[i], 12));
    const shallow = new GradientBoostingRegressor({ nEstimators: 3, maxDepth: 8 }).fit(x, y);
    const all = shallow.predict(x);
    x.forEach((row, i) => expect(shallow.predict([row])[0]).toBe(all[i]));
  });
});

describe('staged predictions', () => {
  it('end with those of the whole model, one stage for each round', () => {
    fc.assert(
      fc.property(withOutcomes, ({ x, classes, outcomes }) => {
        const boosted = new GradientBoostingClassifier({ nEstimators: 3 }).fit(x, classes);
        const ada = new AdaBoostClassifier({ nEstimators: 6, maxDepth: 3 }).fit(x, classes);
        for (const model of [boosted, ada]) {
          const labels = [...model.stagedPredict(x)];
          expect(labels).toHaveLength(model === ada ? ada.estimatorErrors.length : 3);
          expect(labels.at(-1)).toEqual(model.predict(x));
          const probabilities = [...model.stagedPredictProba(x)];
          expect(probabilities.at(-1)?.data).toEqual(model.predictProba(x).data);
          for (const { data, shape } of probabilities) {
            expect(shape).toEqual([x.length, 3]);
            const sum = data.reduce((total, p) => total + p, 0);
            expect(sum).toBeCloseTo(x.length, 9);
          }
        }
        const regressor = new GradientBoostingRegressor({ nEstimators: 3 }).fit(x, outcomes);
        expect([...regressor.stagedPredict(x)].at(-1)).toEqual(regressor.predict(x));
        const r2 = new AdaBoostRegressor({ nEstimators: 4 }).fit(x, outcomes);
        expect([...r2.stagedPredict(x)].at(-1)).toEqual(r2.predict(x));
      }),
      runs,
    );
  });
});

describe('rows of weight 0', () => {
  it('are as though they were absent, whatever is drawn', () => {
    const parameters = {
      nEstimators: 6,
      subsample: 0.7,
      maxFeatures: 0.5,
      nIterNoChange: 2,
      validationFraction: 0.3,
      seed: 4,
    };
    fc.assert(
      fc.property(withOutcomes, ({ x, outcomes, labels }) => {
        const counts = x.map((_, row) => row % 5 !== 3);
        const only = <T>(values: T[]) => values.filter((_, row) => counts[row]);
        const sampleWeight = counts.map((taken) => (taken ? 1.5 : 0));
        const fewer = only(x).map(() => 1.5);
        const whole = new GradientBoostingRegressor(parameters).fit(x, outcomes, { sampleWeight });
        const part = new GradientBoostingRegressor(parameters).fit(only(x), only(outcomes), {
          sampleWeight: fewer,
        });
        expect(whole.toJSON()).toEqual(part.toJSON());
        const stumps = { nEstimators: 5, algorithm: 'SAMME.R' } as const;
        expect(new AdaBoostClassifier(stumps).fit(x, labels, { sampleWeight }).toJSON()).toEqual(
          new AdaBoostClassifier(stumps)
            .fit(only(x), only(labels), { sampleWeight: fewer })
            .toJSON(),
        );
      }),
      runs,
    );
  });
});

describe('magnitudes', () => {
  const { x, y } = randomTable(5, 60, 3, false);

  it('of weights do not matter', () => {
    const sampleWeight = y.map((_, row) => 1 + (row % 4) / 4);
    const fit = (factor: number) =>
      new GradientBoostingRegressor({ nEstimators: 5, loss: 'huber' })
        .fit(x, y, { sampleWeight: sampleWeight.map((weight) => weight * factor) })
        .predict(x);
    expect(fit(2 ** -700)).toEqual(fit(1));
    expect(fit(2 ** 700)).toEqual(fit(1));
  });

  it('of outcomes only scale the predictions, up to where their squares end', () => {
    const fit = (factor: number) =>
      new GradientBoostingRegressor({ nEstimators: 5 })
        .fit(
          x,
          x.map(([value]) => value * factor),
        )
        .predict(x);
    expect(fit(2 ** 480).map((value) => value / 2 ** 480)).toEqual(fit(1));
  });

  it('that make the loss grow without end are an error', () => {
    const wild = new GradientBoostingClassifier({ loss: 'exponential', learningRate: 1e6 });
    expect(() => wild.fit(x, y)).toThrow(/the loss is no finite number; a smaller learningRate/);
  });
});

describe('the split of a node', () => {
  /** Squared errors of both sides; the best of all places between two different values, found slowly. */
  const lossOf = ({ x, y }: RandomTable, feature: number, threshold: number) => {
    const variance = (values: number[]) => {
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      return values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    };
    const isLeft = (_: number, row: number) => x[row][feature] <= threshold;
    return variance(y.filter(isLeft)) + variance(y.filter((_, row) => !isLeft(_, row)));
  };
  const bestStump = (table: RandomTable) => {
    let best = { loss: Infinity, feature: -1, threshold: 0 };
    for (let feature = 0; feature < table.x[0].length; feature++) {
      const values = [...new Set(table.x.map((row) => row[feature]))].sort((a, b) => a - b);
      for (let i = 1; i < values.length; i++) {
        const threshold = (values[i - 1] + values[i]) / 2;
        const loss = lossOf(table, feature, threshold);
        if (loss < best.loss - 1e-9) best = { loss, feature, threshold };
      }
    }
    return best;
  };

  it('is the best of all, of equal ones that of the lowest feature and threshold', () => {
    fc.assert(
      fc.property(tables(), ({ x, y }) => {
        const { loss, feature, threshold } = bestStump({ x, y });
        const model = new GradientBoostingRegressor({ nEstimators: 1, maxDepth: 1 }).fit(x, y);
        const [tree] = model.toJSON().trees;
        expect([tree.feature[0], tree.threshold[0]]).toEqual([feature, threshold]);
        const weights = { sampleWeight: y.map(() => 2) };
        const [weighted] = new GradientBoostingRegressor({ nEstimators: 1, maxDepth: 1 })
          .fit(x, y, weights)
          .toJSON().trees;
        expect([weighted.feature[0], weighted.threshold[0]]).toEqual([feature, threshold]);
        // For two classes Gini impurity is twice the variance, so it has the same best loss; ties are decided by the
        // last bits of sums of weights, which are no round numbers here.
        const classifier = new AdaBoostClassifier({ nEstimators: 1, learningRate: 0.5 });
        const [{ tree: stump }] = classifier.fit(x, y).toJSON().estimators;
        expect(lossOf({ x, y }, stump.feature[0], stump.threshold[0])).toBeCloseTo(loss, 9);
      }),
      { numRuns: 60 },
    );
  });

  it('leaves enough rows on both sides', () => {
    fc.assert(
      fc.property(withOutcomes, fc.integer({ min: 1, max: 6 }), ({ x, outcomes }, least) => {
        const model = new GradientBoostingRegressor({
          nEstimators: 1,
          maxDepth: null,
          minSamplesLeaf: least,
        }).fit(x, outcomes);
        const leaves = model.apply(x).data;
        for (const leaf of new Set(leaves)) {
          expect(leaves.filter((other) => other === leaf).length).toBeGreaterThanOrEqual(least);
        }
      }),
      runs,
    );
  });
});

describe('growing the best split first', () => {
  it('gives no more leaves than asked for, and the same trees when there is no need to choose', () => {
    fc.assert(
      fc.property(withOutcomes, fc.integer({ min: 2, max: 9 }), ({ x, outcomes }, most) => {
        const grow = (maxLeafNodes: number | null) =>
          new GradientBoostingRegressor({ nEstimators: 2, maxDepth: 4, maxLeafNodes }).fit(
            x,
            outcomes,
          );
        for (const tree of grow(most).toJSON().trees) {
          expect(tree.left.filter((child) => child === -1).length).toBeLessThanOrEqual(most);
        }
        expect(grow(16).predict(x)).toEqual(grow(null).predict(x));
      }),
      runs,
    );
  });
});

describe('draws of features', () => {
  const { x, y } = randomTable(3, 60, 4, false);
  const constant = x.map((row) => [1, 2, ...row, 3, 4]);
  const fit = (maxFeatures: number | 'sqrt' | 'log2' | null, seed = 0) =>
    new GradientBoostingClassifier({ nEstimators: 8, maxFeatures, seed }).fit(constant, y);

  it('depend on the seed alone, and all features are none of them', () => {
    expect(fit(2).toJSON()).toEqual(fit(2).toJSON());
    expect(fit(2).predict(x.map((row) => [1, 2, ...row, 3, 4]))).toHaveLength(60);
    expect(fit(2, 1).toJSON().trees).not.toEqual(fit(2).toJSON().trees);
    expect(fit(8).toJSON().trees).toEqual(fit(null).toJSON().trees);
    expect(fit(100).toJSON().trees).toEqual(fit(null).toJSON().trees);
  });

  it('go on until a feature varies, as in scikit-learn', () => {
    const model = fit(1);
    for (const tree of model.toJSON().trees) expect(tree.left[0]).not.toBe(-1);
    const used = new Set(model.toJSON().trees.flatMap((tree) => tree.feature));
    expect([...used].sort((a, b) => a - b)).toEqual([-2, 2, 3, 4, 5]);
  });

  it('are so many, by share, square root or logarithm', () => {
    expect(fit('sqrt').toJSON().trees).toEqual(fit(2).toJSON().trees);
    expect(fit('log2').toJSON().trees).toEqual(fit(3).toJSON().trees);
    expect(fit(0.5).toJSON().trees).toEqual(fit(4).toJSON().trees);
    expect(fit(0.01).toJSON().trees).toEqual(fit(1).toJSON().trees);
  });
});

describe('draws of rows', () => {
  const { x, y } = randomTable(7, 80, 3, false);

  it('take the share of the rows in each round and tell of the rest', () => {
    const model = new GradientBoostingClassifier({ nEstimators: 30, subsample: 0.5, seed: 2 });
    model.fit(x, y);
    const { trees, oobImprovement } = model.toJSON();
    for (const tree of trees) expect(tree.weight[0]).toBe(40);
    expect(oobImprovement).toHaveLength(30);
    expect(model.oobImprovement?.[0]).toBeGreaterThan(0);
    const again = new GradientBoostingClassifier({ nEstimators: 30, subsample: 0.5, seed: 2 });
    expect(again.fit(x, y).toJSON()).toEqual(model.toJSON());
    const other = new GradientBoostingClassifier({ nEstimators: 30, subsample: 0.5, seed: 3 });
    expect(other.fit(x, y).toJSON().trees).not.toEqual(trees);
    expect(new GradientBoostingClassifier({ nEstimators: 1 }).fit(x, y).oobImprovement).toBe(
      undefined,
    );
    // Less than one row is one row.
    const least = new GradientBoostingClassifier({ nEstimators: 1, subsample: 1e-9 }).fit(x, y);
    expect(least.toJSON().trees[0].weight).toEqual([1]);
  });

  it('of AdaBoost.R2 follow the weights', () => {
    const draw = weightedSamples(1);
    const weights = Float64Array.from([0, 0.1, 0, 0.6, 0.3, 0]);
    const sums = new Float64Array(6);
    for (let round = 0; round < 2000; round++) {
      const times = draw(weights, round);
      expect(times.reduce((sum, n) => sum + n, 0)).toBe(6);
      times.forEach((n, row) => (sums[row] += n));
    }
    // Binomial with 12,000 draws: five standard deviations are less than 0.023.
    sums.forEach((sum, row) => expect(Math.abs(sum / 12000 - weights[row])).toBeLessThan(0.023));
    expect(sums[0] + sums[2] + sums[5]).toBe(0);
    expect(draw(weights, 7)).toEqual(weightedSamples(1)(weights, 7));
  });
});

describe('early stopping', () => {
  const { x, y } = randomTable(11, 150, 3, false);
  const outcomes = x.map(([value], row) => value + y[row] / 4);

  it('ends when the rows set aside no longer gain', () => {
    const stop = { nIterNoChange: 3, validationFraction: 0.2, seed: 5 };
    for (const Model of [GradientBoostingRegressor, GradientBoostingClassifier]) {
      const targets = Model === GradientBoostingRegressor ? outcomes : y;
      const model = new Model({ ...stop, nEstimators: 400 }).fit(x, targets);
      const rounds = model.trainScore.length;
      expect(rounds).toBeGreaterThan(3);
      expect(rounds).toBeLessThan(400);
      expect(model.toJSON().trees[0].weight[0]).toBe(120);
      expect(new Model({ ...stop, nEstimators: 400 }).fit(x, targets).toJSON()).toEqual(
        model.toJSON(),
      );
      // No gain is great enough for such a tolerance: the first rounds fill the memory, the next one ends it.
      const hasty = new Model({ ...stop, tol: 1e9 }).fit(x, targets);
      expect(hasty.trainScore).toHaveLength(4);
    }
  });

  it('needs rows of every class on both sides', () => {
    const model = new GradientBoostingClassifier({ nIterNoChange: 1 });
    const labels = y.map((_, row) => Number(row === 3));
    expect(() => model.fit(x, labels)).toThrow(/class 1 has one row/);
    const regressor = new GradientBoostingRegressor({ nIterNoChange: 1 });
    expect(() => regressor.fit([[1]], [2])).toThrow(/early stopping needs two rows or more/);
  });
});

describe('AdaBoost.R2', () => {
  it('predicts outcomes that lie among those of its trees, by trees that err less than half', () => {
    const losses = fc.constantFrom('linear' as const, 'square' as const, 'exponential' as const);
    fc.assert(
      fc.property(withOutcomes, losses, fc.integer(), ({ x, outcomes }, loss, seed) => {
        const model = new AdaBoostRegressor({ nEstimators: 10, loss, seed }).fit(x, outcomes);
        const { estimators } = model.toJSON();
        const errors = model.estimatorErrors;
        expect(errors.length === 1 || errors.every((error) => error < 0.5)).toBe(true);
        const values = estimators.flatMap(({ tree }) => tree.value);
        for (const value of model.predict(x)) expect(values).toContain(value);
        const revived = AdaBoostRegressor.fromJSON(JSON.parse(JSON.stringify(model)));
        expect(revived.predict(x)).toEqual(model.predict(x));
        expect(revived.featureImportances).toEqual(model.featureImportances);
      }),
      runs,
    );
  });

  it('ends with a perfect tree', () => {
    const model = new AdaBoostRegressor({ maxDepth: null }).fit([[1], [2]], [5, 5]);
    expect(model.estimatorWeights).toEqual(Float64Array.of(1));
    expect(model.estimatorErrors).toEqual(Float64Array.of(0));
    expect(model.predict([[9]])).toEqual(Float64Array.of(5));
    expect(model.featureImportances).toEqual(Float64Array.of(0));
  });
});

describe('percentiles', () => {
  const some = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 12 });

  it('count a value of weight n as n values', () => {
    fc.assert(
      fc.property(
        some,
        fc.infiniteStream(fc.integer({ min: 0, max: 3 })),
        fc.integer({ min: 0, max: 100 }),
        (values, stream, percent) => {
          const weights = values.map(() => stream.next().value ?? 0);
          weights[0] += 1;
          const repeated = values.flatMap((value, i) =>
            Array.from({ length: weights[i] }, () => value),
          );
          const wanted = repeated.sort((a, b) => a - b)[
            Math.max(0, Math.ceil((percent / 100) * repeated.length) - 1)
          ];
          expect(
            weightedPercentile(Float64Array.from(values), Float64Array.from(weights), percent),
          ).toBe(wanted);
          expect(weightedPercentile(Float64Array.from(repeated), undefined, percent)).toBe(wanted);
          if (percent === 50) {
            expect(weightedMedian(Float64Array.from(values), Float64Array.from(weights))).toBe(
              wanted,
            );
          }
        },
      ),
      {
        numRuns: 200,
        examples: [
          [
            [3, 1, 2],
            (function* () {
              for (;;) yield 1;
            })() as never,
            50,
          ],
        ],
      },
    );
  });

  it('interpolate as NumPy does', () => {
    // numpy 2.4: np.percentile([1, 2, 4, 8], [0, 10, 50, 80, 100])
    const wanted = [1, 1.3, 3, 5.6, 8];
    [0, 10, 50, 80, 100].forEach((percent, i) => {
      const found = interpolatedPercentile(Float64Array.of(4, 1, 8, 2), percent);
      expect(found).toBeCloseTo(wanted[i], 14);
    });
  });
});

describe('while one model is fitted', () => {
  it('another may be, from its progress', () => {
    const { x, y } = randomTable(2, 50, 3, false);
    const plain = new GradientBoostingClassifier({ nEstimators: 4 }).fit(x, y).toJSON();
    const inner: unknown[] = [];
    const model = new GradientBoostingClassifier({ nEstimators: 4 }).fit(x, y, {
      onProgress: () => {
        inner.push(new GradientBoostingClassifier({ nEstimators: 4 }).fit(x, y).toJSON());
        new AdaBoostClassifier({ nEstimators: 3 }).fit(x.slice(5), y.slice(5));
      },
    });
    expect(model.toJSON()).toEqual(plain);
    for (const other of inner) expect(other).toEqual(plain);
  });

  it('it can be given up', () => {
    const { x, y } = randomTable(2, 50, 3, false);
    const random = createRandom(1);
    const controller = new AbortController();
    let rounds = 0;
    const onProgress = () => {
      rounds++;
      if (rounds === 3) controller.abort();
    };
    const options = { signal: controller.signal, onProgress };
    const outcomes = y.map((value) => value + random.normal());
    expect(() => new GradientBoostingRegressor().fit(x, outcomes, options)).toThrow(
      /stopped before it had finished/,
    );
    expect(rounds).toBe(3);
    expect(() => new AdaBoostRegressor().fit(x, outcomes, options)).toThrow(
      /stopped before it had finished/,
    );
  });
});
