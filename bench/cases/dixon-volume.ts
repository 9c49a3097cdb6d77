/** Our separation of a whole liver volume whose echoes lie in shared memory, optional maps off. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, readSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createVolume, denseData } from '@steatosis/core';
import { separateWaterFat } from '@steatosis/io';
import { serveSide } from '../harness/side.ts';

const SHAPE = [320, 256, 70, 6];
const BYTES = 4 * SHAPE.reduce((product, n) => product * n, 1);

// A process of its own makes the volume, so that its memory is not counted here.
const folder = join(tmpdir(), 'steatosis-bench-dixon');
const file = join(folder, 'volume.raw');
mkdirSync(folder, { recursive: true });
if (!existsSync(file)) {
  const script = fileURLToPath(new URL('./simulate-volume.ts', import.meta.url));
  execFileSync(process.execPath, [script, file]);
}

const source = openSync(file, 'r');
const read = (part: number) => {
  const shared = new SharedArrayBuffer(BYTES);
  readSync(source, new Uint8Array(shared), 0, BYTES, part * BYTES);
  // The type of a volume's array does not tell shared memory from other.
  const values = new Float32Array(shared) as unknown as Float32Array<ArrayBuffer>;
  return createVolume(values, SHAPE, { spacing: [1.25, 350 / 256, 3] });
};
const multiEcho = {
  real: read(0),
  imaginary: read(1),
  echoTimesMs: [1.15, 2.3, 3.45, 4.6, 5.75, 6.9],
  fieldStrengthT: 1.5,
};
closeSync(source);

const run = async (workers: number) =>
  await separateWaterFat(multiEcho, { workers, optionalMaps: false });
await serveSide({
  versions: { Node: process.version },
  values: async () => {
    const two = await checksum(2);
    if (two !== (await checksum(1))) throw new Error('one and two workers gave different maps');
    return [Number.parseInt(two.slice(0, 8), 16)];
  },
  run: async () => await run(2),
});

/** SHA-256 of the maps that matter most. */
async function checksum(workers: number): Promise<string> {
  const { pdffPercent, r2starPerSecond, report } = await run(workers);
  const hash = createHash('sha256');
  for (const map of [pdffPercent, r2starPerSecond]) {
    const values = denseData(map);
    hash.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  }
  return hash.update(JSON.stringify(report)).digest('hex');
}
