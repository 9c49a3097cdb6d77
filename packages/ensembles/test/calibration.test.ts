import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CalibratedClassifier,
  type CalibrationMethod,
  IsotonicRegression,
  sharedGroups,
  StratifiedKFold,
  XGBClassifier,
} from '../src/index.js';
import { fitPlatt, plattProbabilities } from '../src/calibration/platt.js';
import { Centres } from './support/centres.js';
import { maxDifference, readJson } from './support/fixtures.js';

const golden = readJson('sklearn/model-selection.json.gz') as {
  platt: {
    scores: number[];
    y: number[];
    weights: number[] | null;
    sklearn: [number, number];
    exact: [number, number];
  }[];
  isotonic: {
    x: number[];
    y: number[];
    weights: number[] | null;
    increasing: boolean;
    limits: [number | null, number | null];
    thresholds_x: number[];
    thresholds_y: number[];
    at: number[];
    predicted: number[];
  }[];
  calibrated: {
    x: number[][];
    y: number[];
    method: CalibrationMethod;
    ensemble: boolean;
    at: number[][];
    probabilities: number[][];
  }[];
};

describe('Platt’s curve', () => {
  it.each(golden.platt)('is at the optimum that scikit-learn approaches', (example) => {
    const scores = Float64Array.from(example.scores);
    const weights = example.weights ? Float64Array.from(example.weights) : undefined;
    const isPositive = example.y.map((label) => label === 1);
    const curve = fitPlatt(scores, isPositive, weights);
    const [slope, intercept] = example.exact;
    expect(Math.abs(curve.slope / slope - 1)).toBeLessThan(1e-9);
    expect(Math.abs(curve.intercept - intercept)).toBeLessThan(1e-9);
    // scikit-learn stops where the gradient is below 1e-6.
    const theirs = plattProbabilities(
      { slope: example.sklearn[0], intercept: example.sklearn[1] },
      scores,
    );
    expect(maxDifference(plattProbabilities(curve, scores), theirs)).toBeLessThan(1e-5);
  });

  it('stays finite for separable and for equal scores', () => {
    const apart = fitPlatt(Float64Array.of(-5, -4, 4, 5), [false, false, true, true], undefined);
    const [low, lower, high, higher] = plattProbabilities(apart, Float64Array.of(-5, -4, 4, 5));
    // Where the likelihood is greatest, probabilities times scores sum to targets times scores, here on each side.
    expect(5 * low + 4 * lower).toBeCloseTo((5 + 4) * (1 / 4), 10);
    expect(4 * high + 5 * higher).toBeCloseTo((4 + 5) * (3 / 4), 10);
    expect(() => fitPlatt(Float64Array.of(1, NaN), [true, false], undefined)).toThrow(/row 1/);
    const equal = fitPlatt(Float64Array.of(2, 2, 2, 2), [false, true, true, true], undefined);
    // Mean of the targets 4/5 (three times) and 1/3.
    expect(plattProbabilities(equal, Float64Array.of(2))[0]).toBeCloseTo((3 * 0.8 + 1 / 3) / 4, 8);
  });
});

describe('IsotonicRegression', () => {
  it.each(golden.isotonic)('is scikit-learn’s curve', (example) => {
    const { x, y, weights, increasing, limits, at, predicted } = example;
    const parameters = { increasing, yMin: limits[0] ?? undefined, yMax: limits[1] ?? undefined };
    const curve = new IsotonicRegression(parameters);
    curve.fit(x, y, { sampleWeight: weights ?? undefined });
    expect([...curve.thresholds.x]).toEqual(example.thresholds_x);
    expect(maxDifference(curve.thresholds.y, example.thresholds_y)).toBeLessThan(1e-13);
    expect(maxDifference(curve.predict(at), predicted)).toBeLessThan(1e-12);
    const back = IsotonicRegression.fromJSON(JSON.parse(JSON.stringify(curve)));
    expect(back.predict(at)).toEqual(curve.predict(at));
  });

  it('is monotone, keeps the mean, and is best among its neighbours', () => {
    const points = fc.array(
      fc.record({ x: fc.integer({ min: 0, max: 15 }), y: fc.integer({ min: -9, max: 9 }) }),
      { minLength: 1, maxLength: 30 },
    );
    fc.assert(
      fc.property(points, (all) => {
        const x = all.map((point) => point.x);
        const y = all.map((point) => point.y);
        const curve = new IsotonicRegression().fit(x, y);
        const grid = Array.from({ length: 33 }, (_, i) => i / 2 - 0.5);
        const values = curve.predict(grid);
        values.forEach((value, i) => i > 0 && expect(value).toBeGreaterThanOrEqual(values[i - 1]));
        const fitted = curve.predict(x);
        const rest = y.reduce((sum, value, i) => sum + value - fitted[i], 0);
        expect(Math.abs(rest)).toBeLessThan(1e-9);
      }),
    );
  });

  it('gives NaN outside if asked to, and refuses what it cannot fit', () => {
    const curve = new IsotonicRegression({ outOfBounds: 'nan' }).fit([1, 2], [0, 1]);
    expect([...curve.predict([0, 1, 2.5, Number.NaN])]).toEqual([NaN, 0, NaN, NaN]);
    expect(() => new IsotonicRegression().predict([1])).toThrow(/not fitted/);
    expect(() => new IsotonicRegression().fit([1, Infinity], [0, 1])).toThrow(/x \(row 1\)/);
    expect(() => new IsotonicRegression().fit([], [])).toThrow(/at least one point/);
    expect(() => new IsotonicRegression({ yMin: 2, yMax: 1 })).toThrow(/yMax/);
    expect(() => new IsotonicRegression({ yMin: NaN })).toThrow(/yMin/);
    expect(() => new IsotonicRegression({ increasing: 1 as never })).toThrow(/increasing/);
    expect(() => new IsotonicRegression({ outOfBounds: 'raise' as never })).toThrow(/outOfBounds/);
    const json = curve.toJSON();
    expect(() => IsotonicRegression.fromJSON({ ...json, x: [2, 1] })).toThrow(/ascending/);
  });
});

describe('CalibratedClassifier', () => {
  it.each(golden.calibrated)('has scikit-learn’s probabilities: $method, $ensemble', (example) => {
    const { x, y, method, ensemble, at, probabilities } = example;
    const splits = new StratifiedKFold({ splits: 3 });
    const model = new CalibratedClassifier(new Centres(), { method, ensemble, splits }).fit(x, y);
    expect(model.classes).toEqual([...new Set(y)].sort((a, b) => a - b));
    // The tolerance of scikit-learn’s search for Platt’s curve; isotonic curves agree to rounding.
    const tolerance = method === 'sigmoid' ? 1e-5 : 1e-12;
    const found = model.predictProba(at);
    expect(maxDifference(found.data, probabilities.flat())).toBeLessThan(tolerance);
    model.predict(at).forEach((label, row) => {
      const own = Array.from(model.classes, (_, k) => found.get(row, k));
      expect(label).toBe(model.classes[own.indexOf(Math.max(...own))]);
    });
  });

  const groups = Array.from({ length: 60 }, (_, row) => `patient ${row >> 1}`);
  const x = groups.map((_, row) => [((row >> 1) * 7) % 30, row % 5]);
  const y = x.map(([a, b]) => Number(a + 3 * b > 20));

  it('calibrates on patients that the base has not seen', () => {
    const seen: { train: number[]; test: number[] }[] = [];
    class Watching extends Centres {
      override fit(matrix: Parameters<Centres['fit']>[0], labels: Parameters<Centres['fit']>[1]) {
        seen.push({ train: idsOf(matrix.data), test: [] });
        return super.fit(matrix, labels);
      }
      override decisionFunction(matrix: Parameters<Centres['fit']>[0]) {
        seen[seen.length - 1].test.push(...idsOf(matrix.data));
        return super.decisionFunction(matrix);
      }
    }
    const idsOf = (data: ArrayLike<number>) => Array.from(data).filter((_, i) => i % 2 === 0);
    const named = x.map(([, b], row) => [row, b]);
    new CalibratedClassifier(new Watching(), { splits: 3 }).fit(named, y, { groups });
    expect(seen).toHaveLength(3);
    for (const { train, test } of seen) {
      expect(test.length).toBeGreaterThan(0);
      expect(sharedGroups(groups, train, test)).toEqual([]);
    }
  });

  it('is the same after a trip through JSON', () => {
    for (const method of ['sigmoid', 'isotonic'] as const) {
      const base = new XGBClassifier({ nEstimators: 5, maxDepth: 2 });
      const model = new CalibratedClassifier(base, { method, splits: 3 }).fit(x, y, { groups });
      const back = CalibratedClassifier.fromJSON(JSON.parse(JSON.stringify(model)));
      expect(back.predictProba(x).data).toEqual(model.predictProba(x).data);
      expect(back.toJSON()).toEqual(model.toJSON());
      const document = JSON.parse(JSON.stringify(model));
      document.members[0].calibrators = [];
      expect(() => CalibratedClassifier.fromJSON(document)).toThrow(/calibrators: 0 are found/);
    }
  });

  it('takes a base that is fitted already', () => {
    const base = new XGBClassifier({ nEstimators: 5, maxDepth: 2 }).fit(
      x.slice(0, 30),
      y.slice(0, 30),
    );
    const model = new CalibratedClassifier(base, { prefit: true }).fit(x.slice(30), y.slice(30));
    expect(model.members[0].model).toBe(base);
    const back = CalibratedClassifier.fromJSON(JSON.parse(JSON.stringify(model)));
    expect(back.predictProba(x).data).toEqual(model.predictProba(x).data);
  });

  it('counts weights in the curves, and reports progress', () => {
    const base = new XGBClassifier({ nEstimators: 3, maxDepth: 2 });
    const twice = [...x, ...x.slice(0, 10)];
    const fold = { train: Int32Array.from(x.keys()), test: Int32Array.from(x.keys()) };
    const splits = { split: () => [{ train: fold.train.slice(30), test: fold.test.slice(0, 30) }] };
    const repeated = {
      split: () => [
        {
          train: fold.train.slice(30),
          test: Int32Array.from([
            ...fold.test.slice(0, 30),
            ...Array.from({ length: 10 }, (_, i) => 60 + i),
          ]),
        },
      ],
    };
    const progress: number[] = [];
    const weighted = new CalibratedClassifier(base, { splits }).fit(x, y, {
      sampleWeight: x.map((_, row) => (row < 10 ? 2 : 1)),
      onProgress: ({ done, total }) => progress.push(done, total!),
    });
    const doubled = new CalibratedClassifier(base, { splits: repeated }).fit(twice, [
      ...y,
      ...y.slice(0, 10),
    ]);
    expect(maxDifference(weighted.predictProba(x).data, doubled.predictProba(x).data)).toBeLessThan(
      1e-9,
    );
    expect(progress).toEqual([1, 1]);
  });

  it('refuses what it cannot do', () => {
    const base = new Centres();
    expect(() => new CalibratedClassifier(undefined as never)).toThrow(/base is undefined/);
    expect(() => new CalibratedClassifier(base, { method: 'platt' as never })).toThrow(/sigmoid/);
    expect(() => new CalibratedClassifier(base, { splits: 1 })).toThrow(/splits/);
    expect(() => new CalibratedClassifier(base, { ensemble: 1 as never })).toThrow(/ensemble/);
    expect(() => new CalibratedClassifier(base).predict(x)).toThrow(/not fitted/);
    const regressor = { fit: () => 0, predict: () => [0], parameters: {}, constructor: Centres };
    expect(() => new CalibratedClassifier(regressor, { prefit: true }).fit(x, y)).toThrow(
      /classifier/,
    );
    const waiting = { fit: () => Promise.resolve(), predict: () => [0] };
    expect(() => new CalibratedClassifier(waiting).fit(x, y)).toThrow(/fitted at once/);
    const stop = new AbortController();
    stop.abort();
    const { signal } = stop;
    expect(() => new CalibratedClassifier(base).fit(x, y, { signal })).toThrow(/stopped/);
    const partly = { split: () => [{ train: Int32Array.of(0, 59), test: Int32Array.of(1) }] };
    expect(() =>
      new CalibratedClassifier(base, { splits: partly, ensemble: false }).fit(x, y),
    ).toThrow(/row 0 0 times|lack a class/);
  });
});
