import type { RegionResult } from './result-row.js';

/** JSON has no number for these. */
const NON_FINITE = ['NaN', 'Infinity', '-Infinity'];

/** A result as JSON can keep it. */
export function withoutNonFinite(result: RegionResult): unknown {
  return mapNumbers(result, (value) =>
    typeof value === 'number' && !Number.isFinite(value) ? String(value) : value,
  );
}

/** The result again. */
export function withNonFinite(result: RegionResult): RegionResult {
  return mapNumbers(result, (value) =>
    NON_FINITE.includes(value as string) ? Number(value) : value,
  ) as RegionResult;
}

function mapNumbers(value: unknown, change: (leaf: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => mapNumbers(item, change));
  if (typeof value !== 'object' || value === null) return change(value);
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, mapNumbers(item, change)]),
  );
}
