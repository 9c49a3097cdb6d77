import { describe, expect, it } from 'vitest';
import { Booster, XGBClassifier, XGBRegressor } from '../src/index.js';
import { maxDifference, readGzip, readJson, readTable } from './support/fixtures.js';

/** Parameters as XGBoost names them. */
interface Parameters {
  objective: 'binary:logistic' | 'reg:squarederror';
  max_depth: number;
  eta: number;
  max_bin?: number;
  lambda?: number;
  gamma?: number;
  min_child_weight?: number;
  scale_pos_weight?: number;
  base_score?: number;
}

interface Expected {
  table: string;
  params: Parameters;
  rounds: number;
  margin: number[];
  importance_gain: number[];
}

/** Cases that the reference set of `xgboost-parity.test.ts` has not. */
const names = readJson('xgboost/index.json') as string[];
const keeps: Record<string, (row: number) => boolean> = {
  bc_three_quarters: (row) => row % 4 !== 0,
  diabetes_two_thirds: (row) => row % 3 !== 0,
};

function load(name: string) {
  const expected = readJson(`xgboost/${name}.expected.json.gz`) as Expected;
  const table = readTable(expected.table, keeps[name]);
  const reference = Booster.load(readGzip(`xgboost/${name}.model.json.gz`));
  return { expected, table, reference };
}

function train({ params, rounds }: Expected, { x, y, weight }: ReturnType<typeof readTable>) {
  const parameters = {
    nEstimators: rounds,
    maxDepth: params.max_depth,
    learningRate: params.eta,
    maxBin: params.max_bin,
    lambda: params.lambda,
    gamma: params.gamma,
    minChildWeight: params.min_child_weight,
    baseScore: params.base_score,
  };
  return params.objective === 'binary:logistic'
    ? new XGBClassifier({ ...parameters, scalePosWeight: params.scale_pos_weight }).fit(x, y, {
        sampleWeight: weight,
      })
    : new XGBRegressor(parameters).fit(x, y, { sampleWeight: weight });
}

describe.each(names)('%s', (name) => {
  const { expected, table, reference } = load(name);
  const model = train(expected, table);

  it('has the base score of XGBoost to the last bit', () => {
    expect(model.booster.baseScore).toBe(reference.baseScore);
  });

  it('has the trees of XGBoost, node by node', () => {
    expect(model.booster.trees).toHaveLength(reference.trees.length);
    model.booster.trees.forEach((tree, id) => {
      const other = reference.trees[id];
      expect(tree.leftChildren, `tree ${id}`).toEqual(other.leftChildren);
      expect(tree.rightChildren, `tree ${id}`).toEqual(other.rightChildren);
      expect(tree.parents, `tree ${id}`).toEqual(other.parents);
      expect(tree.splitIndices, `tree ${id}`).toEqual(other.splitIndices);
      expect(tree.defaultLeft, `tree ${id}`).toEqual(other.defaultLeft);
      for (let node = 0; node < tree.leftChildren.length; node++) {
        const found = tree.splitConditions[node];
        const wanted = other.splitConditions[node];
        if (tree.leftChildren[node] !== -1) {
          expect(found, `tree ${id} node ${node}`).toBe(unsignedZero(wanted));
        } else {
          expect(Math.abs(found - wanted)).toBeLessThanOrEqual(
            1e-6 * Math.max(1, Math.abs(wanted)),
          );
        }
      }
      expect(relative(tree.sumHessian, other.sumHessian)).toBeLessThanOrEqual(1e-6);
      expect(relative(tree.baseWeights, other.baseWeights)).toBeLessThanOrEqual(1e-6);
      expect(relative(tree.lossChanges, other.lossChanges)).toBeLessThanOrEqual(1e-6);
    });
  });

  it('has the margins of XGBoost within 1e-6', () => {
    const margins = model.predictMargin(table.x);
    expect(relative(margins, expected.margin)).toBeLessThanOrEqual(1e-6);
    if (model instanceof XGBRegressor) expect(model.predict(table.x)).toEqual(margins);
  });

  it('has the importances of XGBoost', () => {
    const total = expected.importance_gain.reduce((sum, gain) => sum + gain, 0);
    const wanted = expected.importance_gain.map((gain) => gain / total);
    expect(maxDifference(model.featureImportances, wanted)).toBeLessThanOrEqual(1e-6);
  });
});

/**
 * Where a column holds both 0 and −0, XGBoost keeps the one that its unstable sort leaves first; the two compare
 * equal wherever they are used, and here the cut is always 0.
 */
function unsignedZero(value: number): number {
  return Math.fround(value) + 0;
}

/** Greatest difference, relative to 1 or the wanted value, whichever is larger. */
function relative(found: ArrayLike<number>, wanted: ArrayLike<number>): number {
  if (found.length !== wanted.length) return Infinity;
  let most = 0;
  for (let i = 0; i < found.length; i++) {
    const difference = Math.abs(found[i] - wanted[i]) / Math.max(1, Math.abs(wanted[i]));
    if (!(difference <= most)) most = difference;
  }
  return most;
}
