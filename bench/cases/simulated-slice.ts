/** A slice of a simulated patient (320×256 voxels, six echoes, 1.5 T) and regions in its liver. */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Box, cropVolume, denseData } from '@steatosis/core';
import { type ComplexMultiEcho, simulateCohort } from '@steatosis/io';

/** Both sides of the comparison find the echoes and regions here. */
const EXCHANGE = join(tmpdir(), 'steatosis-bench-dixon');

export interface SimulatedSlice {
  multiEcho: ComplexMultiEcho;
  /** 16×16 voxels each. */
  rois: Box[];
}

export async function simulatedSlice(): Promise<SimulatedSlice> {
  for await (const patient of simulateCohort({ patients: 1, seed: 1, slices: 6 })) {
    // The slice that holds most regions.
    const slices = patient.rois.map(({ startVoxel }) => startVoxel[2]);
    const count = (z: number) => slices.filter((other) => other === z).length;
    const z = slices.reduce((best, other) => (count(other) > count(best) ? other : best));
    const { real, imaginary, ...acquisition } = patient.multiEcho;
    const [nx, ny] = real.data.shape as [number, number];
    const slice: Box = { start: [0, 0, z], size: [nx, ny, 1] };
    return {
      multiEcho: {
        ...acquisition,
        real: cropVolume(real, slice),
        imaginary: cropVolume(imaginary, slice),
      },
      rois: patient.rois
        .filter(({ startVoxel }) => startVoxel[2] === z)
        .map(({ startVoxel: [x, y] }) => ({ start: [x, y, 0], size: [16, 16, 1] })),
    };
  }
  throw new Error('the simulator made no patient');
}

/** `echoes.raw`: complex64 [echo, y, x], x fastest; `slice.json`: what the numbers mean. */
export function writeForPeer({ multiEcho, rois }: SimulatedSlice): void {
  const { real, imaginary, echoTimesMs, fieldStrengthT } = multiEcho;
  const re = denseData(real);
  const im = denseData(imaginary);
  const echoes = Float32Array.from({ length: 2 * re.length }, (_, i) =>
    i % 2 === 0 ? re[i / 2]! : im[(i - 1) / 2]!,
  );
  mkdirSync(EXCHANGE, { recursive: true });
  write('echoes.raw', new Uint8Array(echoes.buffer));
  const [nx, ny] = real.data.shape;
  const facts = { nx, ny, spacing: real.spacing, echoTimesMs, fieldStrengthT, rois };
  write('slice.json', JSON.stringify(facts));
}

function write(name: string, content: Uint8Array | string): void {
  writeFileSync(join(EXCHANGE, `${name}.part`), content);
  renameSync(join(EXCHANGE, `${name}.part`), join(EXCHANGE, name));
}
