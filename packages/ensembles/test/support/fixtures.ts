import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { DenseMatrix } from '../../src/index.js';

export const folder = new URL('../fixtures/ensembles/', import.meta.url);

export interface Table {
  x: DenseMatrix<Float32Array>;
  y: number[];
  weight: number[] | undefined;
}

export function readGzip(path: string): Uint8Array {
  return Uint8Array.from(gunzipSync(readFileSync(new URL(path, folder))));
}

export function readJson(path: string): unknown {
  const bytes = path.endsWith('.gz') ? readGzip(path) : readFileSync(new URL(path, folder));
  return JSON.parse(new TextDecoder().decode(bytes));
}

/** A table of the fixtures, all of it float32: features, labels, weights where it has them. */
export function readTable(name: string, keep: (row: number) => boolean = () => true): Table {
  const { columns, rows } = name === 'radiomics2400x93' ? npyTable(name) : csvTable(name);
  const kept = rows.filter((_, row) => keep(row));
  const features = columns.filter((column) => column !== 'weight' && column !== 'target').length;
  const weightAt = columns.indexOf('weight');
  const targetAt = columns.indexOf('target');
  return {
    x: {
      data: Float32Array.from(kept.flatMap((row) => row.slice(0, features))),
      rows: kept.length,
      columns: features,
    },
    y: kept.map((row) => Math.fround(row[targetAt])),
    weight: weightAt < 0 ? undefined : kept.map((row) => Math.fround(row[weightAt])),
  };
}

function csvTable(name: string): { columns: string[]; rows: number[][] } {
  const text = new TextDecoder().decode(readGzip(`data/${name}.csv.gz`));
  const [header = '', ...lines] = text.trim().split('\n');
  return { columns: header.split(','), rows: lines.map((line) => line.split(',').map(Number)) };
}

function npyTable(name: string): { columns: string[]; rows: number[][] } {
  const x = npy(`data/${name}.X.npy.gz`);
  const y = npy(`data/${name}.y.npy.gz`);
  const features = x.length / y.length;
  const columns = [...Array.from({ length: features }, (_, i) => `f${i}`), 'target'];
  const rows = Array.from(y, (label, row) => [
    ...x.subarray(row * features, (row + 1) * features),
    label,
  ]);
  return { columns, rows };
}

/** Values of a little-endian float32 .npy file of version 1. */
function npy(path: string): Float32Array {
  const bytes = readGzip(path);
  const start = 10 + bytes[8] + 256 * bytes[9];
  return new Float32Array(bytes.slice(start).buffer);
}

/** Greatest absolute difference of two vectors of one length. */
export function maxDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Infinity;
  let most = 0;
  for (let i = 0; i < a.length; i++) {
    const difference = Math.abs(a[i] - b[i]);
    if (!(difference <= most)) most = difference;
  }
  return most;
}
