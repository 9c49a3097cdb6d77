import { availableParallelism } from 'node:os';
import { writeSimulatedCohort } from '@steatosis/io/node';
import type { CommandDefinition } from '../command-line/command.js';
import { createProgress } from '../terminal/progress.js';

export const simulateCommand: CommandDefinition = {
  name: 'simulate',
  args: '',
  summary: 'Write a simulated cohort of liver scans as BIDS files',
  options: [
    { flags: '-o, --output <folder>', description: 'Folder of the cohort' },
    { flags: '--patients <n>', description: 'Patients, 1 … 99999 (default 50)' },
    {
      flags: '--seed <n>',
      description: 'Whole number that every random number follows from (default 1)',
    },
    {
      flags: '--slices <n>',
      description:
        'Slices of 3 mm around the portal bifurcation, 2 … 70 (default 6; 70 cover the liver)',
    },
    {
      flags: '--workers <n>',
      description:
        'Worker threads, 1 … 64 (default the number of cores, at most 4); the files are the same',
    },
  ],
  notes: [
    'Six complex echoes, six regions of interest and a clinical table for each patient, by the physics of the\n' +
      'scanner of Zhang et al. 2020. Interrupted, it goes on where it stopped; a folder that holds the patients\n' +
      'of another data set is refused, a simulated cohort of other settings is replaced.',
  ],
  examples: ['steatosis simulate -o cohort --patients 50 --seed 1'],
  async run(_args, options, { io, announce, print }) {
    const folder = options.requiredText('output', '-o', 'folder');
    const patients = options.integer('patients', 1, 99_999) ?? 50;
    const seed = options.integer('seed', Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER) ?? 1;
    const slices = options.integer('slices', 2, 70);
    const workers = options.integer('workers', 1, 64) ?? Math.min(4, availableParallelism());
    const progress = createProgress(io.stderr, 'simulating', 'patients');
    const { simulated, resumed } = await io
      .guard(
        async (signal) =>
          await writeSimulatedCohort(folder, {
            patients,
            seed,
            slices,
            workers,
            signal,
            onProgress: progress.onProgress,
            onWarning: (message) => announce(`warning: ${message}`),
          }),
      )
      .finally(progress.finish);
    const earlier = resumed > 0 ? `, ${resumed} were already there` : '';
    print(`${folder}: ${simulated} patients simulated${earlier}`);
  },
};
