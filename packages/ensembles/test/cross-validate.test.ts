import { createRandom } from '@steatosis/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  AdaBoostClassifier,
  CalibratedClassifier,
  CorrelationFilter,
  crossValidate,
  GradientBoostingRegressor,
  GroupKFold,
  KFold,
  LeaveOneGroupOut,
  Pipeline,
  RepeatedSplits,
  sharedGroups,
  type SplitWarning,
  StandardScaler,
  StratifiedGroupKFold,
  StratifiedKFold,
  VarianceFilter,
  XGBClassifier,
  XGBRegressor,
} from '../src/index.js';
import { Centres } from './support/centres.js';
import { readJson } from './support/fixtures.js';

const golden = readJson('sklearn/model-selection.json.gz') as {
  kfold: { rows: number; splits: number; test: number[][] }[];
  group_kfold: { groups: number[]; test: number[][] };
  leave_one_group_out: { groups: number[]; test: number[][] };
};

const column = (rows: number) => Array.from({ length: rows }, () => [0]);

/** Two regions of each of 20 patients, four features of which one repeats another. */
const groups = Array.from({ length: 40 }, (_, row) => `p${row >> 1}`);
const random = createRandom(3);
const y = groups.map((_, row) => Number((row >> 1) % 3 === 0));
const x = y.map((label) => {
  const signal = label + random.normal();
  return [signal, random.normal(), 2 * signal, random.normal()];
});
const makePipeline = () =>
  new Pipeline([
    ['scale', new StandardScaler()],
    ['varying', new VarianceFilter()],
    ['distinct', new CorrelationFilter({ threshold: 0.95 })],
    ['model', new XGBClassifier({ nEstimators: 6, maxDepth: 2 })],
  ]);

describe('splitters', () => {
  it.each(golden.kfold)('KFold is scikit-learn’s: $splits of $rows', ({ rows, splits, test }) => {
    const folds = new KFold({ splits }).split(column(rows));
    expect(folds.map((fold) => [...fold.test])).toEqual(test);
  });

  it('LeaveOneGroupOut tests the groups in the order of scikit-learn', () => {
    const { groups, test } = golden.leave_one_group_out;
    const folds = new LeaveOneGroupOut().split(column(groups.length), undefined, groups);
    expect(folds.map((fold) => [...fold.test])).toEqual(test);
    expect(() => new LeaveOneGroupOut().split(column(2), undefined, [1, 1])).toThrow(/one group/);
  });

  it('GroupKFold balances rows as scikit-learn does', () => {
    const { groups, test } = golden.group_kfold;
    const folds = new GroupKFold({ splits: 3 }).split(column(groups.length), undefined, groups);
    const sizes = (sets: ArrayLike<number>[]) =>
      sets.map(({ length }) => length).sort((a, b) => a - b);
    expect(sizes(folds.map((fold) => fold.test))).toEqual(sizes(test));
  });

  it('KFold tests each row once, in sizes that differ by one, the same for the same seed', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 40 }),
        fc.integer({ min: 2, max: 6 }),
        fc.integer(),
        (rows, splits, seed) => {
          fc.pre(rows >= splits);
          const splitter = new KFold({ splits, shuffle: true, seed });
          const folds = splitter.split(column(rows));
          expect(folds.flatMap(({ test }) => [...test]).sort((a, b) => a - b)).toEqual([
            ...column(rows).keys(),
          ]);
          const sizes = folds.map(({ test }) => test.length);
          expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
          expect(splitter.split(column(rows))).toEqual(folds);
        },
      ),
    );
    expect(() => new KFold({ splits: 5 }).split(column(4))).toThrow(/rows, 4/);
  });

  it('KFold tells of groups that it tears apart', () => {
    const warnings: SplitWarning[] = [];
    const splitter = new KFold({ splits: 2, onWarning: (warning) => warnings.push(warning) });
    splitter.split(column(4), undefined, ['a', 'b', 'b', 'c']);
    expect(warnings.map(({ labels }) => labels)).toEqual([['b'], ['b']]);
  });

  it('RepeatedSplits divides anew each time', () => {
    const splitter = new RepeatedSplits(StratifiedGroupKFold, { splits: 4, repeats: 3, seed: 5 });
    const folds = splitter.split(x, y, groups);
    expect(folds).toHaveLength(12);
    for (const { train, test } of folds) expect(sharedGroups(groups, train, test)).toEqual([]);
    for (const repeat of [0, 4, 8]) {
      const tested = folds.slice(repeat, repeat + 4).flatMap(({ test }) => [...test]);
      expect(tested.sort((a, b) => a - b)).toEqual([...x.keys()]);
    }
    expect(folds.slice(0, 4)).not.toEqual(folds.slice(4, 8));
    expect(() => new RepeatedSplits(KFold, { repeats: 0 })).toThrow(/repeats/);
    expect(() => new RepeatedSplits(KFold, { splits: 1 })).toThrow(/splits/);
    expect(() => new RepeatedSplits(KFold, { shuffle: true } as never)).toThrow(/shuffle/);
  });
});

describe('crossValidate', () => {
  it('does what it says: each fold by hand', async () => {
    const result = await crossValidate(makePipeline, x, y, {
      groups,
      splits: 4,
      scoring: ['accuracy', 'roc_auc'],
      returnModels: true,
      returnPredictions: true,
      trainScores: true,
    });
    const folds = new StratifiedGroupKFold({ splits: 4 }).split(x, y, groups);
    expect(result.folds).toHaveLength(4);
    expect(result.classes).toEqual([0, 1]);
    expect(result.warnings).toEqual([]);
    folds.forEach(({ train, test }, i) => {
      const model = makePipeline().fit(
        Array.from(train, (row) => x[row]),
        Array.from(train, (row) => y[row]),
      );
      const said = model.predict(Array.from(test, (row) => x[row]));
      const hits = said.filter((label, k) => label === y[test[k]]).length;
      const fold = result.folds[i];
      expect([fold.train, fold.test]).toEqual([train, test]);
      expect(fold.scores['accuracy']).toBe(hits / test.length);
      expect(fold.predictions).toEqual(said);
      expect(JSON.stringify(fold.model)).toBe(JSON.stringify(model));
      expect(fold.trainScores!['accuracy']).toBeGreaterThan(0.5);
      test.forEach((row, k) => {
        expect(result.predictions![row]).toBe(said[k]);
        expect(result.probabilities!.get(row, 1)).toBe(fold.probabilities!.get(k, 1));
      });
    });
    const { values, mean, sd } = result.scores['accuracy'];
    expect([...values]).toEqual(result.folds.map(({ scores }) => scores['accuracy']));
    expect(mean).toBeCloseTo(values.reduce((sum, value) => sum + value) / 4, 14);
    expect(sd ** 2).toBeCloseTo(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / 4, 14);
    expect(result.trainScores!['roc_auc'].values).toHaveLength(4);
  });

  it('shows a model nothing of the rows that it is tested on', async () => {
    const models = async (features: number[][], labels: number[]) => {
      const splits = new GroupKFold({ splits: 4 });
      const options = { groups, splits, returnModels: true, scoring: 'balanced_accuracy' } as const;
      const { folds } = await crossValidate(makePipeline, features, labels, options);
      return folds;
    };
    const before = await models(x, y);
    for (const [i, { test, model }] of before.entries()) {
      const changed = x.map((row, at) => (test.includes(at) ? row.map((v) => 100 - 7 * v) : row));
      const labels = y.map((label, at) => (test.includes(at) ? 1 - label : label));
      const after = await models(changed, labels);
      expect(JSON.stringify(after[i].model)).toBe(JSON.stringify(model));
    }
  });

  it('gives the same for any number of workers', async () => {
    const makers = [
      makePipeline,
      () => new AdaBoostClassifier({ nEstimators: 5 }),
      () => new CalibratedClassifier(makePipeline(), { splits: 2 }),
      ({ seed }: { seed: number }) =>
        new XGBClassifier({ nEstimators: 4, subsample: 0.7, colsampleBytree: 0.5, seed }),
    ];
    const sampleWeight = y.map((_, row) => 1 + (row % 4));
    for (const make of makers) {
      const run = async (workers: number) => {
        const result = await crossValidate(make, x, y, {
          groups,
          splits: 3,
          shuffle: true,
          seed: 11,
          sampleWeight,
          weightScores: true,
          scoring: ['log_loss', 'roc_auc', 'average_precision'],
          returnModels: true,
          returnPredictions: true,
          workers,
        });
        return JSON.stringify([
          result.scores,
          result.folds.map(({ model }) => model),
          [...result.predictions!],
          [...result.probabilities!.data],
        ]);
      };
      const alone = await run(0);
      expect(await run(2)).toBe(alone);
      expect(await run(1)).toBe(alone);
    }
  }, 60_000);

  it('fits regressors, and models from outside on the calling thread', async () => {
    const outcomes = x.map(([a, b]) => a + b / 3);
    for (const make of [
      () => new XGBRegressor({ nEstimators: 20, maxDepth: 2 }),
      () => new GradientBoostingRegressor({ nEstimators: 20 }),
    ]) {
      const options = { groups, scoring: ['r2', 'rmse'], splits: 4 } as const;
      const result = await crossValidate(make, x, outcomes, {
        ...options,
        returnPredictions: true,
      });
      expect(result.scores['r2'].mean).toBeGreaterThan(0.3);
      expect(result.probabilities).toBeUndefined();
      const folds = new GroupKFold({ splits: 4 }).split(x, undefined, groups);
      expect(result.folds.map(({ test }) => test)).toEqual(folds.map(({ test }) => test));
    }
    const outside = await crossValidate(() => new Centres(), x, y, { groups, workers: 2 });
    expect(outside.scores['accuracy'].mean).toBeGreaterThan(0.5);
    const custom = () =>
      new XGBRegressor({
        nEstimators: 3,
        objective: (margins: Float32Array, labels: Float32Array) => ({
          gradient: margins.map((margin, row) => margin - labels[row]),
          hessian: new Float32Array(margins.length).fill(1),
        }),
      });
    const result = await crossValidate(custom, x, outcomes, { groups, workers: 2 });
    expect(result.scores['r2'].values).toHaveLength(5);
  });

  it('takes stratified folds without groups, and warns of a splitter that tears groups apart', async () => {
    const make = () => new Centres();
    const alone = await crossValidate(make, x, y, { splits: 4 });
    expect(alone.folds.map(({ test }) => test)).toEqual(
      new StratifiedKFold({ splits: 4 }).split(x, y).map(({ test }) => test),
    );
    const told: SplitWarning[] = [];
    const torn = await crossValidate(make, x, y, {
      groups,
      splits: new KFold({ splits: 4, shuffle: true }),
      onWarning: (warning) => told.push(warning),
    });
    expect(new Set(torn.warnings.map(({ code }) => code))).toEqual(
      new Set(['GROUP_ON_BOTH_SIDES']),
    );
    expect(told).toEqual(torn.warnings);
  });

  it('keeps classes apart that a fold has not seen, and says where a score is undefined', async () => {
    const labels = groups.map((_, row) => (row < 2 ? 2 : y[row]));
    const { folds, probabilities, warnings, scores } = await crossValidate(
      () => new XGBClassifier({ nEstimators: 3 }),
      x,
      labels,
      {
        groups,
        splits: new GroupKFold({ splits: 4 }),
        scoring: ['log_loss', 'roc_auc_ovr'],
        returnPredictions: true,
      },
    );
    const alone = folds.find(({ test }) => test.includes(0))!;
    expect(probabilities!.shape).toEqual([40, 3]);
    expect(probabilities!.get(0, 2)).toBe(0);
    expect(alone.scores['log_loss']).toBeGreaterThan(1);
    expect(warnings.some(({ code }) => code === 'UNDEFINED_SCORE')).toBe(true);
    expect(scores['roc_auc_ovr'].mean).toBeNaN();
  });

  it('gives predictions by fold where rows are tested several times', async () => {
    const splits = new RepeatedSplits(StratifiedGroupKFold, { splits: 3, repeats: 2 });
    const make = () => new Centres();
    const result = await crossValidate(make, x, y, { groups, splits, returnPredictions: true });
    expect(result.scores['accuracy'].values).toHaveLength(6);
    expect(result.predictions).toBeUndefined();
    expect(result.folds[0].predictions).toHaveLength(result.folds[0].test.length);
  });

  it('stops when it is told to, and says how far it is', async () => {
    const make = () => new XGBClassifier({ nEstimators: 5 });
    const progress: number[] = [];
    const onProgress = ({ done, total }: { done: number; total?: number }) => {
      progress.push(done, total!);
    };
    await crossValidate(make, x, y, { groups, splits: 2, onProgress });
    expect(progress).toEqual([1, 2, 2, 2]);
    for (const workers of [0, 2]) {
      const stop = new AbortController();
      const slow = () => new XGBClassifier({ nEstimators: 2000, maxDepth: 6, minChildWeight: 0 });
      const running = crossValidate(slow, x, y, { groups, workers, signal: stop.signal });
      setTimeout(() => stop.abort(), 5);
      await expect(running).rejects.toMatchObject({ code: 'ABORTED' });
    }
  });

  it('refuses what cannot be meant', async () => {
    const make = () => new Centres();
    const one = new Centres();
    const fold = (train: number[], test: number[]) => ({
      split: () => [{ train: Int32Array.from(train), test: Int32Array.from(test) }],
    });
    const bad: [() => Promise<unknown>, RegExp][] = [
      [() => crossValidate(make, x, y, { split: 3 } as never), /did you mean splits/],
      [() => crossValidate(make, x, y, { splits: 1 }), /splits/],
      [
        () => crossValidate(make, x, y, { splits: 'five' as never }),
        /number of folds or a splitter/,
      ],
      [() => crossValidate(make, x, y, { scoring: [] }), /at least one score/],
      [() => crossValidate(make, x, y, { scoring: ['f1', 'f1'] }), /no two of one name/],
      [() => crossValidate(make, x, y, { scoring: 'r2' }), /classifier's score/],
      [() => crossValidate(make, x, y, { groups: ['a'] }), /groups/],
      [() => crossValidate(make, x, y.slice(1)), /y: it has 39/],
      [() => crossValidate(make, [[Infinity]], [1]), /Infinity/],
      [() => crossValidate(make, x, y, { workers: -1 }), /workers/],
      [() => crossValidate(make, x, y, { seed: 0.5 }), /seed/],
      [() => crossValidate(make, x, y, { sampleWeight: y.map(() => -1) }), /sampleWeight/],
      [() => crossValidate(() => one, x, y), /a new one each time/],
      [() => crossValidate(() => undefined as never, x, y), /returns an estimator/],
      [() => crossValidate(make, x, y, { splits: fold([0, 1], [1]) }), /at most once/],
      [() => crossValidate(make, x, y, { splits: fold([], [1]) }), /train is "empty"/],
      [() => crossValidate(make, x, y, { splits: fold([0], [40]) }), /0 … 39/],
      [() => crossValidate(make, x, y, { splits: { split: () => [] } }), /at least one fold/],
    ];
    for (const [run, message] of bad) await expect(run()).rejects.toThrow(message);
  });
});
