import { describe, expect, it } from 'vitest';
import { Booster, type BoosterParameters, DMatrix } from '../src/index.js';
import { readJson } from './support/fixtures.js';

interface OptionsCase {
  seed: number;
  columns: number;
  x: (number | null)[];
  y: number[];
  weight: number[] | null;
  base_margin: number[] | null;
  outputs: number;
  feature_types: ('q' | 'c')[] | null;
  params: Record<string, string | number>;
  metrics: BoosterParameters['evalMetric'];
  monotone_constraints: number[] | null;
  rounds: number;
  continued: number;
  early_stopping_rounds: number | null;
  best_iteration: number | null;
  model: object;
  margin: number[];
  leaf: number[];
  history: Record<string, Record<string, (number | null)[]>>;
}

/** Names of parameters that differ by more than their spelling. */
const renamed: Record<string, string> = { eta: 'learningRate' };

function parametersOf(given: OptionsCase): BoosterParameters {
  const named = Object.entries(given.params).map(([name, value]) => [
    renamed[name] ?? name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase()),
    value,
  ]);
  return {
    ...(Object.fromEntries(named) as BoosterParameters),
    evalMetric: given.metrics,
    monotoneConstraints: given.monotone_constraints ?? undefined,
  };
}

/** All rows, or those of training (the others of validation are every fourth). */
function matrixOf(given: OptionsCase, part: 'all' | 'train' | 'valid'): DMatrix {
  const { columns, outputs, weight, base_margin: base } = given;
  const rows = [...given.y.keys()].filter(
    (row) => part === 'all' || (row % 4 === 3) === (part === 'valid'),
  );
  const x = rows.map((row) =>
    given.x.slice(row * columns, (row + 1) * columns).map((value) => value ?? Number.NaN),
  );
  if (part === 'all') return new DMatrix(x);
  return new DMatrix(x, {
    label: rows.map((row) => given.y[row]),
    weight: weight ? rows.map((row) => weight[row]) : undefined,
    baseMargin: base
      ? rows.flatMap((row) => base.slice(row * outputs, (row + 1) * outputs))
      : undefined,
    featureTypes: given.feature_types ?? undefined,
  });
}

const { cases } = readJson('xgboost/options.json.gz') as { cases: OptionsCase[] };

describe.each(cases)('case $seed, $params.objective', (given) => {
  const reference = Booster.load(JSON.stringify(given.model));
  const train = matrixOf(given, 'train');
  const evals = [
    { data: train, name: 'train' },
    { data: matrixOf(given, 'valid'), name: 'valid' },
  ];
  const parameters = parametersOf(given);
  const stopping = { earlyStoppingRounds: given.early_stopping_rounds ?? undefined };
  let booster = Booster.train({ ...parameters, ...stopping }, train, {
    rounds: given.rounds,
    evals,
  });
  if (given.continued > 0) {
    booster = Booster.train(parameters, train, {
      rounds: given.continued,
      evals,
      initialModel: booster,
    });
  }

  it('has XGBoost’s base scores to the last bit', () => {
    expect(booster.baseScores).toEqual(reference.baseScores);
  });

  it('has XGBoost’s trees', () => {
    expect(booster.treeInfo).toEqual(reference.treeInfo);
    expect(booster.iterationStarts).toEqual(reference.iterationStarts);
    booster.trees.forEach((tree, id) => {
      const other = reference.trees[id];
      expect(tree.leftChildren, `tree ${id}`).toEqual(other.leftChildren);
      expect(tree.splitIndices, `tree ${id}`).toEqual(other.splitIndices);
      expect(tree.defaultLeft, `tree ${id}`).toEqual(other.defaultLeft);
      expect(tree.categorical, `tree ${id}`).toEqual(other.categorical);
      tree.splitConditions.forEach((found, node) => {
        if (tree.categorical?.isCategorical[node] === 1) return;
        const wanted = other.splitConditions[node];
        const tolerance = 1e-6 * Math.max(1, Math.abs(wanted));
        expect(Math.abs(found - wanted), `tree ${id} node ${node}`).toBeLessThanOrEqual(tolerance);
      });
    });
  });

  it('has XGBoost’s margins and leaves', () => {
    const all = matrixOf(given, 'all');
    booster.predictMargin(all).forEach((margin, i) => {
      const tolerance = 1e-6 * Math.max(1, Math.abs(given.margin[i]));
      expect(Math.abs(margin - given.margin[i])).toBeLessThanOrEqual(tolerance);
    });
    expect(Array.from(booster.predictLeaf(all).data)).toEqual(given.leaf);
  });

  it('has XGBoost’s evaluation history and best round', () => {
    for (const [set, metrics] of Object.entries(given.history)) {
      for (const [metric, wanted] of Object.entries(metrics)) {
        const found = booster.evaluationHistory[set][metric];
        expect(found).toHaveLength(wanted.length);
        found.forEach((value, round) => {
          const other = wanted[round] ?? Number.NaN;
          if (Number.isNaN(other)) expect(value).toBeNaN();
          else expect(Math.abs(value - other)).toBeLessThanOrEqual(1e-6 * Math.abs(other));
        });
      }
    }
    expect(booster.bestIteration ?? null).toBe(given.best_iteration);
  });
});
