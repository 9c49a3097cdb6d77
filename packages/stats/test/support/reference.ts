import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect } from 'vitest';

/** Read a reference table; `"NaN"`, `"Infinity"` and `"-Infinity"` become numbers. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller states the table's shape
export function reference<T>(name: string): T {
  const file = new URL(`../fixtures/stats/${name}.json.gz`, import.meta.url);
  const special: Record<string, number> = { NaN: Number.NaN, Infinity, '-Infinity': -Infinity };
  return JSON.parse(gunzipSync(readFileSync(file)).toString('utf8'), (_, value: unknown) =>
    typeof value === 'string' && value in special ? special[value] : value,
  ) as T;
}

/** |found − expected| ≤ tolerance · |expected|; NaN and infinities must be the same. */
export function expectClose(
  found: number,
  expected: number,
  what: string,
  tolerance = 1e-10,
): void {
  if (Object.is(found, expected) || found === expected) return;
  const error = Math.abs(found - expected) / Math.abs(expected);
  expect(error, `${what}: found ${found}, expected ${expected}`).toBeLessThanOrEqual(tolerance);
}

export function expectAllClose(
  found: ArrayLike<number>,
  expected: readonly number[],
  what: string,
): void {
  expect(found.length, what).toBe(expected.length);
  expected.forEach((value, i) => expectClose(found[i], value, `${what}[${i}]`));
}
