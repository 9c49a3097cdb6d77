import type { CliIo } from '../terminal/io.js';
import type { OptionValues } from './option-values.js';

/** One option of a command. */
export interface OptionDefinition {
  /** As cac has it: `-o, --output <folder>` takes a value, `--json` is a switch. */
  flags: string;
  /** What it does, with unit and default. */
  description: string;
}

/** What a command gets besides its arguments and options. */
export interface CommandContext {
  io: CliIo;
  /** Write a line of result to standard output. */
  print: (line: string) => void;
  /** Note a warning; all of them are shown when the command has ended well. */
  warn: (message: string) => void;
  /** Write a line to standard error at once, without DICOM UIDs unless they are to be kept. */
  announce: (message: string) => void;
  /** Whether `--keep-identifiers` was given. */
  keepIdentifiers: boolean;
}

/** A command of the program `steatosis`. */
export interface CommandDefinition {
  name: string;
  /** Positional arguments, as `<image> <mask>`; all of them are required. */
  args: string;
  /** Options in whose presence no arguments are given. */
  argsUnless?: readonly string[];
  /** One line for the list of commands. */
  summary: string;
  options: readonly OptionDefinition[];
  /** Paragraphs that the help shows below the options. */
  notes?: readonly string[];
  /** At least one, each a whole command line. */
  examples: readonly string[];
  run: (args: readonly string[], options: OptionValues, context: CommandContext) => Promise<void>;
}

/** The option of every command that reads what a scanner wrote. */
export const KEEP_IDENTIFIERS: OptionDefinition = {
  flags: '--keep-identifiers',
  description: 'Let names, dates and UIDs of DICOM files into the output (default: left out)',
};
