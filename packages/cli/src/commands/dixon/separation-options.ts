import { availableParallelism } from 'node:os';
import type { SeparateWaterFatOptions, SpectrumName } from '@steatosis/io/node';
import type { OptionDefinition } from '../../command-line/command.js';
import type { OptionValues } from '../../command-line/option-values.js';
import { UsageError } from '../../terminal/usage-error.js';

/** Options of the command that reach `separateWaterFat`. */
export const SEPARATION_OPTIONS: readonly OptionDefinition[] = [
  {
    flags: '--fit <name>',
    description:
      'complex (default), mixed (without the phase of the first echo) or magnitude (without phases; the\n' +
      'only one for echoes that have none)',
  },
  {
    flags: '--spectrum <name>',
    description: 'Fat spectrum: hamilton9 (human liver, default) or ismrm6',
  },
  {
    flags: '--precession <sign>',
    description:
      'Sense of precession in the data: 1 (default) or -1; the wrong one swaps water and fat',
  },
  {
    flags: '--calibrate',
    description:
      'Find errors of a bipolar readout and of the first echo from the data and take them out\n' +
      '(a warning says where they show)',
  },
  {
    flags: '--t1-correction',
    description:
      'Take T1 weighting out of fat and PDFF, by flip angle and TR of the echoes (1.5 T and 3 T)',
  },
];

/** How many threads; without effect on the results. */
export const WORKERS: OptionDefinition = {
  flags: '--workers <n>',
  description:
    'Worker threads, 0 … 64 (default the number of cores, at most 4); the maps are the same',
};

/** The separation that a command line asks for. */
export function separationOptions(options: OptionValues): SeparateWaterFatOptions {
  return {
    fit: options.choice('fit', ['complex', 'mixed', 'magnitude']),
    spectrum: options.choice<SpectrumName>('spectrum', ['hamilton9', 'ismrm6']),
    precession: options.choice('precession', ['1', '-1']) === '-1' ? -1 : 1,
    calibrate: options.flag('calibrate'),
    t1Correction: options.flag('t1-correction'),
    workers: options.integer('workers', 0, 64) ?? Math.min(4, availableParallelism()),
  };
}

/**
 * Options that would have no effect on maps which a scanner has made are wrong usage.
 *
 * @throws UsageError when one was given
 */
export function refuseSeparationOptions(options: OptionValues, input: string): void {
  const names = [...SEPARATION_OPTIONS, { flags: '--format <name>' }].map(
    ({ flags }) => /--([a-z\d-]+)/.exec(flags)![1]!,
  );
  const given = names.find((name) => options.has(name));
  if (given === undefined) return;
  throw new UsageError(
    `--${given} has no effect: ${input} holds no echoes to separate but the maps of a scanner, which are summarised as they are`,
    'dixon',
  );
}
