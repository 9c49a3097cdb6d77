import { setFlagsFromString } from 'node:v8';

/** The first major version of Node in which the compiler Maglev is on. */
const FIRST_WITH_MAGLEV = 24;

/**
 * Keep this process and its workers from the compiler Maglev. On a busy machine its concurrent compilation
 * miscounts now and then in Node 24.15 and later (seen in 24.21: the sums of a loop wrong by a dozen
 * values, in 1 of some 6,000 calls; crashes: https://github.com/nodejs/node/issues/64841). Without it no wrong
 * sum was seen; hot code is compiled by TurboFan as before.
 */
export function avoidMaglev(): void {
  if (Number.parseInt(process.versions.node, 10) >= FIRST_WITH_MAGLEV) {
    setFlagsFromString('--no-maglev');
  }
}
