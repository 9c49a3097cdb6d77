import type { Alternative } from '../alternative.js';
import { squaredNorm } from '../numeric/sum.js';
import type { Reason } from '../reason.js';
import { hasTies, isConstant } from './centred-ranks.js';
import { coefficientOf } from './coefficient.js';
import { INTERVAL_SOURCES, type SpearmanInterval, standardErrorOfRankZ } from './rank-interval.js';
import { type Correlation, correlationRecord, undefinedCorrelation } from './result.js';
import { P_SOURCES, rankP, type SpearmanMethod } from './spearman-p.js';

/** Spearman's correlation with its interval and its test against 0. */
export interface SpearmanCorrelation extends Correlation {
  /** Student's t of ρ; P comes from it where `method` says so. */
  statistic: number;
  /** Σd² of the differences between the two ranks of a pair, which R calls S where no values tie. */
  sumOfSquaredDifferences: number;
}

/** Checked options. */
export interface AskedOfSpearman {
  level: number;
  alternative: Alternative;
  method: SpearmanMethod;
  interval: SpearmanInterval;
}

/**
 * @param x doubled ranks about their mean
 * @param y likewise
 * @internal
 */
export function spearmanOfRanks(
  x: Float64Array,
  y: Float64Array,
  asked: AskedOfSpearman,
): SpearmanCorrelation {
  const n = x.length;
  if (n < 2) return unknownSpearman(n, asked, 'too-few-observations');
  if (isConstant(x) || isConstant(y)) return unknownSpearman(n, asked, 'constant-input');
  const { level, alternative, interval } = asked;
  const coefficient = coefficientOf(x, y);
  const { r, below, above } = coefficient;
  const sumOfSquaredDifferences = squaredNorm(x, 0.5, y, -0.5);
  const other = rankP(
    asked.method,
    { x, y, tied: asked.method !== 't' && (hasTies(x) || hasTies(y)), sumOfSquaredDifferences },
    alternative,
  );
  const record = correlationRecord({
    coefficient,
    n,
    level,
    alternative,
    method: inWords(other?.words ?? P_SOURCES.t, interval),
    standardErrorOfZ: standardErrorOfRankZ(interval, r, 0.5 * Math.log(above / below), n),
  });
  if (other === undefined) return { ...record, sumOfSquaredDifferences };
  const { p, logP, cut } = other;
  const reason = cut ? { reason: 'outside-approximation' as const } : {};
  return { ...record, sumOfSquaredDifferences, p, logP, ...reason };
}

/** The record of an input for which no correlation is defined. */
export function unknownSpearman(
  n: number,
  { level, alternative, method, interval }: AskedOfSpearman,
  reason: Reason,
): SpearmanCorrelation {
  const asked = { level, alternative, method: inWords(P_SOURCES[method], interval) };
  return { ...undefinedCorrelation(n, asked, reason), sumOfSquaredDifferences: Number.NaN };
}

function inWords(source: string, interval: SpearmanInterval): string {
  return `Spearman's rho with mid-ranks, ${source}, interval by ${INTERVAL_SOURCES[interval]}`;
}
