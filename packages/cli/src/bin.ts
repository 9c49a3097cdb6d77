#!/usr/bin/env node
import { runCli } from './cli.js';

// A reader that has seen enough (`steatosis info … | head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});
void runCli(process.argv.slice(2)).then((status) => {
  process.exitCode = status;
});
