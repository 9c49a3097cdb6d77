export { runCli } from './cli.js';
export type { CliIo, TextSink } from './terminal/io.js';
