import { crc32 } from 'node:zlib';
import { createVolume, type Volume } from '@steatosis/core';
import type { PrintedNumber } from './fixtures.js';

/** A volume described by a formula, with PyRadiomics 3.0.1's features of it. */
export interface FormulaCase {
  name: string;
  dims_zyx: [number, number, number];
  seed: number;
  levels: number;
  passes: number;
  noise: number;
  binWidth: number;
  mask: 'full' | { ellipsoid: { center_zyx: number[]; radii_zyx: number[] } };
  spacing_xyz: [number, number, number];
  voxels: number;
  crc32_image_int16le: number;
  crc32_mask_uint8: number;
  features: Record<string, Record<string, PrintedNumber>>;
  glcm_MCC_without_epsilon: number;
}

/** mulberry32 in counter form: 16 bits of the k-th number. */
function random16(seed: number, k: number): number {
  const a = (seed + Math.imul(k, 0x6d2b79f5)) | 0;
  let t = Math.imul(a ^ (a >>> 15), a | 1);
  t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
  return (t ^ (t >>> 14)) >>> 16;
}

/** Build image and mask, all in integer arithmetic; checked against the CRC-32 of the reference. */
export function formulaVolumes(c: FormulaCase): { image: Volume; mask: Volume } {
  const [nz, ny, nx] = c.dims_zyx;
  const n = nx * ny * nz;
  let s = new Float64Array(n);
  for (let i = 0; i < n; i++) s[i] = random16(c.seed, i + 1);
  for (let pass = 0; pass < c.passes; pass++) {
    s = neighbourSum(s, 1, nx);
    s = neighbourSum(s, nx, ny);
    s = neighbourSum(s, nx * ny, nz);
    let [low, high] = [Infinity, -Infinity];
    for (let i = 0; i < n; i++) {
      s[i] = Math.floor(s[i] / 27);
      if (s[i] < low) low = s[i];
      if (s[i] > high) high = s[i];
    }
    for (let i = 0; i < n; i++) s[i] = Math.floor(((s[i] - low) * 65535) / (high - low));
  }
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < n; i++) {
    s[i] = 8 * s[i] + c.noise * random16(c.seed, n + i + 1);
    if (s[i] < low) low = s[i];
    if (s[i] > high) high = s[i];
  }
  const image = new Int16Array(n);
  for (let i = 0; i < n; i++) {
    image[i] = Math.floor(((s[i] - low) * (5 * c.levels)) / (high - low + 1));
  }
  const mask = ellipsoid(c);
  if (crc32(new Uint8Array(image.buffer)) !== c.crc32_image_int16le) {
    throw new Error(`${c.name}: the image differs from the reference's`);
  }
  if (crc32(mask) !== c.crc32_mask_uint8) {
    throw new Error(`${c.name}: the mask differs from the reference's`);
  }
  const grid = { spacing: c.spacing_xyz };
  return {
    image: createVolume(image, [nx, ny, nz], grid),
    mask: createVolume(mask, [nx, ny, nz], grid),
  };
}

/** Sum of three neighbours along one axis, wrapping round. */
function neighbourSum(s: Float64Array, step: number, length: number): Float64Array<ArrayBuffer> {
  const sums = new Float64Array(s.length);
  for (let i = 0; i < s.length; i++) {
    const at = Math.floor(i / step) % length;
    const before = i + (at === 0 ? length - 1 : -1) * step;
    const after = i + (at === length - 1 ? 1 - length : 1) * step;
    sums[i] = s[before] + s[i] + s[after];
  }
  return sums;
}

function ellipsoid(c: FormulaCase): Uint8Array {
  const [nz, ny, nx] = c.dims_zyx;
  const mask = new Uint8Array(nx * ny * nz).fill(1);
  if (c.mask === 'full') return mask;
  const [c0, c1, c2] = c.mask.ellipsoid.center_zyx as [number, number, number];
  const [r0, r1, r2] = c.mask.ellipsoid.radii_zyx as [number, number, number];
  let i = 0;
  for (let z = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++) {
      for (let x = 0; x < nx; x++) {
        const d = ((z - c0) * r1 * r2) ** 2 + ((y - c1) * r0 * r2) ** 2 + ((x - c2) * r0 * r1) ** 2;
        mask[i++] = d < (r0 * r1 * r2) ** 2 ? 1 : 0;
      }
    }
  }
  return mask;
}

/** The expected features under full keys. */
export function expectedKeys(c: FormulaCase): Record<string, PrintedNumber> {
  return Object.fromEntries(
    Object.entries(c.features).flatMap(([family, features]) =>
      Object.entries(features).map(([name, value]) => [`original_${family}_${name}`, value]),
    ),
  );
}
