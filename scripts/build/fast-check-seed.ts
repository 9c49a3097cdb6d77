/**
 * Properties are checked with the same inputs on every run, so that a red test is a change of the code and
 * not of the dice. `FAST_CHECK_SEED=random npm test` explores other inputs, a number repeats a run.
 */
import fc from 'fast-check';

const wanted = process.env['FAST_CHECK_SEED'] ?? '2020';
if (wanted !== 'random') fc.configureGlobal({ seed: Number(wanted) });
