import { expect, it } from 'vitest';
import { tickText } from '../src/models/figures/axes.js';

it.each([
  [0, '0'],
  [-200_000, '−200k'],
  [2_500, '2500'],
  [0.1 + 0.2, '0.3'],
  [-0.002, '−0.002'],
  [3 * 1e-7, '3e-7'],
  [1.5e6, '1.5M'],
  [-4e12, '−4e12'],
])('the tick %d is written %s', (value, text) => {
  expect(tickText(value)).toBe(text);
});
