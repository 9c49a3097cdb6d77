import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { TypedArray, Volume } from '@steatosis/core';
import { onTestFinished } from 'vitest';
import type { NamedSource } from '../../src/sources.js';

/** A reference file from a bundle. */
export interface Fixture extends NamedSource {
  content: Uint8Array;
}

/** The files of `fixtures/formats/<name>.tar.gz`, by name. */
export function bundle(name: string): Map<string, Fixture> {
  const tar = fixture(`${name}.tar.gz`);
  const text = (from: number, length: number): string =>
    new TextDecoder().decode(tar.subarray(from, from + length)).replace(/\0.*$/s, '');
  const files = new Map<string, Fixture>();
  for (let at = 0; at + 512 <= tar.length && tar[at] !== 0;) {
    const size = parseInt(text(at + 124, 12), 8);
    const entry = text(at, 100);
    if (!entry.endsWith('/')) {
      const content = tar.slice(at + 512, at + 512 + size);
      files.set(entry, { name: entry, content, bytes: () => Promise.resolve(content) });
    }
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return files;
}

/** The content of a gzipped fixture. */
export function fixture(name: string): Uint8Array {
  const url = new URL(`../fixtures/formats/${name}`, import.meta.url);
  return new Uint8Array(gunzipSync(readFileSync(url)));
}

export function json(file: Fixture | undefined): never {
  return JSON.parse(new TextDecoder().decode(file!.content)) as never;
}

/** A folder on disk with the files of a bundle; it is gone after the test. */
export function onDisk(files: Iterable<Fixture>): string {
  const folder = emptyFolder();
  for (const { name, content } of files) {
    mkdirSync(path.join(folder, path.dirname(name)), { recursive: true });
    writeFileSync(path.join(folder, name), content);
  }
  return folder;
}

export function emptyFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'steatosis-io-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Shape and values of a NumPy file (C order, little endian). */
export function npy(content: Uint8Array): { shape: number[]; values: TypedArray } {
  const length = content[8] | (content[9] << 8);
  const header = new TextDecoder('latin1').decode(content.subarray(10, 10 + length));
  const type = /'descr': '[<|]([a-z]\d+)'/.exec(header)![1];
  const shape = /'shape': \(([^)]*)\)/
    .exec(header)![1]
    .split(',')
    .filter((n) => n.trim() !== '');
  const buffer = content.slice(10 + length).buffer;
  const arrays: Record<string, new (b: ArrayBuffer) => TypedArray> = {
    u1: Uint8Array,
    b1: Uint8Array,
    f4: Float32Array,
    c8: Float32Array,
    f8: Float64Array,
  };
  return { shape: shape.map(Number), values: new arrays[type](buffer) };
}

export function sha256(data: ArrayBufferView): string {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return createHash('sha256').update(bytes).digest('hex');
}

/** Three rows of four: index to LPS mm. */
export function affineLps(volume: Volume): number[][] {
  const { spacing, origin, direction } = volume;
  return [0, 1, 2].map((row) => [
    ...[0, 1, 2].map((axis) => direction[row * 3 + axis] * spacing[axis]),
    origin[row],
  ]);
}

/** Largest difference of the first three rows of two affines. */
export function affineDifference(a: readonly number[][], b: readonly number[][]): number {
  return Math.max(...a.flatMap((row, r) => row.map((v, c) => Math.abs(v - b[r][c]))));
}

/** Collects warnings. */
export function warnings(): { list: string[]; onWarning: (message: string) => void } {
  const list: string[] = [];
  return { list, onWarning: (message) => void list.push(message) };
}
