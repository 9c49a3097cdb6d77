import { isSteatosisError } from '@steatosis/core';
import { withoutUids } from '../study/without-identifiers.js';
import { coloursFor } from './colours.js';
import type { CliIo } from './io.js';
import { UsageError } from './usage-error.js';

/** Exit status of a command that was stopped: 128 + the number of SIGINT, as shells have it. */
const STOPPED = 130;

/**
 * Say what went wrong in one line on standard error.
 *
 * @param keepIdentifiers leave DICOM UIDs in the message
 * @returns the exit status: 1 for bad input, 2 for wrong usage, 130 when stopped
 */
export function reportError(error: unknown, io: CliIo, keepIdentifiers: boolean): number {
  const colours = coloursFor(io.stderr, io.env);
  if (isSteatosisError(error, 'ABORTED')) {
    io.stderr.write('Stopped.\n');
    return STOPPED;
  }
  const whole = (error instanceof Error ? error.message : String(error)).replaceAll(/\s+/g, ' ');
  const message = keepIdentifiers ? whole : withoutUids(whole);
  io.stderr.write(`${colours.red('error:')} ${message}\n`);
  if (io.env['STEATOSIS_DEBUG'] && error instanceof Error) {
    io.stderr.write(`${keepIdentifiers ? error.stack : withoutUids(error.stack ?? '')}\n`);
  }
  if (!isSteatosisError(error, 'WRONG_USAGE')) return 1;
  const command = error instanceof UsageError ? error.command : undefined;
  const help = command === undefined ? 'steatosis --help' : `steatosis ${command} --help`;
  io.stderr.write(colours.dim(`See ${help}\n`));
  return 2;
}
