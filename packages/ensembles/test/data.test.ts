import { createRandom } from '@steatosis/core';
import fc from 'fast-check';
import { Matrix } from 'ml-matrix';
import ndarray from 'ndarray';
import { describe, expect, it } from 'vitest';
import {
  AdaBoostClassifier,
  Booster,
  type FeatureInput,
  GradientBoostingClassifier,
  GradientBoostingRegressor,
  XGBClassifier,
  XGBRegressor,
} from '../src/index.js';
import { argsortFloat32 } from '../src/sort/argsort.js';
import { float32Text } from '../src/xgb/model-files/float-text.js';
import { randomTable } from './support/random-data.js';

const { x, y } = randomTable(3, 40, 3, false);
const classifiers = { XGBClassifier, AdaBoostClassifier, GradientBoostingClassifier };
const all = { ...classifiers, XGBRegressor, GradientBoostingRegressor };

describe('features', () => {
  const flat = Float32Array.from(x.flat());
  const strided = ndarray(new Float64Array(240), [40, 3], [1, 80], 0);
  x.forEach((row, i) => row.forEach((value, j) => strided.set(i, j, value)));
  const forms: Record<string, FeatureInput> = {
    'an ml-matrix Matrix': new Matrix(x),
    'an ndarray of other strides': strided,
    'an ndarray over an array': ndarray(x.flat(), [40, 3]),
    'float32 rows': { data: flat, rows: 40, columns: 3 },
    'float64 rows': { data: Float64Array.from(flat), rows: 40, columns: 3 },
    'rows that are typed arrays': x.map((row) => Float64Array.from(row)),
  };
  const wanted = new XGBClassifier({ nEstimators: 3 }).fit(x, y).predictMargin(x);

  it.each(Object.entries(forms))('can be %s', (_, form) => {
    const model = new XGBClassifier({ nEstimators: 3 }).fit(form, Float32Array.from(y));
    expect(model.predictMargin(form)).toEqual(wanted);
  });

  it.each<[string, FeatureInput, RegExp]>([
    ['no rows', [], /x: it has 0 rows/],
    ['no columns', [[], []], /0 columns/],
    ['rows of unequal length', [[1, 2], [3]], /x \(row 1\): it has 1 values; row 0 has 2/],
    [
      'a wrong length',
      { data: flat, rows: 40, columns: 4 },
      /data holds 120 values; .* 40 × 4 needs 160/,
    ],
    ['an infinite value', [[1], [-Infinity]], /x \(row 1, column 0\): the value is -Infinity/],
    ['a value beyond float32', [[1], [1e39]], /too large for float32/],
    [
      'three axes',
      ndarray(new Float32Array(8), [2, 2, 2]),
      /x.shape is \[2,2,2\]; expected two axes/,
    ],
    ['text', [['1'], ['2']] as unknown as number[][], /x \(row 0, column 0\): found 1; a number/],
    ['nothing', undefined as unknown as number[][], /x is undefined; expected an ml-matrix/],
    ['a file name', 'x.csv' as unknown as number[][], /x is "x.csv"/],
    ['null rows', [null, null] as unknown as number[][], /0 columns/],
  ])('cannot be %s', (_, form, message) => {
    expect(() => new XGBClassifier().fit(form, [0, 1])).toThrow(message);
  });

  it.each(
    Object.entries({ AdaBoostClassifier, GradientBoostingClassifier, GradientBoostingRegressor }),
  )('of %s cannot be missing', (name, Model) => {
    expect(() => new Model().fit([[1], [Number.NaN]], [0, 1])).toThrow(
      `x (row 1, column 0): the value is NaN; ${name} takes no missing values`,
    );
  });

  it.each(Object.entries(all))('of %s have to be as many as in training', (_, Model) => {
    const model = new Model({ nEstimators: 1 }).fit(x, y);
    expect(() => model.predict([[1, 2]])).toThrow(/it has 2 columns; .* fitted to 3/);
  });
});

describe('labels and weights', () => {
  it.each(Object.entries(classifiers))('%s keeps the labels of the data', (_, Model) => {
    const labels = y.map((label) => (label === 1 ? 7 : -2.5));
    const model = new Model({ nEstimators: 5 }).fit(x, labels);
    expect(model.classes).toEqual([-2.5, 7]);
    expect(new Set(model.predict(x))).toEqual(new Set([-2.5, 7]));
    const proba = model.predictProba(x);
    expect(proba.shape).toEqual([40, 2]);
    model.predict(x).forEach((label, row) => {
      expect(label).toBe(proba.get(row, 1) > 0.5 ? 7 : -2.5);
      expect(proba.get(row, 0) + proba.get(row, 1)).toBeCloseTo(1, 12);
    });
  });

  it.each(Object.entries(classifiers))(
    '%s refuses one class and labels that are no numbers',
    (_, Model) => {
      expect(() => new Model().fit([[1], [2]], [3, 3])).toThrow(
        /y: all 2 labels are 3; a classifier needs/,
      );
      expect(() => new Model().fit([[1], [2]], [0, Number.NaN])).toThrow(/y \(row 1\): found NaN/);
      expect(() => new Model().fit([[1], [2]], [0])).toThrow(/y: it has 1 values; x has 2 rows/);
      expect(() => new Model().fit([[1], [2]], 'ab' as unknown as number[])).toThrow(/y is "ab"/);
    },
  );

  it.each(Object.entries(all))('%s refuses weights that are none', (_, Model) => {
    const fit = (sampleWeight: number[]) => new Model().fit([[1], [2]], [0, 1], { sampleWeight });
    expect(() => fit([1])).toThrow(/sampleWeight: it has 1 values/);
    expect(() => fit([1, -1])).toThrow(/sampleWeight \(row 1\): the weight is -1/);
    expect(() => fit([0, 0])).toThrow(/all weights are 0/);
    expect(() => fit([1, Infinity])).toThrow(/found Infinity/);
    expect(() => fit([1e308, 1e308])).toThrow(/sampleWeight: the weights sum to more than/);
  });

  it('a classifier of gradient boosting refuses weights that leave one class, as scikit-learn does', () => {
    const model = new GradientBoostingClassifier();
    expect(() => model.fit([[1], [2], [3]], [0, 1, 0], { sampleWeight: [1, 0, 2] })).toThrow(
      /sampleWeight: all rows with a weight above 0 are of one class/,
    );
  });

  it.each(Object.entries({ XGBClassifier, XGBRegressor }))(
    '%s refuses weights that float32 cannot tell',
    (_, Model) => {
      const fit = (sampleWeight: number[]) => new Model().fit([[1], [2]], [0, 1], { sampleWeight });
      expect(() => fit([1, 1e39])).toThrow('sampleWeight (row 1): 1e+39 is too large for float32.');
      expect(() => fit([1e-300, 0])).toThrow(/sampleWeight: all values are so small/);
    },
  );

  it('regressors refuse outcomes whose squares overflow', () => {
    expect(() => new XGBRegressor().fit([[1], [2]], [0, 1e39])).toThrow(
      'y (row 1): 1e+39 is too large for float32.',
    );
    for (const Model of [XGBRegressor, GradientBoostingRegressor]) {
      expect(() => new Model().fit([[1], [2]], [1e200, 1])).toThrow(/y: the squares/);
    }
  });

  it('nothing is set aside for trees that are not grown', () => {
    const stop = () => {
      throw new Error('enough');
    };
    for (const Model of Object.values(all)) {
      const model = new Model({ nEstimators: 1e12 });
      expect(() => model.fit(x, y, { onProgress: stop })).toThrow('enough');
    }
  });
});

describe('a model', () => {
  it.each(Object.entries(all))('%s that is not fitted says so', (name, Model) => {
    expect(() => new Model().predict(x)).toThrow(`${name} is not fitted`);
    expect(() => new Model().featureImportances).toThrow(/call fit\(x, y\) or fromJSON/);
    expect(() => new Model().toJSON()).toThrow(/not fitted/);
  });

  it.each(Object.entries(all))('%s stops when it is told to, and keeps what it had', (_, Model) => {
    const model = new Model({ nEstimators: 10 }).fit(x, y);
    const before = model.predict(x);
    const controller = new AbortController();
    const seen: number[] = [];
    const fit = () =>
      model.fit(x, y.toReversed(), {
        signal: controller.signal,
        onProgress: ({ done, total }) => {
          seen.push(done);
          expect(total).toBe(10);
          if (done === 2) controller.abort(new Error('enough'));
        },
      });
    expect(fit).toThrow(expect.objectContaining({ code: 'ABORTED' }));
    expect(seen).toEqual([1, 2]);
    expect(fit).toThrow(expect.objectContaining({ code: 'ABORTED' }));
    expect(model.predict(x)).toEqual(before);
  });

  it.each(Object.entries(all))('%s has importances that sum to 1', (_, Model) => {
    const importances = new Model({ nEstimators: 5 }).fit(x, y).featureImportances;
    expect(importances).toHaveLength(3);
    expect(importances.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12);
  });

  it.each(Object.entries(all))('%s refuses stored models that are broken', (name, Model) => {
    const stored = JSON.parse(JSON.stringify(new Model({ nEstimators: 1 }).fit(x, y))) as Record<
      string,
      unknown
    >;
    expect(() => Model.fromJSON(null)).toThrow(/an object is expected/);
    expect(() => Model.fromJSON({ ...stored, model: 'Other' })).toThrow(/it holds a Other/);
    expect(() => Model.fromJSON({ ...stored, formatVersion: 9 })).toThrow(
      /formatVersion: 9 is found/,
    );
    expect(() => Model.fromJSON({ ...stored, parameters: { nEstimators: -1 } })).toThrow(
      expect.objectContaining({ code: 'MODEL_FORMAT', path: 'parameters' }),
    );
    for (const field of ['model', 'formatVersion', 'parameters']) {
      const { [field]: _gone, ...rest } = stored;
      expect(() => Model.fromJSON(rest), `${name} without ${field}`).toThrow(/it has no field/);
    }
  });

  it('of scikit-learn’s kind refuses trees that run in circles', () => {
    const stored = new GradientBoostingRegressor({ nEstimators: 1 }).fit(x, y).toJSON();
    stored.trees[0].left[0] = 0;
    expect(() => GradientBoostingRegressor.fromJSON(stored)).toThrow(
      /node 0 has impossible children/,
    );
    const ada = new AdaBoostClassifier({ nEstimators: 1 }).fit(x, y).toJSON();
    expect(() => AdaBoostClassifier.fromJSON({ ...ada, classes: [1, 0] })).toThrow(
      /ascending order/,
    );
    expect(() => AdaBoostClassifier.fromJSON({ ...ada, estimators: [] })).toThrow(/it is empty/);
    expect(() => AdaBoostClassifier.fromJSON({ ...ada, features: 1 })).not.toThrow(TypeError);
  });
});

describe('AdaBoost', () => {
  it('keeps a perfect tree with weight 1 and stops', () => {
    const model = new AdaBoostClassifier().fit([[1], [2], [3]], [0, 0, 1]);
    expect([...model.estimatorWeights]).toEqual([1]);
    expect([...model.estimatorErrors]).toEqual([0]);
    expect([...model.predict([[2.4], [2.6]])]).toEqual([0, 1]);
  });

  it('says when there is nothing to learn', () => {
    const xor = [
      [0, 0],
      [1, 1],
      [0, 1],
      [1, 0],
    ];
    expect(() => new AdaBoostClassifier().fit(xor, [0, 0, 1, 1])).toThrow(/no better than chance/);
    const model = new AdaBoostClassifier({ maxDepth: 2 }).fit(xor, [0, 0, 1, 1]);
    expect([...model.predict(xor)]).toEqual([0, 0, 1, 1]);
  });
});

describe('model files', () => {
  const { booster } = new XGBClassifier({ nEstimators: 2, maxDepth: 2 }).fit(x, y);
  const text = booster.save('json');
  const changed = (edit: (learner: Learner) => void) => {
    const document = JSON.parse(text) as { learner: Learner };
    edit(document.learner);
    return JSON.stringify(document);
  };
  interface Learner {
    objective: { name: string };
    learner_model_param: Record<string, string>;
    gradient_booster: { name: string; model: { trees: Record<string, number[]>[] } };
    feature_names?: string[];
    attributes: Record<string, string>;
  }

  it('keep names and attributes', () => {
    const file = changed((learner) => {
      learner.feature_names = ['a', 'b', 'c'];
      learner.attributes = { best_iteration: '1' };
    });
    const loaded = Booster.load(file);
    expect(loaded.featureNames).toEqual(['a', 'b', 'c']);
    expect(Booster.load(loaded.save('json')).attributes).toEqual({ best_iteration: '1' });
  });

  it('may hold the base score as older versions write it', () => {
    const old = changed((learner) => (learner.learner_model_param.base_score = '2.5E-1'));
    expect(Booster.load(old).baseScore).toBe(0.25);
  });

  it.each<[string, (learner: Learner) => void, RegExp]>([
    [
      'a child too far',
      (l) => (l.gradient_booster.model.trees[1].right_children[0] = 99),
      /trees\[1\].right_children: \[0\] is 99/,
    ],
    [
      'an only child',
      (l) => (l.gradient_booster.model.trees[0].left_children[0] = -1),
      /has one child/,
    ],
    [
      'too few thresholds',
      (l) => l.gradient_booster.model.trees[0].split_conditions.pop(),
      /entries; \d+ are expected/,
    ],
  ])('cannot hold %s', (_, edit, message) => {
    expect(() => Booster.load(changed(edit))).toThrow(message);
    expect(() => Booster.load(changed(edit))).toThrow(
      expect.objectContaining({ code: 'MODEL_FORMAT' }),
    );
  });

  it('that are cut off at any place are refused with a typed error', () => {
    fc.assert(
      fc.property(fc.nat(text.length - 1), (length) => {
        expect(() => Booster.load(text.slice(0, length))).toThrow(
          expect.objectContaining({ code: 'MODEL_FORMAT' }),
        );
      }),
    );
    expect(() => Booster.load('{}')).toThrow('it has no field learner');
  });
});

describe('float32Text', () => {
  it('has an exponent and reads back as the same float32', () => {
    const random = createRandom(1);
    const bits = new Uint32Array(1);
    const float = new Float32Array(bits.buffer);
    for (let i = 0; i < 2000; i++) {
      bits[0] = random.uint32();
      const value = float[0];
      if (!Number.isFinite(value)) continue;
      const written = float32Text(value);
      expect(written).toMatch(/^-?\d(\.\d+)?E-?\d+$/);
      expect(Math.fround(Number(written))).toBe(value);
    }
    expect([0, -0, 16.82, 1.401298464324817e-45].map(Math.fround).map(float32Text)).toEqual([
      '0E0',
      '-0E0',
      '1.682E1',
      '1E-45',
    ]);
  });
});

describe('argsortFloat32', () => {
  it('is a stable ascending order', () => {
    fc.assert(
      fc.property(fc.float32Array({ noNaN: true }), (values) => {
        const order = [...argsortFloat32(values, values.length)];
        const wanted = [...values.keys()].sort((a, b) => values[a] - values[b] || a - b);
        const safe = values.every((value) => Number.isFinite(value));
        if (safe) expect(order).toEqual(wanted);
        else
          expect(order.map((i) => values[i] + 0)).toEqual(
            [...values].map((v) => v + 0).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)),
          );
      }),
    );
  });
});
