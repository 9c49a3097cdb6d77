import { createRandom } from '@steatosis/core';

/** A random symmetric matrix with known eigenvalues: Q diag(values) Qᵀ from reflections. */
export function withEigenvalues(values: number[], seed: number): Float64Array {
  const n = values.length;
  const random = createRandom(seed);
  const matrix = new Float64Array(n * n);
  values.forEach((value, i) => {
    matrix[i * n + i] = value;
  });
  for (let reflection = 0; reflection < 3; reflection++) {
    const v = Float64Array.from({ length: n }, () => random.normal());
    const norm = v.reduce((sum, x) => sum + x * x, 0);
    const reflect = (transposed: boolean) => {
      for (let row = 0; row < n; row++) {
        const at = (k: number) => (transposed ? k * n + row : row * n + k);
        let dot = 0;
        for (let k = 0; k < n; k++) dot += matrix[at(k)] * v[k];
        for (let k = 0; k < n; k++) matrix[at(k)] -= (2 * dot * v[k]) / norm;
      }
    };
    reflect(false);
    reflect(true);
  }
  return matrix;
}
