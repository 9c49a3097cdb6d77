import { createRequire } from 'node:module';
import type { CommandContext, CommandDefinition } from './command-line/command.js';
import { helpText } from './command-line/help.js';
import { parseCommandLine } from './command-line/parse.js';
import { convertCommand } from './commands/convert.js';
import { dixonCommand } from './commands/dixon.js';
import { explainCommand } from './commands/explain.js';
import { extractCommand } from './commands/extract.js';
import { infoCommand } from './commands/info.js';
import { predictCommand } from './commands/predict.js';
import { rocCommand } from './commands/roc.js';
import { simulateCommand } from './commands/simulate.js';
import { studyCommand } from './commands/study.js';
import { tableCommand } from './commands/table.js';
import { trainCommand } from './commands/train.js';
import { avoidMaglev } from './compiler.js';
import { withoutUids } from './study/without-identifiers.js';
import { coloursFor } from './terminal/colours.js';
import { reportError } from './terminal/errors.js';
import { type CliIo, processIo } from './terminal/io.js';
import { Warnings } from './terminal/warnings.js';

const COMMANDS: readonly CommandDefinition[] = [
  infoCommand,
  convertCommand,
  dixonCommand,
  extractCommand,
  simulateCommand,
  studyCommand,
  trainCommand,
  predictCommand,
  explainCommand,
  rocCommand,
  tableCommand,
];

/**
 * Run a command line of `steatosis`, as the program does, without ending the process.
 *
 * @param argv the words after the program's name, as `['info', 'liver.nii.gz']`
 * @param io where text goes; default the process's own output and error
 * @returns the exit status: 0 done, 1 bad input, 2 wrong usage, 130 stopped; errors are printed, never thrown
 * @example
 * ```ts
 * import { runCli } from 'steatosis';
 *
 * const status = await runCli(['dixn', 'series/']);
 * console.log(status); // 2
 * ```
 */
export async function runCli(argv: readonly string[], io: Partial<CliIo> = {}): Promise<number> {
  avoidMaglev();
  const world: CliIo = { ...processIo(), ...io };
  let keepIdentifiers = false;
  try {
    const request = parseCommandLine(argv, COMMANDS);
    if (request.kind === 'help') {
      world.stdout.write(helpText(request.command, COMMANDS));
    } else if (request.kind === 'version') {
      world.stdout.write(`${installedVersion()}\n`);
    } else {
      keepIdentifiers = request.options.flag('keep-identifiers');
      const warnings = new Warnings();
      const context = contextOf(world, keepIdentifiers, warnings);
      await request.command.run(request.args, request.options, context);
      for (const line of warnings.lines()) context.announce(`warning: ${line}`);
    }
    return 0;
  } catch (error) {
    return reportError(error, world, keepIdentifiers);
  }
}

function contextOf(io: CliIo, keepIdentifiers: boolean, warnings: Warnings): CommandContext {
  const colours = coloursFor(io.stderr, io.env);
  return {
    io,
    keepIdentifiers,
    print: (line) => void io.stdout.write(`${line}\n`),
    warn: (message) => warnings.add(message),
    announce: (message) => {
      const text = keepIdentifiers ? message : withoutUids(message);
      io.stderr.write(`${text.replace(/^warning:/, colours.yellow('warning:'))}\n`);
    },
  };
}

function installedVersion(): string {
  const require = createRequire(import.meta.url);
  return (require('../package.json') as { version: string }).version;
}
