import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { createVolume } from '@steatosis/core';
import type { ComplexMultiEcho } from '../../src/index.js';

const FOLDER = new URL('../fixtures/dixon/', import.meta.url);

export interface Npy {
  shape: number[];
  data: Float32Array | Uint8Array;
}

/** An array of a `.npy.gz` file, C order; complex numbers as (re, im) pairs. */
export function readNpy(name: string): Npy {
  const bytes = gunzipSync(readFileSync(new URL(name, FOLDER)));
  const headerEnd = 10 + bytes.readUInt16LE(8);
  const header = bytes.toString('latin1', 10, headerEnd);
  const shape = /'shape': \(([^)]*)\)/
    .exec(header)![1]
    .split(',')
    .filter((s) => s.trim() !== '');
  const body = Uint8Array.from(bytes.subarray(headerEnd));
  const data = header.includes("'|u1'") ? body : new Float32Array(body.buffer);
  return { shape: shape.map(Number), data };
}

export function readJson(name: string): unknown {
  return JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8'));
}

/** The rows of a `.csv.gz` file by column name. */
export function readCsv(name: string): Record<string, string>[] {
  const text = gunzipSync(readFileSync(new URL(name, FOLDER))).toString('utf8');
  const [head, ...lines] = text.trim().split('\n');
  const names = head.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    return Object.fromEntries(names.map((key, i) => [key, cells[i]]));
  });
}

export interface Acquisition {
  echoTimesMs: number[];
  fieldStrengthT: number;
}

/** The two acquisitions of the tables. */
export const acquisitions: Record<'1p5T' | '3T', Acquisition> = {
  '1p5T': { echoTimesMs: [1.15, 2.3, 3.45, 4.6, 5.75, 6.9], fieldStrengthT: 1.5 },
  '3T': { echoTimesMs: [0.95, 1.65, 2.35, 3.05, 3.75, 4.45], fieldStrengthT: 3 },
};

/** A row of voxels along x from echoes (re, im, …), one voxel after the other. */
export function rowOfVoxels(echoes: ArrayLike<number>, acquisition: Acquisition): ComplexMultiEcho {
  const echoCount = acquisition.echoTimesMs.length;
  const count = echoes.length / (2 * echoCount);
  const real = new Float32Array(count * echoCount);
  const imaginary = new Float32Array(count * echoCount);
  for (let i = 0; i < count; i++) {
    for (let k = 0; k < echoCount; k++) {
      real[i + count * k] = echoes[2 * (i * echoCount + k)];
      imaginary[i + count * k] = echoes[2 * (i * echoCount + k) + 1];
    }
  }
  const shape = [count, 1, 1, echoCount];
  return {
    real: createVolume(real, shape),
    imaginary: createVolume(imaginary, shape),
    ...acquisition,
  };
}

/** Complex echoes `[x, y, (z,) echo]` in C order as volumes with x fastest. */
export function volumesOf(
  { shape, data }: Npy,
  acquisition: Acquisition,
  spacing: [number, number, number] = [1, 1, 1],
): ComplexMultiEcho {
  const echoCount = shape[shape.length - 1];
  const [nx, ny, nz] = shape.length === 4 ? shape : [shape[0], shape[1], 1];
  const real = new Float32Array(nx * ny * nz * echoCount);
  const imaginary = new Float32Array(real.length);
  let at = 0;
  for (let x = 0; x < nx; x++) {
    for (let y = 0; y < ny; y++) {
      for (let z = 0; z < nz; z++) {
        for (let k = 0; k < echoCount; k++, at += 2) {
          const to = x + nx * (y + ny * (z + nz * k));
          real[to] = data[at];
          imaginary[to] = data[at + 1];
        }
      }
    }
  }
  const full = [nx, ny, nz, echoCount];
  return {
    real: createVolume(real, full, { spacing }),
    imaginary: createVolume(imaginary, full, { spacing }),
    ...acquisition,
  };
}

/** One channel `[x, y, z]` in C order, starting at `offset`, with x fastest. */
export function channel(source: Npy, offset: number, size: readonly number[]): Float32Array {
  const [nx, ny, nz] = size;
  const out = new Float32Array(nx * ny * nz);
  let at = offset;
  for (let x = 0; x < nx; x++) {
    for (let y = 0; y < ny; y++) {
      for (let z = 0; z < nz; z++) out[x + nx * (y + ny * z)] = source.data[at++];
    }
  }
  return out;
}

/** A difference of fields brought into ± half a period. */
export function wrapped(difference: number, period: number): number {
  return difference - period * Math.round(difference / period);
}
