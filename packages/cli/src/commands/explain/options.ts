import { availableParallelism } from 'node:os';
import type { OptionValues } from '../../command-line/option-values.js';
import { UsageError } from '../../terminal/usage-error.js';

/** What a command line asks to explain. */
export interface ExplainOptions {
  output: string;
  /** Table whose rows stand for the data; undefined for path-dependent values. */
  background: string | undefined;
  /** Rows to explain at most; undefined for all. */
  rows: number | undefined;
  /** Features in the pictures. */
  top: number;
  interactions: boolean;
  /** Column of the outcome for permutation importance. */
  target: string | undefined;
  /** Rows of one patient, which are permuted together. */
  group: string | undefined;
  repeats: number;
  seed: number;
  workers: number;
  format: 'csv' | 'parquet';
  force: boolean;
  json: boolean;
}

const MOST_WORKERS = 8;

/** @throws UsageError */
export function explainOptions(options: OptionValues): ExplainOptions {
  const target = options.text('target');
  for (const name of ['group', 'repeats']) {
    if (target === undefined && options.has(name)) {
      throw new UsageError(
        `--${name} is for permutation importance, which needs --target`,
        'explain',
      );
    }
  }
  return {
    output: options.requiredText('output', '-o', 'folder'),
    background: options.text('background'),
    rows: options.integer('rows', 1, Number.MAX_SAFE_INTEGER),
    top: options.integer('top', 1, 100) ?? 20,
    interactions: options.flag('interactions'),
    target,
    group: options.text('group'),
    repeats: options.integer('repeats', 1, 10_000) ?? 10,
    seed: options.integer('seed', Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER) ?? 1,
    workers: options.integer('workers', 0, 64) ?? Math.min(MOST_WORKERS, availableParallelism()),
    format: options.choice('format', ['csv', 'parquet']) ?? 'csv',
    force: options.flag('force'),
    json: options.flag('json'),
  };
}
