import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  crossValidate,
  type DenseMatrix,
  gridSearch,
  type NumericVector,
  Pipeline,
  randomSearch,
  StandardScaler,
  StratifiedKFold,
  TunedModel,
  XGBClassifier,
  XGBRegressor,
} from '../src/index.js';
import { drawCandidates, gridPoints } from '../src/model-selection/search-space.js';
import { Centres } from './support/centres.js';
import { maxDifference, readJson } from './support/fixtures.js';

const golden = readJson('sklearn/model-selection.json.gz') as {
  grids: { grids: Record<string, unknown[]>[]; points: Record<string, unknown>[] };
  search: {
    x: number[][];
    y: number[];
    grid: { shift: number[]; factor: number[] };
    params: { shift: number; factor: number }[];
    mean: number[];
    sd: number[];
    rank: number[];
    best: { shift: number; factor: number };
  };
};
const groups = Array.from({ length: 40 }, (_, row) => row >> 1);
const x = groups.map((patient, row) => [(patient * 7) % 20, row % 3, (row * 5) % 11]);
const y = x.map(([a, , c]) => Number(a + c > 14));

describe('gridSearch', () => {
  it('has scikit-learn’s candidates', () => {
    expect(golden.grids.grids.flatMap(gridPoints)).toEqual(golden.grids.points);
    expect(() => gridPoints({ a: [] })).toThrow(/a is \[\]/);
    const long = Array.from({ length: 2000 }, (_, i) => i);
    expect(() => gridPoints({ a: long, b: long })).toThrow(/4000000 points/);
  });

  it('has scikit-learn’s scores, ranks and choice', async () => {
    const { x, y, grid, params, mean, sd, rank, best } = golden.search;
    const splits = new StratifiedKFold({ splits: 4 });
    const found = await gridSearch((p) => new Centres(p), grid, x, y, { splits });
    expect(found.candidates.map(({ parameters }) => parameters)).toEqual(params);
    const summary = found.candidates.map(({ scores }) => scores['accuracy']);
    expect(
      maxDifference(
        summary.map((s) => s.mean),
        mean,
      ),
    ).toBeLessThan(1e-14);
    expect(
      maxDifference(
        summary.map((s) => s.sd),
        sd,
      ),
    ).toBeLessThan(1e-14);
    expect(found.candidates.map((candidate) => candidate.rank)).toEqual(rank);
    expect(found.best.parameters).toEqual(best);
    const model = found.bestModel as Centres;
    expect(model.means).toEqual(new Centres().fit(matrixOf(x), y).means);
  });

  it('prefers less of a loss, and other scores if asked to', async () => {
    const make = (p: { maxDepth: number; nEstimators: number }) => new XGBClassifier(p);
    const grid = { maxDepth: [1, 3], nEstimators: [1, 8] };
    const options = { groups, splits: 4, scoring: ['log_loss', 'accuracy'] } as const;
    const byLoss = await gridSearch(make, grid, x, y, { ...options, refit: false });
    const losses = byLoss.candidates.map(({ scores }) => scores['log_loss'].mean);
    expect(byLoss.best.scores['log_loss'].mean).toBe(Math.min(...losses));
    expect(byLoss.bestModel).toBeUndefined();
    const byHits = await gridSearch(make, grid, x, y, { ...options, rankBy: 'accuracy' });
    const hits = byHits.candidates.map(({ scores }) => scores['accuracy'].mean);
    expect(byHits.best.scores['accuracy'].mean).toBe(Math.max(...hits));
    await expect(gridSearch(make, grid, x, y, { ...options, rankBy: 'f1' })).rejects.toThrow(
      /log_loss, accuracy/,
    );
    await expect(gridSearch(make, [], x, y)).rejects.toThrow(/at least one grid/);
    await expect(gridSearch(make, grid, x, y, { fit: 1 } as never)).rejects.toThrow(/refit/);
  });

  it('ranks candidates without a score last', async () => {
    const scoring = { name: 'odd', greaterIsBetter: true, score: scoreOf };
    function scoreOf({ predictions }: { predictions: Float64Array }): number {
      return predictions[0] === 1 ? Number.NaN : 0;
    }
    const found = await gridSearch((p) => new Centres(p), { shift: [-1e9, 1e9] }, x, y, {
      splits: 2,
      scoring,
    });
    expect(found.candidates.map(({ rank }) => rank)).toEqual([2, 1]);
    expect(found.warnings.every(({ code }) => code === 'UNDEFINED_SCORE')).toBe(true);
  });

  it('searches the steps of a pipeline, the same for any number of workers', async () => {
    const pipeline = new Pipeline([
      ['scale', new StandardScaler()],
      ['model', new XGBClassifier({ nEstimators: 3 })],
    ]);
    const run = async (workers: number) => {
      const progress: number[] = [];
      const found = await gridSearch(
        (parameters) => pipeline.unfitted(parameters),
        { 'model.maxDepth': [1, 2], 'model.learningRate': [0.1, 0.5] },
        x,
        y,
        {
          groups,
          splits: 3,
          scoring: 'log_loss',
          workers,
          onProgress: (p) => progress.push(p.done),
        },
      );
      expect(progress).toEqual(Array.from({ length: 13 }, (_, i) => i + 1));
      return JSON.stringify([found.candidates, found.bestModel]);
    };
    expect(await run(2)).toBe(await run(0));
  });
});

describe('randomSearch', () => {
  const space = {
    list: ['a', 'b'],
    uniform: { uniform: [-1, 2] },
    log: { logUniform: [1e-3, 10] },
    whole: { integer: [-2, 2] },
  } as const;

  it('draws from where it is told to', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        for (const drawn of drawCandidates(space, 5, seed)) {
          expect(space.list).toContain(drawn['list']);
          expect(drawn['uniform']).toBeGreaterThanOrEqual(-1);
          expect(drawn['uniform']).toBeLessThan(2);
          expect(drawn['log']).toBeGreaterThanOrEqual(1e-3);
          expect(drawn['log']).toBeLessThanOrEqual(10);
          expect([-2, -1, 0, 1, 2]).toContain(drawn['whole']);
        }
      }),
    );
    const many = drawCandidates(space, 4000, 1);
    const share = (test: (value: number) => boolean, name: string) =>
      many.filter((drawn) => test(drawn[name] as number)).length / 4000;
    // Four standard errors of a share of a half are 0.032.
    expect(Math.abs(share((value) => value < 0.5, 'uniform') - 0.5)).toBeLessThan(0.032);
    expect(Math.abs(share((value) => value < 0.1, 'log') - 0.5)).toBeLessThan(0.032);
    expect(Math.abs(share((value) => value === 2, 'whole') - 0.2)).toBeLessThan(0.026);
  });

  it('draws the same for a seed, and the first ones whatever follows', () => {
    expect(drawCandidates(space, 3, 8)).toEqual(drawCandidates(space, 9, 8).slice(0, 3));
    expect(drawCandidates(space, 3, 8)).not.toEqual(drawCandidates(space, 3, 9));
  });

  it('draws no point of lists twice, and takes all where there are few', () => {
    const lists = { a: [1, 2, 3], b: [4, 5] };
    const drawn = drawCandidates(lists, 5, 2).map((point) => JSON.stringify(point));
    expect(new Set(drawn).size).toBe(5);
    expect(drawCandidates(lists, 50, 2)).toEqual(gridPoints(lists));
  });

  it('refuses what is no distribution', () => {
    const bad: unknown[] = [
      [],
      undefined,
      { uniform: [2, 1] },
      { uniform: [0, Infinity] },
      { logUniform: [0, 1] },
      { integer: [0, 1.5] },
      { integer: [0, 2 ** 40] },
      { normal: [0, 1] },
      { uniform: [0, 1], integer: [0, 1] },
      { uniform: 3 },
    ];
    for (const distribution of bad) {
      expect(() => drawCandidates({ p: distribution as never }, 2, 0)).toThrow(/^p is/);
    }
  });

  it('finds the best of what it drew', async () => {
    const outcomes = x.map(([a, b]) => a + b);
    const found = await randomSearch(
      (p) => new XGBRegressor({ nEstimators: 5, ...p }),
      { maxDepth: { integer: [1, 4] }, learningRate: { logUniform: [0.01, 0.9] } },
      x,
      outcomes,
      { groups, splits: 3, candidates: 4, seed: 3, scoring: 'rmse' },
    );
    expect(found.candidates).toHaveLength(4);
    const means = found.candidates.map(({ scores }) => scores['rmse'].mean);
    expect(found.best.scores['rmse'].mean).toBe(Math.min(...means));
    expect(found.bestModel).toBeInstanceOf(XGBRegressor);
    const bad = randomSearch(() => new Centres(), {}, x, y, { candidates: 0 });
    await expect(bad).rejects.toThrow(/candidates/);
  });
});

describe('TunedModel', () => {
  const search = (x: DenseMatrix, y: NumericVector, options: object) =>
    gridSearch((p) => new Centres(p), { shift: [0, 5, -5] }, x, y, { ...options, splits: 2 });

  it('searches anew in every fold, by the groups of its training rows', async () => {
    const seen: unknown[] = [];
    const makeModel = () =>
      new TunedModel('classifier', (x, y, options) => {
        seen.push(options.groups);
        return search(x as DenseMatrix, y, options);
      });
    const result = await crossValidate(makeModel, x, y, { groups, splits: 4, returnModels: true });
    expect(seen).toEqual(result.folds.map(({ train }) => Array.from(train, (row) => groups[row])));
    for (const { model } of result.folds) {
      expect((model as TunedModel).search.candidates).toHaveLength(3);
    }
  });

  it('is what its best model is', async () => {
    const model = new TunedModel('classifier', (x, y) => search(x as DenseMatrix, y, {}));
    expect(() => model.predict(x)).toThrow(/not fitted/);
    await model.fit(matrixOf(x), y);
    expect(model.predict(matrixOf(x))).toEqual(model.model.predict(matrixOf(x)));
    expect(model.classes).toEqual([0, 1]);
    expect(() => model.predictProba(x)).toThrow(/predictProba/);
    expect(model.toJSON()).toBeUndefined();
    const boosted = new TunedModel('classifier', (x, y, options) =>
      gridSearch((p) => new XGBClassifier(p), { maxDepth: [1], nEstimators: [2] }, x, y, options),
    );
    await boosted.fit(x, y, { groups });
    expect(boosted.predictProba(x).shape).toEqual([40, 2]);
    expect(boosted.toJSON()).toMatchObject({ model: 'XGBClassifier' });
    expect(() => new TunedModel('cluster' as never, () => search(matrixOf(x), y, {}))).toThrow(
      /'regressor'/,
    );
    const without = new TunedModel('classifier', (x, y) =>
      search(x as DenseMatrix, y, { refit: false }),
    );
    await expect(without.fit(matrixOf(x), y)).rejects.toThrow(/refit/);
  });
});

function matrixOf(rows: number[][]): DenseMatrix {
  return { data: Float64Array.from(rows.flat()), rows: rows.length, columns: rows[0].length };
}
