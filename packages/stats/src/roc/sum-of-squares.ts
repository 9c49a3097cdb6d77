import { compensatedSum } from '../numeric/sum.js';

/**
 * Σ wᵢ (factor·xᵢ − shift)²: plain sums of short runs, whose totals are compensated.
 *
 * @param multiplicities wᵢ; 1 when absent
 * @internal
 */
export function sumOfSquares(
  x: Float64Array,
  factor: number,
  shift: number,
  multiplicities?: Float64Array,
): number {
  const runs = new Float64Array(Math.ceil(x.length / RUN));
  for (let run = 0; run < runs.length; run++) {
    const end = Math.min(x.length, (run + 1) * RUN);
    let sum = 0;
    for (let i = run * RUN; i < end; i++) {
      const deviation = factor * x[i] - shift;
      sum +=
        multiplicities === undefined
          ? deviation * deviation
          : multiplicities[i] * deviation * deviation;
    }
    runs[run] = sum;
  }
  return compensatedSum(runs);
}

const RUN = 128;
