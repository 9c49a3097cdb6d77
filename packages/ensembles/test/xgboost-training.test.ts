import { describe, expect, it } from 'vitest';
import {
  type CustomObjective,
  Booster,
  DMatrix,
  XGBClassifier,
  XGBRegressor,
} from '../src/index.js';
import { readReferenceCase } from './support/reference.js';

const { table } = readReferenceCase('iris_softprob');
const binary = readReferenceCase('bc_depthwise').table;
const outcome = readReferenceCase('diabetes_sq').table;

describe('a loss of your own', () => {
  const halfSquare: CustomObjective = (margins, labels, weights) => ({
    gradient: margins.map((margin, row) => (margin - labels[row]) * (weights?.[row] ?? 1)),
    hessian: margins.map((_, row) => weights?.[row] ?? 1),
  });

  it('trains the same trees as the built-in one with the same derivatives', () => {
    const shared = { nEstimators: 5, maxDepth: 3, baseScore: 150 };
    const weights = outcome.y.map((_, row) => 1 + (row % 3));
    const own = new XGBRegressor({ ...shared, objective: halfSquare });
    const builtIn = new XGBRegressor(shared);
    own.fit(outcome.x, outcome.y, { sampleWeight: weights });
    builtIn.fit(outcome.x, outcome.y, { sampleWeight: weights });
    expect(own.booster.trees).toEqual(builtIn.booster.trees);
  });

  it('starts from 0.5 as in XGBoost and predicts by the default link', () => {
    const logLoss: CustomObjective = (margins, labels) => {
      const p = margins.map((margin) => 1 / (1 + Math.exp(-margin)));
      return {
        gradient: p.map((value, row) => value - labels[row]),
        hessian: p.map((value) => value * (1 - value)),
      };
    };
    const own = new XGBClassifier({ objective: logLoss, nEstimators: 3 }).fit(binary.x, binary.y);
    const builtIn = new XGBClassifier({ baseScore: 0.5, nEstimators: 3 }).fit(binary.x, binary.y);
    expect(own.booster.objective).toBe('binary:logistic');
    expect(own.booster.baseScore).toBe(0.5);
    const found = own.predictProba(binary.x).data;
    builtIn.predictProba(binary.x).data.forEach((p, i) => expect(found[i]).toBeCloseTo(p, 5));
  });

  it('sees all margins of several classes, row by row', () => {
    const seen: number[] = [];
    const model = new XGBClassifier({
      nEstimators: 1,
      objective: (margins, labels) => {
        seen.push(margins.length);
        const classes = margins.length / labels.length;
        return {
          gradient: margins.map((_, i) =>
            i % classes === labels[Math.floor(i / classes)] ? -1 : 0.5,
          ),
          hessian: new Float32Array(margins.length).fill(1),
        };
      },
    }).fit(table.x, table.y);
    expect(seen).toEqual([table.x.rows * 3]);
    const right = model.predict(table.x).filter((label, row) => label === table.y[row]);
    expect(right.length).toBeGreaterThan(140);
  });

  it('is refused where it returns too few or infinite numbers', () => {
    const fit = (objective: CustomObjective) =>
      new XGBRegressor({ objective }).fit(outcome.x, outcome.y);
    expect(() => fit(() => ({ gradient: [1], hessian: [1] }))).toThrow(
      /gradient: the objective returned 1; one number per row and output is needed, 442/,
    );
    expect(() =>
      fit((margins) => ({
        gradient: margins,
        hessian: margins.map((_, row) => (row === 7 ? Infinity : 1)),
      })),
    ).toThrow(/hessian \(row 7\): the objective returned Infinity/);
  });

  it('cannot be sent to workers or stored, and says what to do', async () => {
    const model = new XGBRegressor({ objective: halfSquare, nEstimators: 1 });
    await expect(model.fit(outcome.x, outcome.y, { workers: 1 })).rejects.toThrow(
      /workers is 1; expected 0 or left out where the objective/,
    );
    model.fit(outcome.x, outcome.y);
    expect(() => model.toJSON()).toThrow(/objective is a function\. booster\.save\('json'\) keeps/);
    expect(Booster.load(model.booster.save('json')).predict(outcome.x)).toEqual(
      model.predict(outcome.x),
    );
  });
});

describe('evaluation', () => {
  it('takes metrics of your own, with probabilities', () => {
    const model = new XGBClassifier({
      nEstimators: 3,
      evalMetric: [
        'logloss',
        {
          name: 'mean',
          maximise: true,
          evaluate: (predictions) =>
            predictions.reduce((sum, p) => sum + p, 0) / predictions.length,
        },
      ],
    }).fit(binary.x, binary.y, { evalSet: [{ x: binary.x, y: binary.y }] });
    const history = model.evaluationHistory.validation_0;
    const staged = [...model.stagedPredictProba(binary.x)];
    history.mean.forEach((mean, round) => {
      const p = staged[round].data.filter((_, i) => i % 2 === 1);
      expect(mean).toBeCloseTo(p.reduce((sum, value) => sum + value, 0) / p.length, 5);
    });
  });

  it('is the same for the training rows as for a copy of them', () => {
    const copy = { ...table.x, data: table.x.data.slice() };
    const { evaluationHistory } = new XGBClassifier({ nEstimators: 3 }).fit(table.x, table.y, {
      evalSet: [
        { x: table.x, y: table.y, name: 'same' },
        { x: copy, y: table.y, name: 'copy' },
      ],
    });
    expect(evaluationHistory.same).toEqual(evaluationHistory.copy);
  });

  it('stops early, predicts with the best rounds, and remembers it as JSON', () => {
    const odd = (_: unknown, row: number) => row % 2 === 1;
    const even = (_: unknown, row: number) => row % 2 === 0;
    const rows = Array.from({ length: 442 }, (_, row) =>
      Array.from(outcome.x.data.subarray(row * 10, row * 10 + 10)),
    );
    const model = new XGBRegressor({ earlyStoppingRounds: 3, evalMetric: ['rmse', 'mae'] });
    model.fit(rows.filter(odd), outcome.y.filter(odd), {
      evalSet: [{ x: rows.filter(even), y: outcome.y.filter(even), name: 'held' }],
    });
    const values = model.evaluationHistory.held.mae;
    const best = values.indexOf(Math.min(...values));
    expect(model.bestIteration).toBe(best);
    expect(model.bestScore).toBe(values[best]);
    expect(model.booster.rounds).toBe(best + 4);
    const found = model.predict(rows);
    expect(found).toEqual(model.booster.predict(rows, { iterationRange: [0, best + 1] }));
    expect(found).not.toEqual(model.booster.predict(rows));
    expect([...model.stagedPredict(rows)]).toHaveLength(best + 1);
    expect(model.treeEnsemble().iterationRange).toEqual([0, best + 1]);
    const revived = XGBRegressor.fromJSON(JSON.parse(JSON.stringify(model)));
    expect(revived.predict(rows)).toEqual(found);
    expect(revived.evaluationHistory).toEqual(model.evaluationHistory);
    expect(revived.bestScore).toBe(model.bestScore);
  });

  it('refuses sets that cannot be judged', () => {
    const fit = (evalSet: object) =>
      new XGBClassifier().fit(table.x, table.y, { evalSet: [evalSet as never] });
    expect(() => fit({ x: table.x })).toThrow(/evalSet\[0\]: it needs x and y/);
    expect(() => fit({ x: [[1, 2, 3, 4]], y: [9], name: 'held' })).toThrow(
      /y of held \(row 0\): the label 9 is none of the training labels 0, 1, 2/,
    );
    expect(() => fit({ x: [[1, 2]], y: [0] })).toThrow(
      /it has 2 columns; the model that validation_0/,
    );
    expect(() =>
      new XGBRegressor().fit(outcome.x, outcome.y, {
        evalSet: [1, 2].map(() => ({ x: outcome.x, y: outcome.y, name: 'a' })),
      }),
    ).toThrow(/names of evaluation sets/);
  });
});

describe('several classes', () => {
  const labels = table.y.map((label) => [-5, 2, 40][label]);
  const model = new XGBClassifier({ nEstimators: 4, maxDepth: 3 }).fit(table.x, labels);

  it('may have any numbers as labels', () => {
    expect(model.classes).toEqual([-5, 2, 40]);
    const predicted = model.predict(table.x);
    expect(predicted.filter((label, row) => label === labels[row]).length).toBeGreaterThan(140);
    const proba = model.predictProba(table.x);
    expect(proba.shape).toEqual([150, 3]);
    predicted.forEach((label, row) => {
      const p = [0, 1, 2].map((k) => proba.get(row, k));
      expect(p[0] + p[1] + p[2]).toBeCloseTo(1, 6);
      expect(model.classes[p.indexOf(Math.max(...p))]).toBe(label);
    });
    expect([...model.stagedPredict(table.x)].at(-1)).toEqual(predicted);
  });

  it('survive JSON and model files to the last bit', () => {
    const revived = XGBClassifier.fromJSON(JSON.parse(JSON.stringify(model)));
    expect(revived.predictProba(table.x)).toEqual(model.predictProba(table.x));
    expect(revived.classes).toEqual(model.classes);
    const loaded = Booster.load(model.booster.save('ubj'));
    expect(loaded.predictMargin(table.x)).toEqual(model.predictMargin(table.x));
  });

  it('of two classes take softprob if it is asked for', () => {
    const two = new XGBClassifier({ objective: 'multi:softprob', nEstimators: 2 });
    two.fit(binary.x, binary.y);
    expect(two.booster.outputs).toBe(2);
    expect(two.predictProba(binary.x).shape).toEqual([binary.x.rows, 2]);
    expect(two.predictMargin(binary.x)).toHaveLength(2 * binary.x.rows);
  });

  it('can be predicted as classes', () => {
    const data = new DMatrix(table.x, { label: table.y });
    const train = (objective: 'multi:softmax' | 'multi:softprob') =>
      Booster.train({ objective, numClass: 3, maxDepth: 3 }, data, {
        rounds: 4,
        evals: [{ data, name: 'train' }],
      });
    const softmax = train('multi:softmax');
    const softprob = train('multi:softprob');
    expect(softmax.trees).toEqual(softprob.trees);
    expect(softmax.evaluationHistory).toEqual(softprob.evaluationHistory);
    const p = softprob.predict(table.x);
    softmax.predict(table.x).forEach((k, row) => {
      expect(p[3 * row + k]).toBe(Math.max(...p.subarray(3 * row, 3 * row + 3)));
    });
  });
});

describe('rounds', () => {
  const model = new XGBRegressor({ nEstimators: 6, maxDepth: 2 }).fit(outcome.x, outcome.y);

  it('can be asked for in part', () => {
    const staged = [...model.stagedPredictMargin(outcome.x)];
    expect(staged).toHaveLength(6);
    staged.forEach((margins, round) => {
      expect(model.predictMargin(outcome.x, { iterationRange: [0, round + 1] })).toEqual(margins);
    });
    expect(model.predictLeaf(outcome.x, { iterationRange: [2, 5] }).shape).toEqual([442, 3]);
    const rest = model.predictMargin(outcome.x, {
      iterationRange: [3, 6],
      baseMargin: staged[2],
    });
    expect(rest).toEqual(staged[5]);
    for (const iterationRange of [
      [0, 7],
      [-1, 2],
      [3, 2],
      [0, 0.5],
    ] as const) {
      expect(() => model.predict(outcome.x, { iterationRange })).toThrow(
        /rounds \[begin, end\] with 0 ≤ begin ≤ end ≤ 6/,
      );
    }
  });

  it('can be added to a model', () => {
    const first = new XGBRegressor({ nEstimators: 4, maxDepth: 2 }).fit(outcome.x, outcome.y);
    const more = new XGBRegressor({ nEstimators: 2, maxDepth: 2 });
    more.fit(outcome.x, outcome.y, { initialModel: first.booster });
    expect(more.booster.trees).toEqual(model.booster.trees);
    expect(more.predict(outcome.x)).toEqual(model.predict(outcome.x));
    expect(() =>
      new XGBClassifier().fit(table.x, table.y, { initialModel: first.booster }),
    ).toThrow(/it has 4 columns; the model that is continued was fitted to 10/);
    const own = new XGBClassifier({ nEstimators: 1 }).fit(table.x, table.y).booster;
    expect(() => new XGBRegressor().fit(table.x, table.y, { initialModel: own })).toThrow(
      /initialModel is "3 outputs"; expected a model of 1 outputs/,
    );
  });
});

describe('Booster.train', () => {
  const data = new DMatrix(outcome.x, { label: outcome.y });

  it('is what the estimators do', () => {
    const booster = Booster.train({ maxDepth: 3 }, data, { rounds: 5 });
    const model = new XGBRegressor({ maxDepth: 3, nEstimators: 5 }).fit(outcome.x, outcome.y);
    expect(booster.trees).toEqual(model.booster.trees);
    expect(booster.predict(data)).toEqual(model.predict(outcome.x));
  });

  it('takes margins to start from with the data', () => {
    const baseMargin = outcome.y.map((y) => y / 2);
    const based = new DMatrix(outcome.x, { label: outcome.y, baseMargin });
    const booster = Booster.train({ maxDepth: 2 }, based, { rounds: 2 });
    expect(booster.predict(based)).toEqual(booster.predict(outcome.x, { baseMargin }));
    expect(booster.predict(based)).not.toEqual(booster.predict(outcome.x));
    expect(() => booster.predict(outcome.x, { baseMargin: [1] })).toThrow(
      /baseMargin: it has 1 values; one per row and output is needed: 442 rows × 1/,
    );
  });

  it('refuses what does not fit', () => {
    expect(() => Booster.train({}, new DMatrix(outcome.x))).toThrow(/y: there are no labels/);
    expect(() => Booster.train({}, outcome.x as never)).toThrow(/data is .*expected a DMatrix/);
    expect(() => Booster.train({ nEstimators: 3 } as object, data)).toThrow(/rounds among/);
    expect(() => Booster.train({}, data, { rounds: 0 })).toThrow(/rounds is 0/);
    expect(() => Booster.train({}, data, { round: 3 } as object)).toThrow(/did you mean rounds/);
    expect(() => Booster.train({ objective: 'multi:softprob' }, data)).toThrow(
      /numClass is undefined; expected an integer 2 … 65535 for multi:softprob/,
    );
    expect(() => Booster.train({ objective: 'multi:softprob', numClass: 3 }, data)).toThrow(
      /y \(row 0\): the label is 151; for multi:softprob labels are integers 0 … 2/,
    );
    expect(() => Booster.train({ objective: 'binary:logistic' }, data)).toThrow(
      /labels are 0 or 1/,
    );
    const counts = (label: number[]) =>
      Booster.train({ objective: 'count:poisson' }, new DMatrix([[1], [2]], { label }));
    expect(() => counts([1, -1])).toThrow(/y \(row 1\): the label is -1; .* counts are ≥ 0/);
    expect(() => counts([0, 0])).toThrow(/all counts are 0/);
    expect(() => new DMatrix([[1]], { lable: [1] } as object)).toThrow(/did you mean label/);
  });
});
