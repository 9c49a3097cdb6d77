/**
 * Why a value is NaN by rule, for programs. Data never make a function throw; they make its result NaN, and
 * this says why.
 *
 * - `too-few-observations`: the estimate or its distribution needs more of them
 * - `constant-input`: one variable does not vary, so nothing correlates with it
 * - `nan-input`: a value is missing and the NaN policy does not leave it out
 * - `single-class`: only one of the two classes occurs
 * - `too-few-clusters`: a class occurs in a single cluster, so its variance between clusters is unknown
 * - `boundary-estimate`: the interval's method is not defined for an estimate at the end of its range (a share of 0 or 1), or
 *   has no width there and says nothing about certainty (a correlation of −1 or 1)
 * - `zero-variance`: every value is there, but an interval of zero width comes from classes that do not
 *   overlap (or tie entirely) and says nothing about certainty
 * - `zero-denominator`: a ratio of counts whose denominator is 0
 * - `negative-variance`: an estimated variance in the denominator is not positive
 * - `interval-contains-zero`: the reciprocals of the limits would be no interval
 * - `no-discordant-pairs`: two paired decisions never differ, so the pairs tell nothing about which is better
 * - `separation`: a predictor parts the classes entirely, so that the logistic slope has no finite estimate
 * - `collinear`: a predictor is a linear combination of others, so that their coefficients cannot be told apart
 * - `no-convergence`: the iteration ended before the estimate stood still
 * - `no-known-distribution`: the estimate is there, but its distribution, and with it an interval, is not known
 * - `zero-margin`: a row or column of a table has no counts, so that its share is 0 whatever the other variable
 * - `not-two-by-two`: an odds ratio belongs to a table of two rows and two columns alone
 * - `weighted-input`: no interval of this kind is known for weighted observations
 * - `outside-approximation`: a series left 0 … 1 and was cut there, so that P is known to be small or near 1, but not how
 *   near; or the data lie outside the range for which an approximation of P was fitted
 * - `undefined-statistic`: the statistic that was to be resampled is NaN for the data themselves
 * - `no-average`: the parts were asked for without an average
 */
export type Reason =
  | 'too-few-observations'
  | 'constant-input'
  | 'nan-input'
  | 'single-class'
  | 'too-few-clusters'
  | 'boundary-estimate'
  | 'zero-variance'
  | 'zero-denominator'
  | 'negative-variance'
  | 'interval-contains-zero'
  | 'no-discordant-pairs'
  | 'separation'
  | 'collinear'
  | 'no-convergence'
  | 'no-known-distribution'
  | 'zero-margin'
  | 'not-two-by-two'
  | 'weighted-input'
  | 'outside-approximation'
  | 'undefined-statistic'
  | 'no-average';

/** Lower and upper limit; both NaN where the interval is undefined. */
export type Interval = [lower: number, upper: number];

/**
 * What to do with NaN: `propagate` gives NaN with the reason `nan-input`, `omit` leaves out every observation
 * that has one, `raise` throws.
 */
export type NanPolicy = 'propagate' | 'omit' | 'raise';
