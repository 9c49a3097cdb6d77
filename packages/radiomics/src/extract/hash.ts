import { denseData, type TypedArray, type Volume } from '@steatosis/core';
import { sha1 } from '@noble/hashes/legacy';
import { bytesToHex } from '@noble/hashes/utils';

/**
 * SHA-1 of the voxels in memory order, x fastest, as `SimpleITK.Hash` has it: it tells whether two
 * extractions saw the same image.
 */
export function imageHash(image: Volume): string {
  return hashOf(denseData(image));
}

/** The same of a mask, whose values PyRadiomics casts to 32 bits first. */
export function maskHash(mask: Volume): string {
  return hashOf(Uint32Array.from(denseData(mask)));
}

function hashOf({ buffer, byteOffset, byteLength }: TypedArray): string {
  return bytesToHex(sha1(new Uint8Array(buffer, byteOffset, byteLength)));
}
