import { checkedLabels, checkedOptions, type Numbers, sameLength } from '../checks.js';
import { mcnemar, type McNemarOptions, type McNemarResult } from './mcnemar.js';
import {
  type PairedCounts,
  pairedDifference,
  type PairedDifference,
  type PairedDifferenceOptions,
} from './paired-difference.js';

/** Options of {@link mcnemarTest}. */
export interface McNemarTestOptions extends McNemarOptions {
  /** Interval of the difference of the accuracies. Default `'newcombe'`. */
  differenceMethod?: NonNullable<PairedDifferenceOptions['method']>;
}

/** Two classifiers' accuracies on the same patients compared. */
export interface McNemarTestResult extends McNemarResult {
  /** Pairs of right and wrong decisions; `firstOnly` and `secondOnly` are b and c. */
  counts: PairedCounts;
  /** Accuracy of the first minus that of the second, with its interval. */
  accuracyDifference: PairedDifference;
}

/**
 * McNemar's test whether two decisions on the same patients are equally accurate, from the decisions themselves.
 *
 * For sensitivities or specificities give only the positive or only the negative patients.
 *
 * @param labels the truth, 0 or 1 for each patient
 * @param predictedA the first decision, 0 or 1
 * @param predictedB the second decision, 0 or 1
 * @throws InvalidArgumentError for arrays of different length, other labels, or impossible options
 * @example
 * ```ts
 * import { mcnemarTest } from '@steatosis/stats';
 *
 * const labels = [1, 1, 1, 1, 0, 0, 0, 0];
 * const result = mcnemarTest(labels, [1, 1, 1, 1, 0, 0, 0, 1], [1, 0, 0, 1, 0, 1, 0, 0]);
 * console.log(result.b, result.c, result.p.toFixed(3)); // 3 1 0.625
 * console.log(result.accuracyDifference.difference); // 0.25
 * ```
 */
export function mcnemarTest(
  labels: Numbers,
  predictedA: Numbers,
  predictedB: Numbers,
  options: McNemarTestOptions = {},
): McNemarTestResult {
  checkedOptions(options, ['method', 'continuityCorrection', 'level', 'differenceMethod']);
  sameLength('labels', labels, 'predictedA', predictedA);
  sameLength('labels', labels, 'predictedB', predictedB);
  const truth = checkedLabels('labels', labels);
  const first = checkedLabels('predictedA', predictedA);
  const second = checkedLabels('predictedB', predictedB);
  const counts: PairedCounts = { both: 0, firstOnly: 0, secondOnly: 0, neither: 0 };
  for (let i = 0; i < truth.length; i++) {
    const firstRight = first[i] === truth[i];
    const secondRight = second[i] === truth[i];
    if (firstRight && secondRight) counts.both++;
    else if (firstRight) counts.firstOnly++;
    else if (secondRight) counts.secondOnly++;
    else counts.neither++;
  }
  const { differenceMethod = 'newcombe', ...testOptions } = options;
  const result = mcnemar(counts.firstOnly, counts.secondOnly, testOptions);
  return {
    ...result,
    counts,
    accuracyDifference: pairedDifference(counts, { method: differenceMethod, level: result.level }),
  };
}
