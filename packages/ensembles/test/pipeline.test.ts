import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  AdaBoostClassifier,
  AdaBoostRegressor,
  CalibratedClassifier,
  CorrelationFilter,
  type DenseMatrix,
  estimatorFromJSON,
  GradientBoostingClassifier,
  GradientBoostingRegressor,
  MinMaxScaler,
  Pipeline,
  StandardScaler,
  StratifiedKFold,
  VarianceFilter,
  XGBClassifier,
  XGBRegressor,
} from '../src/index.js';
import { blueprintOf, estimatorFromBlueprint } from '../src/model-registry.js';
import { unfittedCopy } from '../src/model-selection/unfitted.js';
import { Centres } from './support/centres.js';

// Column 1 is constant, column 2 twice column 0.
const x = Array.from({ length: 40 }, (_, row) => [row % 13, 5, 2 * (row % 13), (row * 7) % 11]);
const y = x.map(([a, , , b]) => Number(a + b > 11));
const steps = () =>
  [
    ['scale', new StandardScaler()],
    ['varying', new VarianceFilter()],
    ['distinct', new CorrelationFilter({ threshold: 0.9 })],
    ['model', new XGBClassifier({ nEstimators: 4, maxDepth: 2 })],
  ] as const;

describe('Pipeline', () => {
  it('does what its steps do one after the other', () => {
    const pipeline = new Pipeline(steps()).fit(x, y);
    const scaled = new StandardScaler().fit(x).transform(x);
    const filter = new VarianceFilter().fit(scaled);
    const distinct = new CorrelationFilter({ threshold: 0.9 }).fit(filter.transform(scaled));
    const seen = distinct.transform(filter.transform(scaled));
    const model = new XGBClassifier({ nEstimators: 4, maxDepth: 2 }).fit(seen, y);
    expect(pipeline.transform(x)).toEqual(seen);
    expect(pipeline.predict(x)).toEqual(model.predict(seen));
    expect(pipeline.predictProba(x).data).toEqual(model.predictProba(seen).data);
    expect(pipeline.classes).toEqual([0, 1]);
    expect([...pipeline.keptColumns]).toEqual([0, 3]);
    const [first, second] = model.featureImportances;
    expect([...pipeline.featureImportances]).toEqual([first, 0, 0, second]);
    expect(pipeline.transformers).toHaveLength(3);
  });

  it('leaves the objects that it was given alone', () => {
    const given = steps();
    const pipeline = new Pipeline(given).fit(x, y);
    expect(() => given[0][1].means).toThrow(/not fitted/);
    expect(() => given[3][1].predict(x)).toThrow(/not fitted/);
    const before = pipeline.model;
    pipeline.fit(x.slice(5), y.slice(5));
    expect(pipeline.model).not.toBe(before);
  });

  it('is the same after a trip through JSON, whatever stands in it', () => {
    const inner = new Pipeline([
      ['range', new MinMaxScaler()],
      ['model', new AdaBoostClassifier({ nEstimators: 5 })],
    ]);
    const pipelines = [
      new Pipeline(steps()),
      new Pipeline([
        ['scale', new StandardScaler()],
        ['inner', new CalibratedClassifier(inner, { splits: 2 })],
      ]),
    ];
    for (const pipeline of pipelines) {
      pipeline.fit(x, y);
      const text = JSON.stringify(pipeline);
      const back = estimatorFromJSON(JSON.parse(text)) as Pipeline;
      expect(back).toBeInstanceOf(Pipeline);
      expect(back.predictProba(x).data).toEqual(pipeline.predictProba(x).data);
      expect(JSON.stringify(back)).toBe(text);
      back.fit(x, y);
      expect(JSON.stringify(back.model)).toBe(JSON.stringify(pipeline.model));
    }
  });

  it('changes parameters by name in a copy that knows nothing', () => {
    const pipeline = new Pipeline(steps()).fit(x, y);
    const other = pipeline.unfitted({ 'model.maxDepth': 3, 'distinct.threshold': 0.5 });
    expect(() => other.predict(x)).toThrow(/not fitted/);
    expect(other.steps[3][1].parameters).toMatchObject({ maxDepth: 3, nEstimators: 4 });
    expect(other.steps[2][1].parameters).toMatchObject({ threshold: 0.5, method: 'pearson' });
    expect(pipeline.steps[3][1].parameters).toMatchObject({ maxDepth: 2 });
    const calibrated = new Pipeline([['model', new CalibratedClassifier(pipeline)]]);
    const changed = calibrated.unfitted({
      'model.base.model.maxDepth': 5,
      'model.method': 'isotonic',
    }).steps[0][1] as CalibratedClassifier;
    expect(changed.parameters.method).toBe('isotonic');
    expect((changed.base as Pipeline).steps[3][1].parameters).toMatchObject({ maxDepth: 5 });
    expect(() => pipeline.unfitted({ 'modle.maxDepth': 3 })).toThrow(/did you mean model/);
    expect(() => pipeline.unfitted({ 'model.maxDeth': 3 })).toThrow(/did you mean maxDepth/);
    expect(() => pipeline.unfitted({ model: 3 })).toThrow(/'model.parameter'/);
    expect(() => pipeline.unfitted({ 'scale.mean': 3 })).toThrow(/no parameters/);
  });

  it('hands weights and groups to the model, and NaN through scalers and filters', () => {
    const weights = x.map((_, row) => 1 + (row % 3));
    const scaled = new StandardScaler().fit(x).transform(x);
    const model = new XGBClassifier({ nEstimators: 3 }).fit(scaled, y, { sampleWeight: weights });
    const pipeline = new Pipeline([
      ['scale', new StandardScaler()],
      ['model', new XGBClassifier({ nEstimators: 3 })],
    ]).fit(x, y, { sampleWeight: weights });
    expect(pipeline.predictProba(x).data).toEqual(model.predictProba(scaled).data);
    expect(pipeline.takesGroups).toBe(false);
    const calibrated = new Pipeline([['model', new CalibratedClassifier(pipeline, { splits: 2 })]]);
    expect(calibrated.takesGroups).toBe(true);
    calibrated.fit(x, y, { groups: x.map((_, row) => row >> 1) });
    const gaps = x.map((row, i) => row.map((value, k) => (i % 4 === k ? Number.NaN : value)));
    const withGaps = new Pipeline(steps()).fit(gaps, y);
    expect(withGaps.predict(gaps)).toHaveLength(40);
    expect(withGaps.transform(gaps).data.some(Number.isNaN)).toBe(true);
  });

  it('shows rows to watch to the model as the model sees them', () => {
    class Watching extends Centres {
      static seen: unknown;
      override fit(matrix: DenseMatrix, labels: number[], options?: object): this {
        Watching.seen = options;
        return super.fit(matrix, labels);
      }
    }
    const pipeline = new Pipeline([
      ['varying', new VarianceFilter()],
      ['model', new Watching()],
    ]);
    const watched = { evalSet: [{ x: [[1, 2, 3, 4]], y: [0], name: 'held back' }] };
    pipeline.fit(x, y, watched as never);
    const [set] = (Watching.seen as { evalSet: { x: DenseMatrix; name: string }[] }).evalSet;
    expect([set.name, ...set.x.data]).toEqual(['held back', 1, 3, 4]);
  });

  it('stops early by rows held back', () => {
    const model = new XGBClassifier({ nEstimators: 60, earlyStoppingRounds: 3 });
    const pipeline = new Pipeline([
      ['scale', new StandardScaler()],
      ['model', model],
    ]);
    const held = { x: x.slice(30), y: y.slice(30), name: 'held back' };
    pipeline.fit(x.slice(0, 30), y.slice(0, 30), { evalSet: [held] });
    const scaler = new StandardScaler().fit(x.slice(0, 30));
    model.fit(scaler.transform(x.slice(0, 30)), y.slice(0, 30), {
      evalSet: [{ ...held, x: scaler.transform(held.x) }],
    });
    expect((pipeline.model as XGBClassifier).bestIteration).toBe(model.bestIteration);
    expect((pipeline.model as XGBClassifier).evaluationHistory).toEqual(model.evaluationHistory);
  });

  it('trains on workers where its model does', async () => {
    const pipeline = new Pipeline(steps());
    await pipeline.fit(x, y, { workers: 1 });
    expect(pipeline.toJSON()).toEqual(new Pipeline(steps()).fit(x, y).toJSON());
  });

  it('waits for a model that takes its time', async () => {
    class Slow extends Centres {
      override fit(matrix: DenseMatrix, labels: number[]): never {
        super.fit(matrix, labels);
        return Promise.resolve(this) as never;
      }
    }
    const pipeline = new Pipeline([['model', new Slow()]]);
    const done = pipeline.fit(x, y, { workers: 1 });
    expect(() => pipeline.predict(x)).toThrow(/not fitted/);
    expect(await done).toBe(pipeline);
    expect(pipeline.decisionFunction(x).shape).toEqual([40]);
  });

  it('knows what its model cannot do', () => {
    const regressor = new Pipeline([
      ['scale', new MinMaxScaler()],
      ['model', new GradientBoostingRegressor({ nEstimators: 2 })],
    ]).fit(x, y);
    expect(regressor.estimatorType).toBe('regressor');
    expect(regressor.classes).toEqual([]);
    expect(() => regressor.predictProba(x)).toThrow(/method predictProba/);
    const plain = new Pipeline([['model', new XGBRegressor({ nEstimators: 2 })]]).fit(x, y);
    expect(() => plain.decisionFunction(x)).toThrow(/method decisionFunction/);
    expect(() => new Pipeline([['model', new Centres()]]).fit(x, y).featureImportances).toThrow(
      /importances/,
    );
    expect(() => new Pipeline([['model', new Centres()]]).fit(x, y).toJSON()).toThrow(/toJSON/);
    const pairs = {
      fit: () => undefined,
      transform: ({ data, rows }: DenseMatrix) => ({
        data: data.slice(0, rows * 2),
        rows,
        columns: 2,
      }),
    };
    const mixed = new Pipeline([
      ['pairs', pairs],
      ['model', new XGBClassifier({ nEstimators: 2 })],
    ]).fit(x, y);
    expect(() => mixed.featureImportances).toThrow(/kept/);
  });

  it('refuses steps that are none, and rows of another width', () => {
    const model = new XGBClassifier();
    const bad: [unknown, RegExp][] = [
      [[], /steps is \[\]/],
      [[['model', new StandardScaler()]], /estimator, with the methods fit and predict/],
      [
        [
          ['a', model],
          ['b', model],
        ],
        /transformer, with the methods fit and transform/,
      ],
      [[['a.b', model]], /name without a point/],
      [[['', model]], /name without a point/],
      [
        [
          ['a', new StandardScaler()],
          ['a', model],
        ],
        /not used yet/,
      ],
      [[model], /name/],
      [undefined, /steps/],
    ];
    for (const [given, message] of bad) {
      expect(() => new Pipeline(given as never)).toThrow(message);
    }
    const pipeline = new Pipeline(steps());
    expect(() => pipeline.predict(x)).toThrow(/not fitted/);
    pipeline.fit(x, y);
    expect(() => pipeline.predict([[1]])).toThrow(/fitted to 4/);
  });
});

describe('unfitted copies', () => {
  const models = [
    new XGBClassifier(),
    new XGBClassifier({
      objective: 'multi:softprob',
      growPolicy: 'lossguide',
      maxLeaves: 5,
      monotoneConstraints: [1, 0, 0, 0],
      interactionConstraints: [
        [0, 1],
        [2, 3],
      ],
      subsample: 0.5,
      seed: 3,
    }),
    new XGBRegressor({ objective: 'reg:absoluteerror', alpha: 1, baseScore: 2 }),
    new AdaBoostClassifier({ algorithm: 'SAMME.R', maxDepth: 2 }),
    new AdaBoostRegressor({ loss: 'square' }),
    new GradientBoostingClassifier({ loss: 'exponential', maxFeatures: 'sqrt' }),
    new GradientBoostingRegressor({ loss: 'huber', subsample: 0.5 }),
    new StandardScaler(),
    new MinMaxScaler(),
    new VarianceFilter({ threshold: 1 }),
    new CorrelationFilter({ method: 'spearman' }),
  ];

  it.each(models.map((model) => [model.constructor.name, model] as const))(
    'of %s have its parameters, here and in a worker',
    (_, model) => {
      const copy = unfittedCopy(model);
      expect(copy).not.toBe(model);
      expect(copy.parameters).toEqual(model.parameters);
      const pipeline =
        'transform' in model
          ? new Pipeline([
              ['step', model],
              ['model', new Centres()],
            ])
          : new Pipeline([['step', model]]);
      const blueprint = blueprintOf(model);
      expect(structuredClone(blueprint)).toEqual(blueprint);
      if ('predict' in model) {
        const made = estimatorFromBlueprint(blueprint!);
        expect(made.parameters).toEqual(model.parameters);
        expect(blueprintOf(pipeline)).toBeDefined();
      } else {
        // The model after it is not of this package.
        expect(blueprintOf(pipeline)).toBeUndefined();
      }
    },
  );
});

describe('blueprints', () => {
  it('are not made of what cannot travel', () => {
    const base = new AdaBoostClassifier({ nEstimators: 2 });
    const splits = new StratifiedKFold({ splits: 2 });
    expect(blueprintOf(new CalibratedClassifier(base, { splits: 3 }))).toBeDefined();
    expect(blueprintOf(new CalibratedClassifier(base, { splits }))).toBeUndefined();
    expect(blueprintOf(new CalibratedClassifier(base, { prefit: true }))).toBeUndefined();
    expect(blueprintOf(new CalibratedClassifier(new Centres()))).toBeUndefined();
  });
});

describe('estimatorFromJSON', () => {
  it('names what it knows', () => {
    expect(() => estimatorFromJSON({ model: 'RandomForest' })).toThrow(
      /RandomForest; the estimators known here are AdaBoostClassifier, .*XGBRegressor/,
    );
    expect(() => estimatorFromJSON({ model: 'toString' })).toThrow(/known here/);
    expect(() => estimatorFromJSON({ model: 'StandardScaler' })).toThrow(/StandardScaler.fromJSON/);
    expect(() => estimatorFromJSON(null)).toThrow(/object/);
    expect(() => estimatorFromJSON({})).toThrow(/no field model/);
  });

  it('reads no document that is nested without end', () => {
    let json: unknown = { model: 'XGBClassifier' };
    for (let depth = 0; depth < 30_000; depth++) {
      const step = { name: 'm', step: json };
      json = { model: 'Pipeline', formatVersion: 1, features: 1, steps: [step] };
    }
    expect(() => estimatorFromJSON(json)).toThrow(/more than 16 deep/);
  });

  it('reads no step that it does not know', () => {
    const document = JSON.parse(JSON.stringify(new Pipeline(steps()).fit(x, y)));
    document.steps[0].step.model = 'RobustScaler';
    expect(() => estimatorFromJSON(document)).toThrow(/RobustScaler; the transformers known here/);
  });

  it('refuses damaged pipelines by name, whatever is damaged', () => {
    const document = JSON.parse(JSON.stringify(new Pipeline(steps()).fit(x, y)));
    fc.assert(
      fc.property(
        fc.constantFrom('steps', 'features', 'formatVersion', 'model'),
        fc.constantFrom<unknown>(undefined, null, [], {}, -1, 'x', [1], [{ name: 'a', step: {} }]),
        (field, value) => {
          expect(() => estimatorFromJSON({ ...document, [field]: value })).toThrow(
            expect.objectContaining({ code: 'MODEL_FORMAT' }),
          );
        },
      ),
    );
  });
});
