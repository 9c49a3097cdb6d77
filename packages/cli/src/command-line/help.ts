import type { CommandDefinition, OptionDefinition } from './command.js';

const HELP: OptionDefinition = { flags: '-h, --help', description: 'Show this help' };
const VERSION: OptionDefinition = { flags: '-v, --version', description: 'Show the version' };

/** The help of one command, or of the program. */
export function helpText(
  command: CommandDefinition | undefined,
  commands: readonly CommandDefinition[],
): string {
  return command === undefined ? helpOfProgram(commands) : helpOfCommand(command);
}

function helpOfProgram(commands: readonly CommandDefinition[]): string {
  return [
    'From a multi-echo MRI of the liver to a graded liver with its statistics.',
    '',
    'Usage: steatosis <command> [options]',
    '',
    'Commands:',
    ...columns(commands.map(({ name, summary }) => [name, summary])),
    '',
    'Options:',
    ...optionLines([HELP, VERSION]),
    '',
    'steatosis <command> --help shows the options of a command and an example.',
    'Exit status: 0 done, 1 bad input, 2 wrong usage. Research software, not a medical device.',
    '',
  ].join('\n');
}

function helpOfCommand({
  name,
  args,
  summary,
  options,
  notes,
  examples,
}: CommandDefinition): string {
  return [
    summary,
    '',
    `Usage: steatosis ${[name, args].filter(Boolean).join(' ')} [options]`,
    '',
    'Options:',
    ...optionLines([...options, HELP]),
    '',
    ...(notes ?? []).flatMap((note) => [note, '']),
    examples.length > 1 ? 'Examples:' : 'Example:',
    ...examples.map((example) => `  ${example}`),
    '',
  ].join('\n');
}

function optionLines(options: readonly OptionDefinition[]): string[] {
  return columns(options.map(({ flags, description }) => [flags, description]));
}

function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  const below = `\n${' '.repeat(width + 4)}`;
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right.replaceAll('\n', below)}`);
}
