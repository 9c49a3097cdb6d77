import { chiSquareQuantile } from '../chi-square.js';
import { ERROR_KINDS, TERMS } from './acquisition-errors.js';
import type { ErrorFit } from './error-fit.js';
import { solveSymmetric } from './solve.js';

/** Noise alone makes a kind of error as large as this in one scan of a thousand. */
const CONFIDENCE = 0.999;

/**
 * The kinds of errors, as indices of `ERROR_KINDS`, that noise would make as large as they are in fewer than one
 * scan of a thousand: Wald's test of all terms of a kind together.
 */
export function significantKinds({ terms, covariance }: ErrorFit): number[] {
  const kinds: number[] = [];
  for (let kind = 0; kind < ERROR_KINDS.length; kind++) {
    const own = TERMS.flatMap((term, i) =>
      term.kind === kind && covariance[i * TERMS.length + i] > 0 ? [i] : [],
    );
    const matrix = Float64Array.from(
      own.flatMap((i) => own.map((j) => covariance[i * TERMS.length + j])),
    );
    const amounts = Float64Array.from(own, (i) => terms[i]);
    const solved = amounts.slice();
    solveSymmetric(matrix, own.length, solved, 1);
    const wald = amounts.reduce((sum, amount, i) => sum + amount * solved[i], 0);
    if (own.length > 0 && wald > chiSquareQuantile(CONFIDENCE, own.length)) kinds.push(kind);
  }
  return kinds;
}
