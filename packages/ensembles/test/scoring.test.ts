import { describe, expect, it } from 'vitest';
import { type Scoring, scoreModel, XGBClassifier, XGBRegressor } from '../src/index.js';
import type { Outcome } from '../src/model-selection/scoring/outcome.js';
import { scorerOf } from '../src/model-selection/scoring/scorers.js';
import { readJson } from './support/fixtures.js';

interface ScoreCase {
  y: number[];
  classes: number[];
  predictions: number[];
  probabilities: number[][] | null;
  weights: number[] | null;
  scores: Record<string, number>;
}

const { scores } = readJson('sklearn/model-selection.json.gz') as { scores: ScoreCase[] };

function outcomeOf({ y, classes, predictions, probabilities, weights }: ScoreCase): Outcome {
  return {
    y: Float64Array.from(y),
    classes,
    predictions: Float64Array.from(predictions),
    probabilities: probabilities ? Float64Array.from(probabilities.flat()) : undefined,
    decisions: classes.length === 2 ? Float64Array.from(probabilities!, ([, p]) => p) : undefined,
    weights: weights ? Float64Array.from(weights) : undefined,
  };
}

describe('scores', () => {
  it.each(
    scores.flatMap((example, i) =>
      Object.entries(example.scores).map(([name, value]) => ({ i, name, value, example })),
    ),
  )('$name of table $i is scikit-learn’s', ({ name, value, example }) => {
    const scorer = scorerOf(name as Scoring);
    expect(Math.abs(scorer.score(outcomeOf(example)) - value)).toBeLessThan(1e-13);
    expect(scorer.greaterIsBetter).toBe(
      !['log_loss', 'brier', 'mse', 'rmse', 'mae'].includes(name),
    );
  });

  it('are NaN where they compare what is not there', () => {
    const outcome = outcomeOf({ ...scores[0], y: scores[0].y.map(() => 0) });
    expect(scorerOf('roc_auc').score(outcome)).toBeNaN();
    expect(scorerOf('average_precision').score(outcome)).toBeNaN();
    expect(scorerOf('recall').score(outcome)).toBe(0);
    const single = {
      y: Float64Array.of(1),
      predictions: Float64Array.of(1),
      classes: [],
    };
    expect(scorerOf('r2').score(single)).toBeNaN();
  });

  it('of constant outcomes are 1 or 0 for r2', () => {
    const y = Float64Array.of(2, 2);
    const score = (...predictions: number[]) =>
      scorerOf('r2').score({ y, predictions: Float64Array.from(predictions), classes: [] });
    expect([score(2, 2), score(2, 3)]).toEqual([1, 0]);
  });

  it('are refused where they do not fit, with what does', () => {
    expect(() => scorerOf('roc_acu' as Scoring)).toThrow(/did you mean roc_auc\?/);
    const three = outcomeOf(scores.find(({ classes }) => classes.length === 3)!);
    expect(() => scorerOf('f1').score(three)).toThrow(/f1_macro/);
    expect(() => scorerOf('r2').score(three)).toThrow(/classifier's score/);
    expect(() => scorerOf('accuracy').score({ ...three, classes: [] })).toThrow(
      /regressor's score/,
    );
    expect(() => scorerOf('log_loss').score({ ...three, probabilities: undefined })).toThrow(
      /predictProba/,
    );
    expect(() => scorerOf('roc_auc').score(three)).toThrow(/roc_auc_ovr or roc_auc_ovo/);
    const silent = { ...outcomeOf(scores[0]), decisions: undefined };
    expect(() => scorerOf('roc_auc').score(silent)).toThrow(/neither decisionFunction/);
    expect(() => scorerOf(3 as never)).toThrow(/name of a score/);
  });

  it('of pairs of classes count a row twice as its weight twice', () => {
    const example = scores.find(({ classes, weights }) => classes.length === 3 && !weights)!;
    const twice = (values: number[]) => [...values, ...values.slice(0, 30)];
    const doubled = {
      ...example,
      y: twice(example.y),
      predictions: twice(example.predictions),
      probabilities: [...example.probabilities!, ...example.probabilities!.slice(0, 30)],
    };
    const weighted = { ...example, weights: example.y.map((_, row) => (row < 30 ? 2 : 1)) };
    const score = (table: ScoreCase) => scorerOf('roc_auc_ovo').score(outcomeOf(table));
    expect(score(weighted)).toBeCloseTo(score(doubled), 13);
  });

  it('may be functions and objects', () => {
    const worst = scorerOf(function worst({ y, predictions }) {
      return Math.max(...y.map((value, row) => Math.abs(value - predictions[row])));
    });
    expect([worst.name, worst.greaterIsBetter]).toEqual(['worst', true]);
    expect(worst.score(outcomeOf(scores[0]))).toBe(1);
    const own = { name: 'own', greaterIsBetter: false, score: () => 7 };
    expect(scorerOf(own)).toBe(own);
  });
});

describe('scoreModel', () => {
  const x = [[1], [2], [3], [4]];

  it('judges classifiers and regressors', () => {
    const model = new XGBClassifier({ nEstimators: 3, minChildWeight: 0 }).fit(x, [0, 0, 1, 1]);
    expect(scoreModel(model, x, [0, 0, 1, 0])).toEqual({ accuracy: 0.75 });
    expect(
      scoreModel(model, x, [0, 0, 1, 0], { scoring: 'accuracy', sampleWeight: [1, 1, 1, 0] }),
    ).toEqual({ accuracy: 1 });
    expect(() => scoreModel(model, x, [0, 0, 1, 2])).toThrow(/y\[3\] is 2/);
    expect(() => scoreModel(model, x, [0, 0, 1, 0], { scorin: 'f1' } as never)).toThrow(/scoring/);
    const regressor = new XGBRegressor({ nEstimators: 50 }).fit(x, [1, 2, 3, 4]);
    expect(scoreModel(regressor, x, [1, 2, 3, 4]).r2).toBeGreaterThan(0.9);
  });
});
