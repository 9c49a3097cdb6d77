import type { Alternative } from '../alternative.js';
import { finiteOrThrow } from '../checks.js';
import { centre } from '../numeric/centre.js';
import type { Interval, Reason } from '../reason.js';
import { centredRanks } from './centred-ranks.js';
import { kendallOf } from './kendall.js';
import { PEARSON_METHOD, pearsonOf, type PreparedForPearson } from './pearson.js';
import { spearmanOfRanks } from './spearman-of-ranks.js';

/** The correlations that a matrix can hold. */
export type MatrixMethod = 'pearson' | 'spearman' | 'kendall';

/** What a matrix keeps of a correlation. */
export interface MatrixEntry {
  coefficient: number;
  interval: Interval;
  statistic: number;
  p: number;
  logP: number;
  n: number;
  method: string;
  reason?: Reason;
}

/** What is the same for all pairs. */
export interface AskedOfMatrix {
  level: number;
  alternative: Alternative;
}

/** A correlation in two steps: what is done once for a variable, and what for each pair. */
export interface MatrixKind<T> {
  words: string;
  prepared: (name: string, values: Float64Array) => T;
  correlate: (x: T, y: T, asked: AskedOfMatrix) => MatrixEntry;
}

/** @internal */
export const pearsonKind: MatrixKind<PreparedForPearson> = {
  words: "Pearson's r",
  prepared(name, values) {
    finiteOrThrow(name, values);
    return { values, centred: centre(values) };
  },
  correlate: (x, y, asked) => pearsonOf(x, y, { ...asked, method: PEARSON_METHOD }),
};

/** @internal */
export const spearmanKind: MatrixKind<Float64Array> = {
  words: "Spearman's rho with mid-ranks",
  prepared: (_, values) => centredRanks(values),
  correlate: (x, y, asked) =>
    spearmanOfRanks(x, y, { ...asked, method: 't', interval: 'bonett-wright' }),
};

/** @internal */
export const kendallKind: MatrixKind<Float64Array> = {
  words: "Kendall's tau-b",
  prepared: (_, values) => values,
  correlate: (x, y, asked) =>
    kendallOf(x, y, { ...asked, variant: 'b', test: 'auto', interval: 'fieller' }),
};
