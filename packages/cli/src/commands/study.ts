import { isSteatosisError, type OnProgress } from '@steatosis/core';
import { type CommandDefinition, KEEP_IDENTIFIERS } from '../command-line/command.js';
import type { OptionValues } from '../command-line/option-values.js';
import { DENSENET_INPUTS, FEATURE_IMAGES } from '../study/images.js';
import type { StudyOptions } from '../study/options.js';
import { runStudy } from '../study/run-study.js';
import { STAGES } from '../study/stages.js';
import type { CliIo } from '../terminal/io.js';
import { createProgress, type ProgressDisplay } from '../terminal/progress.js';
import { UsageError } from '../terminal/usage-error.js';

export const studyCommand: CommandDefinition = {
  name: 'study',
  args: '',
  summary: 'Run the study of Zhang et al. 2020 from files to a report',
  options: [
    {
      flags: '-o, --output <folder>',
      description: 'Folder for report.html and results.json (default study-output)',
    },
    {
      flags: '--data <folder>',
      description: 'BIDS folder of your own cohort (default: simulate one)',
    },
    { flags: '--quick', description: 'Fewer patients, trees and epochs: under a minute' },
    {
      flags: '--seed <n>',
      description: 'Whole number that every random number follows from (default 1)',
    },
    {
      flags: '--workers <n>',
      description:
        'Worker threads, 1 … 64 (default the number of cores, at most 2); the results are the same',
    },
    {
      flags: '--permute-labels',
      description: 'Permute the grades among patients: what is learned then is leakage',
    },
    {
      flags: '--positive-grade <n>',
      description: 'Grade from which on a patient is positive, 1 … 3 (default 1)',
    },
    {
      flags: '--feature-image <name>',
      description: `Image of the features: ${FEATURE_IMAGES.join(', ')} (default pdff)`,
    },
    {
      flags: '--bin-width <x>',
      description: 'Width of a grey level in the unit of that image (default 1 % for pdff)',
    },
    {
      flags: '--densenet-input <name>',
      description: `What the DenseNet sees: ${DENSENET_INPUTS.join(', ')} (default magnitudes; pdff where a patient has no echoes)`,
    },
    { flags: '--epochs <n>', description: 'Epochs of the DenseNet (default 8, quick 2)' },
    {
      flags: '--patients <n>',
      description: 'Patients to simulate, from 8 (default 50, quick 22); not with --data',
    },
    {
      flags: '--slices <n>',
      description: 'Slices to simulate, 2 … 70 (default 6, quick 2); not with --data',
    },
    KEEP_IDENTIFIERS,
  ],
  notes: [
    'Interrupted by Ctrl-C it stops at once (exit status 130); the same command goes on with what is missing.\n' +
      'A cohort needs participants.tsv, six-echo images (or the PDFF map of the scanner) and six ROIs for each patient: see docs/study.md.',
  ],
  examples: [
    'steatosis study --quick',
    'steatosis study --seed 7 --permute-labels -o permuted',
    'steatosis study --data cohort/ -o study-of-my-cohort',
  ],
  async run(_args, options, { io, warn, announce, print, keepIdentifiers }) {
    const given = studyOptions(options);
    const display = stagedProgress(io);
    try {
      const { results, reportPath, resultsPath } = await io.guard(
        async (signal) =>
          await runStudy({
            ...given,
            signal,
            keepIdentifiers,
            onProgress: display.onProgress,
            onMessage: (message) => display.aside(() => announce(message)),
            onWarning: warn,
          }),
      );
      display.finish();
      const { meanPdff, ...learned } = results.designs.byPatient;
      print(`Held-out patients (n = ${meanPdff.testPatient.n}), split by patient:`);
      for (const [model, { testPatient }] of Object.entries({ ...learned, meanPdff })) {
        const auc = testPatient.auc === null ? 'not defined' : testPatient.auc.toFixed(3);
        print(
          `  ${model.padEnd(9)} AUC ${auc}  accuracy ${(100 * testPatient.accuracy).toFixed(1)} %`,
        );
      }
      print(`${reportPath}: the report, for any browser`);
      print(`${resultsPath}: all numbers`);
    } catch (error) {
      display.finish();
      if (isSteatosisError(error, 'ABORTED')) {
        io.stderr.write('What is done is kept: the same command again goes on from there.\n');
      }
      throw error;
    }
  },
};

function studyOptions(options: OptionValues): StudyOptions {
  const data = options.text('data');
  for (const name of ['patients', 'slices']) {
    if (data !== undefined && options.text(name) !== undefined) {
      throw new UsageError(
        `--${name} is for simulated cohorts and does not go with --data`,
        'study',
      );
    }
  }
  const width = options.text('bin-width');
  if (width !== undefined && !(Number(width) > 0)) {
    throw new UsageError(`--bin-width is ${width}; expected a number > 0`, 'study');
  }
  const values: { [K in keyof StudyOptions]: StudyOptions[K] | undefined } = {
    output: options.text('output'),
    data,
    quick: options.flag('quick'),
    seed: options.integer('seed', Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
    workers: options.integer('workers', 1, 64),
    permuteLabels: options.flag('permute-labels'),
    positiveGrade: options.integer('positive-grade', 1, 3),
    featureImage: options.choice('feature-image', FEATURE_IMAGES),
    binWidth: width === undefined ? undefined : Number(width),
    densenetInput: options.choice('densenet-input', DENSENET_INPUTS),
    epochs: options.integer('epochs', 1, 10_000),
    patients: options.integer('patients', 8, 10_000),
    slices: options.integer('slices', 2, 70),
  };
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as StudyOptions;
}

/** One progress display for each stage, since they count different things. */
function stagedProgress(io: CliIo): {
  onProgress: OnProgress;
  aside(write: () => void): void;
  finish(): void;
} {
  let stage: string | undefined;
  let display: ProgressDisplay | undefined;
  return {
    onProgress(progress) {
      if (display === undefined || progress.message !== stage) {
        display?.finish();
        stage = progress.message;
        const unit = Object.values(STAGES).find(({ message }) => message === stage)?.unit;
        display = createProgress(io.stderr, stage ?? 'working', unit ?? 'steps');
      }
      display.onProgress(progress);
    },
    aside(write) {
      display?.finish();
      write();
    },
    finish() {
      display?.finish();
      display = undefined;
    },
  };
}
