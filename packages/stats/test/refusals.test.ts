import { InvalidArgumentError } from '@steatosis/core';
import { expect, test } from 'vitest';
import * as stats from '../src/index.js';

const labels = [0, 1, 0, 1, 1, 0];
const x = [1, 2, 3, 4, 5, 7];
const y = [2, 1, 4, 3, 6, 5];
const odd = [
  undefined,
  null,
  NaN,
  Infinity,
  -1,
  1.5,
  'x',
  true,
  [],
  [NaN],
  ['a'],
  [null],
  [[]],
  {},
];
const others = [
  x,
  labels,
  undefined,
  null,
  'x',
  {},
  [
    [1, 2],
    [3, 4],
  ],
];

test('every function answers nonsense with a record or a typed error', async () => {
  const functions = Object.entries(stats).filter(([, value]) => typeof value === 'function');
  expect(functions.length).toBeGreaterThan(100);
  for (const [name, value] of functions) {
    const call = value as (...args: unknown[]) => unknown;
    const calls: unknown[][] = odd.flatMap((a) => [
      [a],
      ...others.flatMap((b) => [
        [a, b],
        [b, a],
      ]),
      [labels, x, a],
      [x, y, a],
      [labels, x, y, a],
      [labels, x, { level: a }],
      [x, y, { nanPolicy: a }],
      [x, y, { alternative: a }],
      [x, y, { method: a }],
    ]);
    for (const args of calls) {
      try {
        await call(...args);
      } catch (error) {
        const what = `${name}(${args.map((arg) => JSON.stringify(arg)).join(', ')}): ${String(error)}`;
        expect(error instanceof InvalidArgumentError, what).toBe(true);
      }
    }
  }
});
