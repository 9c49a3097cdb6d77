import { setFlagsFromString } from 'node:v8';

/** The first major version of Node in which the compiler Maglev is on. */
const FIRST_WITH_MAGLEV = 24;

/**
 * Keep this process and its workers from the compiler Maglev. In Node 24.21 on a busy machine the sums of a
 * plain loop came out wrong now and then, by a dozen of 60,000 values. Maglev is the suspect: its concurrent
 * jobs are known to fail on busy machines since 24.15 (https://github.com/nodejs/node/issues/64841), and without
 * it no wrong sum was seen in 12,000 calls. Hot code is compiled by TurboFan as before.
 */
export function avoidMaglev(): void {
  if (Number.parseInt(process.versions.node, 10) >= FIRST_WITH_MAGLEV) {
    setFlagsFromString('--no-maglev');
  }
}
