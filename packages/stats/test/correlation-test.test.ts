import { expect, test } from 'vitest';
import { correlationTest, pearson } from '../src/index.js';
import { expectClose, reference } from './support/reference.js';

test('a printed coefficient has the P and interval of the data that it came from', () => {
  const { cases } = reference<{ cases: { name: string; x: number[]; y: number[] }[] }>(
    'correlation',
  );
  for (const { name, x, y } of cases) {
    const whole = pearson(x, y);
    // A coefficient near ±1 no longer knows how near it is.
    if (!(Math.abs(whole.coefficient) < 0.99)) continue;
    const found = correlationTest(whole.coefficient, x.length);
    expectClose(found.p, whole.p, `${name} P`);
    expectClose(found.logP, whole.logP, `${name} ln P`);
    expectClose(found.interval[0], whole.interval[0], `${name} lower`);
    expectClose(found.interval[1], whole.interval[1], `${name} upper`);
  }
});

test('two pairs or fewer have no P, and what is no correlation is refused', () => {
  expect(correlationTest(1, 2)).toMatchObject({ p: NaN, reason: 'too-few-observations' });
  expect(correlationTest(0, 10)).toMatchObject({ p: 1, logP: 0, statistic: 0 });
  expect(correlationTest(-1, 10)).toMatchObject({ p: 0, logP: -Infinity, statistic: -Infinity });
  expect(() => correlationTest(1.01, 10)).toThrow('coefficient is 1.01');
  expect(() => correlationTest(Number.NaN, 10)).toThrow('coefficient is NaN');
  expect(() => correlationTest(0.5, 9.5)).toThrow('n is 9.5');
});
