import { readJson } from './fixtures.js';

/** A reference value of IBSI; value and tolerance are null where there is no consensus. */
export interface ReferenceRow {
  tag: string;
  value: number | null;
  tolerance: number | null;
}

type PackedRow = [tag: string, value: number | null, tolerance: number | null];

/** Rows by configuration (`consensus`: dig_phantom, chest_config_a …) or by filter (`filter-statistics`). */
export function readReference(
  name: 'consensus' | 'filter-statistics',
): Record<string, ReferenceRow[]> {
  const packed = readJson(`ibsi/${name}.json.gz`) as Record<string, PackedRow[]>;
  return Object.fromEntries(
    Object.entries(packed).map(([key, rows]) => [
      key,
      rows.map(([tag, value, tolerance]) => ({ tag, value, tolerance })),
    ]),
  );
}

/** The rows with a consensus. */
export function valuedRows(rows: readonly ReferenceRow[]): ReferenceRow[] {
  return rows.filter(({ value }) => value !== null);
}

/**
 * The rows that a result misses by IBSI's own rule: rounded to three significant digits, as the reference
 * values are, it must lie within the tolerance of the value. The few values printed with more digits, such
 * as numbers of voxels, are compared as they are.
 */
export function missedRows(
  found: Record<string, number>,
  rows: readonly ReferenceRow[],
): { tag: string; found: number | undefined; expected: string }[] {
  return rows.flatMap(({ tag, value, tolerance }) => {
    if (value === null || tolerance === null) return [];
    const exact = found[tag] ?? NaN;
    const compared = value === threeDigits(value) ? threeDigits(exact) : exact;
    // Decimal tolerances are no sums of powers of two: 0.698 − 0.694 exceeds 0.004 by rounding.
    if (Math.abs(compared - value) <= tolerance + 1e-12 * Math.abs(value)) return [];
    return [{ tag, found: found[tag], expected: `${value} ± ${tolerance}` }];
  });
}

function threeDigits(value: number): number {
  return Number(value.toPrecision(3));
}
