/**
 * The study of Zhang et al. 2020: `npm run study -- [options]`, the same options as `steatosis study`. A program of
 * its own would call `runStudy` of the same package, which returns the results instead of printing them.
 */
import { runCli } from 'steatosis';

process.exitCode = await runCli(['study', ...process.argv.slice(2)]);
