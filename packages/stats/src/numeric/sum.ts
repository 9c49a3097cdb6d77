/**
 * The sum with its rounding errors carried along (Neumaier 1974): right to about one unit in the last
 * place where the plain sum cancels.
 *
 * @internal
 */
export function compensatedSum(values: ArrayLike<number>, scale = 1): number {
  let sum = 0;
  let lost = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] * scale;
    const next = sum + value;
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  // Once the sum has overflowed, what was lost is NaN.
  return Number.isFinite(sum) ? sum + lost : sum;
}

/** Σ xᵢ in short plain runs whose totals are compensated: fast, and 1e-15 at a million terms. */
export function sumInRuns(x: Float64Array): number {
  const runs = new Float64Array(Math.ceil(x.length / RUN));
  for (let run = 0; run < runs.length; run++) {
    const end = Math.min(x.length, (run + 1) * RUN);
    let sum = 0;
    for (let i = run * RUN; i < end; i++) sum += x[i];
    runs[run] = sum;
  }
  return compensatedSum(runs);
}

/** Σ xᵢ yᵢ likewise. */
export function dot(x: Float64Array, y: Float64Array): number {
  const runs = new Float64Array(Math.ceil(x.length / RUN));
  for (let run = 0; run < runs.length; run++) {
    const end = Math.min(x.length, (run + 1) * RUN);
    let sum = 0;
    for (let i = run * RUN; i < end; i++) sum += x[i] * y[i];
    runs[run] = sum;
  }
  return compensatedSum(runs);
}

/** Σ (a xᵢ + b yᵢ)², likewise. */
export function squaredNorm(x: Float64Array, a: number, y: Float64Array, b: number): number {
  const runs = new Float64Array(Math.ceil(x.length / RUN));
  for (let run = 0; run < runs.length; run++) {
    const end = Math.min(x.length, (run + 1) * RUN);
    let sum = 0;
    for (let i = run * RUN; i < end; i++) {
      const value = a * x[i] + b * y[i];
      sum += value * value;
    }
    runs[run] = sum;
  }
  return compensatedSum(runs);
}

const RUN = 128;
