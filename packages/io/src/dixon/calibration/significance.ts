import { chiSquareQuantile } from '../chi-square.js';
import { ERROR_KINDS, TERMS } from './acquisition-errors.js';
import type { ErrorFit } from './error-fit.js';
import { solveSymmetric } from './solve.js';

/** Noise alone makes a kind of error as large as this in one scan of a thousand. */
const CONFIDENCE = 0.999;

/** Errors smaller than this (rad, or share of the signal) everywhere move PDFF by less than 0.001 %. */
const NEGLIGIBLE = 1e-4;

/**
 * The kinds of errors, as indices of `ERROR_KINDS`, that noise would make as large as they are in fewer than one
 * scan of a thousand (Wald's test of all terms of a kind together), and that are large enough to matter.
 */
export function significantKinds({ terms, covariance }: ErrorFit): number[] {
  const kinds: number[] = [];
  for (let kind = 0; kind < ERROR_KINDS.length; kind++) {
    const own = TERMS.flatMap((term, i) =>
      term.kind === kind && covariance[i * TERMS.length + i] > 0 ? [i] : [],
    );
    if (own.every((i) => Math.abs(terms[i]) < NEGLIGIBLE)) continue;
    const matrix = Float64Array.from(
      own.flatMap((i) => own.map((j) => covariance[i * TERMS.length + j])),
    );
    const amounts = Float64Array.from(own, (i) => terms[i]);
    const solved = amounts.slice();
    solveSymmetric(matrix, own.length, solved, 1);
    const wald = amounts.reduce((sum, amount, i) => sum + amount * solved[i], 0);
    if (wald > chiSquareQuantile(CONFIDENCE, own.length)) kinds.push(kind);
  }
  return kinds;
}
