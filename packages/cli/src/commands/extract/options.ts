import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { FileAccessError } from '@steatosis/io/node';
import {
  extractFeaturesBatch,
  paperFeatures,
  parseSettings,
  planarFeatures,
  type Settings,
} from '@steatosis/radiomics';
import type { OptionValues } from '../../command-line/option-values.js';
import { endingOf } from '../../command-line/output.js';
import { UsageError } from '../../terminal/usage-error.js';
import type { CaseRequest } from './case-request.js';
import { parseShard, type Shard } from './shard.js';
import { OUTPUT_ENDINGS, type OutputEnding } from './write-results.js';

/** What a command line asks to extract. */
export interface ExtractOptions {
  output: string;
  ending: OutputEnding;
  force: boolean;
  settings: Settings;
  /** Undefined for the label of the settings. */
  labels: CaseRequest['labels'];
  /** Table of cases; undefined for one image and mask. */
  casesPath: string | undefined;
  workers: number;
  resume: boolean;
  shard: Shard | undefined;
}

const FEATURE_SETS: Readonly<Record<string, readonly string[]>> = {
  planar: planarFeatures,
  paper: paperFeatures,
  all: ['shape', 'firstorder', 'glcm', 'glrlm', 'glszm', 'ngtdm', 'gldm'],
};

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
  const workers = options.integer('workers', 0, 64);
  for (const name of ['workers', 'resume', 'shard']) {
    if (casesPath === undefined && options.has(name)) throw wrong(`--${name} needs --cases <file>`);
  }
  return {
    output,
    ending,
    force: options.flag('force'),
    settings: await readSettings(options.text('settings'), options.text('features')),
    labels,
    casesPath,
    workers: workers ?? Math.min(8, availableParallelism()),
    resume: options.flag('resume'),
    shard: shard === undefined ? undefined : parseShard(shard),
  };
}

/** The settings of a parameter file with the features of the command line, checked. */
async function readSettings(
  path: string | undefined,
  features: string | undefined,
): Promise<Settings> {
  const settings = path === undefined ? {} : parseSettings(await readText(path));
  if (features !== undefined) {
    settings.featureClasses =
      FEATURE_SETS[features] ?? features.split(',').map((name) => name.trim());
  }
  // Checks before any file is read.
  extractFeaturesBatch([], settings);
  return settings;
}

async function readText(path: string): Promise<string> {
  return await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new FileAccessError(path, 'read', cause);
  });
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
