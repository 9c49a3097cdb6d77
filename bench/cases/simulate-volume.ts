/** `simulate-volume.ts <file>`: 70 slices of a simulated patient, real parts, then imaginary parts. */
import { closeSync, openSync, renameSync, writeSync } from 'node:fs';
import { denseData } from '@steatosis/core';
import { simulateCohort } from '@steatosis/io';

const [target = ''] = process.argv.slice(2);
for await (const { multiEcho } of simulateCohort({ patients: 1, seed: 1, slices: 70 })) {
  const file = openSync(`${target}.part`, 'w');
  for (const part of [multiEcho.real, multiEcho.imaginary]) {
    const values = denseData(part);
    writeSync(file, new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  }
  closeSync(file);
  renameSync(`${target}.part`, target);
}
