import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { createVolume, type TypedArray, type Vector3, type Volume } from '@steatosis/core';
import type { Settings } from '../../src/index.js';

export interface PackedArray {
  type: 'uint8' | 'int16' | 'uint16' | 'int32' | 'float32' | 'float64';
  base64: string;
}

/** A number as the fixtures print it: JSON has no NaN and no infinity. */
export type PrintedNumber = number | 'NaN' | 'Infinity' | '-Infinity' | { re: number; im: number };

export interface Run {
  variant: string;
  settings: Settings;
  featureClasses: string[];
  expected?: Record<string, PrintedNumber>;
  expectedError?: { type: string; message: string };
  diagnostics?: Record<string, unknown>;
}

export interface PackedCase {
  id: string;
  label: number;
  size: Vector3;
  spacing: Vector3;
  origin: Vector3;
  direction: number[];
  image: PackedArray;
  mask: PackedArray;
  runs: Run[];
}

export interface Case {
  id: string;
  label: number;
  image: Volume;
  mask: Volume;
  runs: Run[];
}

/** A gzipped JSON fixture. */
export function readJson(path: string): unknown {
  const url = new URL(`../fixtures/${path}`, import.meta.url);
  return JSON.parse(gunzipSync(readFileSync(url)).toString('utf8'));
}

export function readText(path: string): string {
  return readFileSync(new URL(`../fixtures/${path}`, import.meta.url), 'utf8');
}

/** The cases of a suite with their images as volumes. */
export function readCases(path: string): Case[] {
  return (readJson(path) as { cases: PackedCase[] }).cases.map(unpackCase);
}

export function unpackCase(packed: PackedCase): Case {
  return {
    id: packed.id,
    label: packed.label,
    image: createVolume(unpack(packed.image), packed.size, packed),
    mask: createVolume(unpack(packed.mask), packed.size, packed),
    runs: packed.runs,
  };
}

export function numberOf(printed: PrintedNumber): number {
  return typeof printed === 'object' ? printed.re : Number(printed);
}

export function unpack({ type, base64 }: PackedArray): TypedArray {
  const bytes = Uint8Array.from(Buffer.from(base64, 'base64'));
  const constructors = {
    uint8: Uint8Array,
    int16: Int16Array,
    uint16: Uint16Array,
    int32: Int32Array,
    float32: Float32Array,
    float64: Float64Array,
  };
  return new constructors[type](bytes.buffer);
}

/** A volume of a fixture. */
export interface PackedVolume extends PackedArray {
  size: Vector3;
  spacing: Vector3;
  origin: Vector3;
  direction: number[];
}

export function unpackVolume(packed: PackedVolume): Volume {
  return createVolume(unpack(packed), packed.size, packed);
}
