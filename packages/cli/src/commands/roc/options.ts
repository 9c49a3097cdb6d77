import type { OptionValues } from '../../command-line/option-values.js';
import { endingOf } from '../../command-line/output.js';
import { UsageError } from '../../terminal/usage-error.js';

export const INTERVALS = [
  'delong',
  'delong-logit',
  'hanley-mcneil',
  'newcombe',
  'bootstrap',
] as const;

/** Where the curves go: a picture, a page, or a folder with both and the numbers. */
interface RocOutput {
  kind: 'svg' | 'html' | 'folder';
  path: string;
}

/** What a command line asks of `steatosis roc`. */
export interface RocOptions {
  table: string;
  label: string;
  positive: string | undefined;
  positiveGrade: number | undefined;
  scores: readonly string[];
  cluster: string | undefined;
  weights: string | undefined;
  interval: (typeof INTERVALS)[number];
  level: number;
  maxFpr: number | undefined;
  compare: boolean;
  /** Of the bootstrap. */
  seed: number;
  replicates: number;
  output: RocOutput | undefined;
  force: boolean;
  json: boolean;
}

/** @throws UsageError */
export function rocOptions(table: string, options: OptionValues): RocOptions {
  const scores = options.texts('score').flatMap((text) => text.split(',').map((s) => s.trim()));
  if (scores.length === 0) throw wrong('--score <column> is missing');
  const twice = scores.find((name, i) => scores.indexOf(name) < i);
  if (twice !== undefined) throw wrong(`--score ${twice} was given twice`);
  const interval = options.choice('interval', INTERVALS) ?? 'delong';
  const weights = options.text('weights');
  const cluster = options.text('cluster');
  const compare = options.flag('compare');
  if (compare && scores.length < 2) throw wrong('--compare needs two scores or more');
  if (weights !== undefined && (compare || !interval.startsWith('delong'))) {
    const what = compare ? '--compare' : `--interval ${interval}`;
    throw wrong(`${what} is not defined with --weights`);
  }
  if (cluster !== undefined && (interval === 'hanley-mcneil' || interval === 'newcombe')) {
    throw wrong(`--interval ${interval} takes rows as independent; with --cluster take delong`);
  }
  for (const name of ['seed', 'replicates']) {
    if (options.has(name) && interval !== 'bootstrap') {
      throw wrong(`--${name} has no effect without --interval bootstrap`);
    }
  }
  const positive = options.text('positive');
  const positiveGrade = numberOf(options, 'positive-grade');
  if (positive !== undefined && positiveGrade !== undefined) {
    throw wrong('--positive and --positive-grade are two ways to say the same; give one');
  }
  const output = options.text('output');
  return {
    table,
    label: options.requiredText('label', '--label', 'column'),
    positive,
    positiveGrade,
    scores,
    cluster,
    weights,
    interval,
    level: share(options, 'level', 'between 0 and 1, as 0.95') ?? 0.95,
    maxFpr: share(options, 'max-fpr', 'between 0 and 1, as 0.2'),
    compare,
    seed: options.integer('seed', 0, Number.MAX_SAFE_INTEGER) ?? 1,
    replicates: options.integer('replicates', 100, 1_000_000) ?? 2000,
    output: output === undefined ? undefined : outputOf(output),
    force: options.flag('force'),
    json: options.flag('json'),
  };
}

function outputOf(path: string): RocOutput {
  const ending = endingOf(path, ['.svg', '.html']);
  const other = /\.(?:png|pdf|jpe?g|csv|json)$/i.exec(path);
  if (other !== null) throw wrong(`-o ${path} must end in .svg or .html, or name a folder`);
  return { kind: ending === '.svg' ? 'svg' : ending === '.html' ? 'html' : 'folder', path };
}

function numberOf(options: OptionValues, name: string): number | undefined {
  const text = options.text(name);
  if (text === undefined) return undefined;
  if (!Number.isFinite(Number(text))) throw wrong(`--${name} is ${text}; expected a number`);
  return Number(text);
}

function share(options: OptionValues, name: string, wanted: string): number | undefined {
  const text = options.text(name);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!(value > 0 && value < 1)) {
    throw wrong(`--${name} is ${text}; expected a number ${wanted}`);
  }
  return value;
}

function wrong(message: string): UsageError {
  return new UsageError(message, 'roc');
}
