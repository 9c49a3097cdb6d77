/**
 * Why a value is NaN by rule, for programs. Data never make a function throw; they make its result NaN, and
 * this says why.
 *
 * - `too-few-observations`: the estimate or its distribution needs more of them
 * - `constant-input`: one variable does not vary, so nothing correlates with it
 * - `nan-input`, `infinite-input`: a value that the method cannot use
 * - `single-class`: only one of the two classes occurs
 * - `too-few-clusters`: a class occurs in a single cluster, so its variance between clusters is unknown
 * - `boundary-estimate`: the interval's method is not defined for an estimate of 0 or 1
 * - `zero-variance`: every value is there, but an interval of zero width comes from classes that do not
 *   overlap (or tie entirely) and says nothing about certainty
 * - `zero-denominator`: a ratio of counts whose denominator is 0
 */
export type Reason =
  | 'too-few-observations'
  | 'constant-input'
  | 'nan-input'
  | 'infinite-input'
  | 'single-class'
  | 'too-few-clusters'
  | 'boundary-estimate'
  | 'zero-variance'
  | 'zero-denominator';

/** Lower and upper limit; both NaN where the interval is undefined. */
export type Interval = [lower: number, upper: number];

/**
 * What to do with NaN: `propagate` gives NaN with the reason `nan-input`, `omit` leaves out every observation
 * that has one, `raise` throws.
 */
export type NanPolicy = 'propagate' | 'omit' | 'raise';
