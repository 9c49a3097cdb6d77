import { availableParallelism } from 'node:os';
import type { OptionValues } from '../../command-line/option-values.js';
import { endingOf } from '../../command-line/output.js';
import { UsageError } from '../../terminal/usage-error.js';
import type { CaseRequest } from './case-request.js';
import { type ExtractionSettings, readSettings } from './settings.js';
import { parseShard, type Shard } from './shard.js';
import { OUTPUT_ENDINGS, type OutputEnding } from './write-results.js';

/** What a command line asks to extract. */
export interface ExtractOptions {
  output: string;
  ending: OutputEnding;
  force: boolean;
  settings: ExtractionSettings;
  /** Undefined for the label of the settings. */
  labels: CaseRequest['labels'];
  /** Table of cases; undefined for one image and mask. */
  casesPath: string | undefined;
  workers: number;
  resume: boolean;
  shard: Shard | undefined;
}

/** What a command line asks to map. */
export interface MapsOptions {
  folder: string;
  format: 'nifti' | 'nrrd';
  force: boolean;
  settings: ExtractionSettings;
  /** Undefined for the label of the settings. */
  label: number | undefined;
  workers: number;
}

/** @throws UsageError, SettingsError, FileAccessError */
export async function mapsOptions(options: OptionValues): Promise<MapsOptions> {
  for (const name of ['output', 'cases', 'resume', 'shard', 'json']) {
    if (options.has(name)) throw wrong(`--${name} has no place with --maps <folder>`);
  }
  return {
    folder: options.requiredText('maps', '--maps', 'folder'),
    format: options.choice('format', ['nifti', 'nrrd']) ?? 'nifti',
    force: options.flag('force'),
    settings: await readSettings(options),
    label: options.integer('label', 1, 2 ** 32 - 1),
    workers: workersOf(options),
  };
}

/** @throws UsageError, SettingsError, FileAccessError */
export async function extractOptions(options: OptionValues): Promise<ExtractOptions> {
  const output = options.requiredText('output', '-o', 'file');
  const ending = endingOf(output, OUTPUT_ENDINGS) as OutputEnding | undefined;
  if (ending === undefined) {
    throw wrong(`-o ${output} must end in .csv, .json, .jsonl or .parquet`);
  }
  const casesPath = options.text('cases');
  const labels = parseLabels(options.texts('label'));
  const shard = options.text('shard');
  if (options.has('format')) throw wrong('--format needs --maps <folder>');
  if (options.has('json')) throw wrong('--json needs --list-features or --explain');
  for (const name of ['workers', 'resume', 'shard']) {
    if (casesPath === undefined && options.has(name)) throw wrong(`--${name} needs --cases <file>`);
  }
  return {
    output,
    ending,
    force: options.flag('force'),
    settings: await readSettings(options),
    labels,
    casesPath,
    workers: workersOf(options),
    resume: options.flag('resume'),
    shard: shard === undefined ? undefined : parseShard(shard),
  };
}

function workersOf(options: OptionValues): number {
  return options.integer('workers', 0, 64) ?? Math.min(8, availableParallelism());
}

function parseLabels(texts: readonly string[]): CaseRequest['labels'] {
  const words = texts.flatMap((text) => text.split(',')).map((word) => word.trim());
  if (words.length === 0) return undefined;
  if (words.includes('all')) {
    if (words.length > 1) throw wrong('--label all stands for every label; leave the others out');
    return 'all';
  }
  return words.map((word) => {
    const value = Number(word);
    if (!/^\d+$/.test(word) || value < 1 || value > 2 ** 32 - 1) {
      throw wrong(`--label is ${word}; expected a whole number 1 … ${2 ** 32 - 1}, or all`);
    }
    return value;
  });
}

function wrong(message: string): UsageError {
  return new UsageError(message, 'extract');
}
