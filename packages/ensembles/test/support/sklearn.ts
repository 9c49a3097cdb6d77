import { expect } from 'vitest';
import type { DenseMatrix } from '../../src/index.js';
import type { StoredTree } from '../../src/cart/stored-tree.js';
import { maxDifference } from './fixtures.js';

/** A tree as the reference cases hold it. */
export interface SklearnTree {
  left: number[];
  right: number[];
  feature: number[];
  threshold: number[];
  impurity: number[];
  weighted_n: number[];
  /** Class weights before scikit-learn 1.3, class shares since then; or one number. */
  value: number[][];
}

/** Node by node: same features, thresholds and numbering; impurities and values as closely as sums allow. */
export function sameTrees(found: readonly StoredTree[], wanted: readonly SklearnTree[]): void {
  expect(found).toHaveLength(wanted.length);
  found.forEach((tree, id) => {
    const other = wanted[id];
    expect(tree.feature, `tree ${id}`).toEqual(other.feature);
    expect(tree.threshold, `tree ${id}`).toEqual(other.threshold);
    expect(tree.left, `tree ${id}`).toEqual(other.left);
    expect(tree.right, `tree ${id}`).toEqual(other.right);
    expect(maxDifference(tree.impurity, other.impurity)).toBeLessThanOrEqual(1e-10);
    expect(maxDifference(tree.weight, other.weighted_n)).toBeLessThanOrEqual(1e-9);
    expect(maxDifference(tree.value, other.value.flatMap(shares))).toBeLessThanOrEqual(1e-10);
  });
}

function shares(value: number[]): number[] {
  const total = value.length > 1 ? value.reduce((sum, weight) => sum + weight, 0) : 1;
  return value.map((weight) => weight / total);
}

/** scikit-learn's parameters by our names. */
export function camelCased(parameters: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [
      name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
      value,
    ]),
  );
}

/** The first rows of a matrix. */
export function first(x: DenseMatrix<Float32Array>, rows: number): DenseMatrix<Float32Array> {
  return { rows, columns: x.columns, data: x.data.subarray(0, rows * x.columns) };
}
