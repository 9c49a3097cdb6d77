import { expect, test } from 'vitest';
import { Booster, DMatrix } from '../src/index.js';

const x = Array.from({ length: 90 }, (_, i) => [(i * 7) % 31, (i * 11) % 17, i % 5]);
const y = x.map(([a, b, c], i) => a * 0.3 - b + (c > 2 ? 4 : 0) + ((i * 13) % 7) * 0.2);
const part = (rest: number) => {
  const held = (_: unknown, i: number) => (i % 3 === 0) === (rest === 0);
  return new DMatrix(x.filter(held), { label: y.filter(held) });
};
const data = part(1);
const evals = [{ data: part(0), name: 'held' }];

test('a model that is continued stops early where one trained at a stretch does', () => {
  const parameters = { maxDepth: 3, learningRate: 0.5 };
  const stopping = { ...parameters, earlyStoppingRounds: 4 };
  const whole = Booster.train(stopping, data, { rounds: 80, evals });
  const begun = Booster.train(parameters, data, { rounds: 3 });
  const continued = Booster.train(stopping, data, { rounds: 77, evals, initialModel: begun });
  expect(whole.bestIteration).toBeGreaterThan(4);
  expect(continued.bestIteration).toBe(whole.bestIteration);
  expect(continued.bestScore).toBe(whole.bestScore);
  expect(continued.rounds).toBe(whole.rounds);
  expect(continued.evaluationHistory.held.rmse).toEqual(whole.evaluationHistory.held.rmse.slice(3));
});

test('where the first round that continues is the best one, it counts as such', () => {
  const begun = Booster.train({}, data, { rounds: 2 });
  let rounds = 0;
  const rising = { name: 'rising', evaluate: () => ++rounds };
  const continued = Booster.train({ earlyStoppingRounds: 3, evalMetric: rising }, data, {
    rounds: 20,
    evals,
    initialModel: begun,
  });
  expect([continued.bestIteration, continued.bestScore, continued.rounds]).toEqual([2, 1, 6]);
});
