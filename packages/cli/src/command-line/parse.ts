import { cac, type CAC, type Command } from 'cac';
import { didYouMean } from '../terminal/suggest.js';
import { UsageError } from '../terminal/usage-error.js';
import type { CommandDefinition } from './command.js';
import { OptionValues } from './option-values.js';

/** What a command line asks for. */
export type Request =
  | { kind: 'help'; command: CommandDefinition | undefined }
  | { kind: 'version' }
  | { kind: 'run'; command: CommandDefinition; args: string[]; options: OptionValues };

/**
 * Keeps a value from being taken for a number or for another option: cac would turn the folder `007` into 7
 * and read `--seed -5` as two options. It is taken off again by the option's type.
 */
const TEXT = '\0';

/**
 * Understand a command line.
 *
 * @param argv the words after the program's name
 * @throws UsageError for unknown commands and options, missing or surplus arguments
 */
export function parseCommandLine(
  argv: readonly string[],
  commands: readonly CommandDefinition[],
): Request {
  const name = argv.find((word) => !word.startsWith('-'));
  const command = commands.find((candidate) => candidate.name === name);
  if (command === undefined) {
    const asksHelp = argv.some((word) => word === '-h' || word === '--help');
    if (name !== undefined) {
      const names = commands.map((candidate) => candidate.name);
      const hint = didYouMean(name, names) || `; the commands are ${names.join(', ')}`;
      throw new UsageError(`steatosis has no command ${name}${hint}`);
    }
    if (argv.some((word) => word === '--version' || word === '-v')) return { kind: 'version' };
    if (argv.length === 0 || asksHelp) return { kind: 'help', command: undefined };
    throw new UsageError(`${argv[0]} is no command and no option of steatosis`);
  }
  const program = cac('steatosis');
  const registered = register(program, command);
  const { args, options } = program.parse(['node', 'steatosis', ...protect(argv, registered)], {
    run: false,
  });
  if (options['help'] === true) return { kind: 'help', command };
  const { '--': afterDashes, h: _h, help: _help, ...given } = options;
  checkOptions(command, registered, given);
  const all = [...args, ...((afterDashes as string[] | undefined) ?? [])];
  const values = new OptionValues(command.name, given);
  const instead = command.argsUnless?.find((option) => values.has(option));
  if (instead === undefined) checkArguments(command, registered, all);
  else if (all.length > 0) {
    const surplus = `with --${instead} there are no arguments; ${all.join(' ')} is too much`;
    throw new UsageError(`steatosis ${command.name}: ${surplus}`, command.name);
  }
  return { kind: 'run', command, args: all, options: values };
}

function register(program: CAC, definition: CommandDefinition): Command {
  const command = program.command(`${definition.name} ${definition.args}`, definition.summary);
  for (const { flags, description } of definition.options) {
    const takesValue = flags.includes('<');
    command.option(flags, description, takesValue ? { type: [unprotect] } : {});
  }
  command.option('-h, --help', 'Show this help');
  return command;
}

function unprotect(value: unknown): unknown {
  return typeof value === 'string' && value.startsWith(TEXT) ? value.slice(TEXT.length) : value;
}

/** Join options to their values and mark the values as text. */
function protect(argv: readonly string[], command: Command): string[] {
  const words: string[] = [];
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i]!;
    if (word === '--') return [...words, ...argv.slice(i)];
    const [, option = '', value] = /^(--?[^=]+)(?:=(.*))?$/s.exec(word) ?? [];
    if (!takesValue(command, option)) {
      // Else a switch would swallow the argument that follows it.
      words.push(isSwitch(command, option) && value === undefined ? `${option}=true` : word);
    } else if (value !== undefined) {
      words.push(`${option}=${TEXT}${value}`);
    } else if (argv[i + 1] !== undefined && !/^-(?!\d)/.test(argv[i + 1]!)) {
      i += 1;
      words.push(`${option}=${TEXT}${argv[i]}`);
    } else {
      words.push(word);
    }
  }
  return words;
}

function takesValue(command: Command, option: string): boolean {
  return optionOf(command, option)?.required === true;
}

function isSwitch(command: Command, option: string): boolean {
  return optionOf(command, option)?.isBoolean === true;
}

function optionOf(command: Command, option: string): Command['options'][number] | undefined {
  return command.options.find(({ rawName }) =>
    rawName
      .replace(/<.*/, '')
      .split(',')
      .some((name) => name.trim() === option),
  );
}

function checkOptions(
  definition: CommandDefinition,
  command: Command,
  given: Readonly<Record<string, unknown>>,
): void {
  for (const key of Object.keys(given)) {
    if (command.hasOption(key) !== undefined) continue;
    const name = key.length === 1 ? `-${key}` : `--${key.replaceAll(/[A-Z]/g, toKebab)}`;
    const known = definition.options.map(({ flags }) => /--[a-z0-9-]+/.exec(flags)![0]);
    const hint = didYouMean(name, known) || `; its options: ${known.join(', ') || 'none'}`;
    throw new UsageError(
      `steatosis ${definition.name} has no option ${name}${hint}`,
      definition.name,
    );
  }
}

function toKebab(letter: string): string {
  return `-${letter.toLowerCase()}`;
}

function checkArguments(definition: CommandDefinition, command: Command, args: string[]): void {
  const missing = command.args.slice(args.length).map(({ value }) => `<${value}>`);
  if (missing.length > 0) {
    const instead = definition.argsUnless?.map((option) => `--${option}`).join(', ');
    throw new UsageError(
      `steatosis ${definition.name} ${definition.args}: ${missing.join(' ')} is missing` +
        (instead === undefined ? '' : ` (needed without ${instead})`),
      definition.name,
    );
  }
  if (args.length > command.args.length) {
    const surplus = args.slice(command.args.length).join(' ');
    const takes = definition.args === '' ? 'no arguments' : definition.args;
    throw new UsageError(
      `steatosis ${definition.name} takes ${takes}; ${surplus} is too much`,
      definition.name,
    );
  }
}
