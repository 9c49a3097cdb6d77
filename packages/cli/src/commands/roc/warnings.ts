import type { Reason } from '@steatosis/stats';
import { fixed } from '../../report/format.js';
import type { DataTable } from '../../tables/data-table.js';
import { repeatedIdentity } from '../../tables/repeated-identity.js';
import type { RocResults } from './analyse.js';
import type { RocOptions } from './options.js';

/** What a reader of the numbers must be told. */
export function rocWarnings(table: DataTable, results: RocResults, options: RocOptions): string[] {
  const warnings: string[] = [];
  const { leftOut, rows, scores, comparisons } = results;
  if (leftOut > 0) {
    warnings.push(
      `${leftOut} of ${rows + leftOut} rows lack the label, a score${options.cluster === undefined ? '' : ', the cluster'}` +
        `${options.weights === undefined ? '' : ', the weight'} and are left out of everything`,
    );
  }
  const identity = options.cluster === undefined ? repeatedIdentity(table) : undefined;
  if (identity !== undefined) {
    warnings.push(
      `the column ${identity} has the same value in several rows: rows of one patient are not independent, ` +
        `intervals and P come out too small. Give --cluster ${identity}`,
    );
  }
  for (const { name, auc, interval, reason } of scores) {
    if (reason !== undefined) warnings.push(`${name}: ${ofArea(reason, options)}`);
    if (auc < 0.5) {
      const chance = interval[1] >= 0.5 ? ', which its interval does not tell from chance' : '';
      warnings.push(
        `${name}: AUC ${fixed(auc, 3)} is below 0.5${chance}: low values go with ${results.positive}. ` +
          'Curves are never turned round; give the negative of the score if that is what it means',
      );
    }
  }
  for (const { scores: names, reason } of comparisons) {
    if (reason !== undefined) warnings.push(`${names.join(' against ')}: ${ofComparison(reason)}`);
  }
  return warnings;
}

/** Why an area has no interval, or one that is not to be trusted, and what would help. */
function ofArea(reason: Reason, options: RocOptions): string {
  if (reason === 'zero-variance') {
    return (
      'the estimated variance is 0, since the scores part the classes entirely or not at all: an interval without width ' +
      `says nothing about certainty; ${remedy(options)}`
    );
  }
  if (reason === 'boundary-estimate') {
    return `an AUC of 0 or 1 has no interval on the logit scale; ${remedy(options)}`;
  }
  return wordsOf(reason);
}

/** Only the score interval has a width where no pair, or every pair, of rows is in the wrong order. */
function remedy({ cluster, weights }: RocOptions): string {
  if (cluster !== undefined) {
    return 'with one row a patient, and without --cluster, --interval newcombe gives one that has a width';
  }
  return `--interval newcombe${weights === undefined ? '' : ', without --weights,'} gives one that has a width`;
}

/** Why two scores have no test. */
function ofComparison(reason: Reason): string {
  return reason === 'zero-variance'
    ? 'the estimated variance of the difference is 0, since both scores rank the rows alike or part the classes entirely: ' +
        'there is no P, and an interval without width says nothing about certainty'
    : wordsOf(reason);
}

function wordsOf(reason: Reason): string {
  return WORDS[reason] ?? `a value is undefined (${reason})`;
}

const WORDS: Partial<Record<Reason, string>> = {
  'single-class': 'only one class has rows with all scores, so there is no curve',
  'too-few-observations':
    'one class has a single row, so the variance is unknown: no interval and no P',
  'too-few-clusters':
    'one class comes from a single cluster, so the variance between clusters is unknown: no interval and no P',
};
