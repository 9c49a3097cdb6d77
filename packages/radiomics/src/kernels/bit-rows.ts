import type { Vector3 } from '@steatosis/core';
import type { Workspace } from './workspace.js';

/**
 * A mask as one bit a voxel, with one voxel of background around it: bit b of row (v, w) is the voxel
 * (b − 1, v − 1, w − 1) of its box.
 */
export interface BitRows {
  readonly words: Uint32Array;
  /** Words of a row. */
  readonly width: number;
  /** Rows of a slice, and slices, background included. */
  readonly rows: number;
  readonly slices: number;
}

/** A mask as runs of voxels along x in a padded box. */
interface RunsInBox {
  runs: Int32Array;
  size: Vector3;
  pad: number;
  rowStep: number;
  sliceStep: number;
}

/** Lay runs out as bits. */
export function bitRows(region: RunsInBox, workspace: Workspace): BitRows {
  const { runs, size, pad, rowStep, sliceStep } = region;
  const width = Math.ceil((size[0] + 2) / 32);
  const rows = size[1] + 2;
  const slices = size[2] + 2;
  const words = workspace.uint32('bitRows', width * rows * slices);
  for (let r = 0; r < runs.length; r += 2) {
    const w = Math.floor(runs[r] / sliceStep);
    const v = Math.floor((runs[r] - w * sliceStep) / rowStep);
    const from = runs[r] - w * sliceStep - v * rowStep - pad + 1;
    const row = ((w - pad + 1) * rows + v - pad + 1) * width;
    setBits(words, row, from, from + runs[r + 1] - runs[r]);
  }
  return { words, width, rows, slices };
}

function setBits(words: Uint32Array, row: number, from: number, to: number): void {
  const first = from >> 5;
  const last = (to - 1) >> 5;
  const fromFirst = -1 << (from & 31);
  const toLast = -1 >>> (31 - ((to - 1) & 31));
  if (first === last) {
    words[row + first] |= fromFirst & toLast;
    return;
  }
  words[row + first] |= fromFirst;
  words.fill(0xffffffff, row + first + 1, row + last);
  words[row + last] |= toLast;
}

/** The position of the lowest bit that is set. */
export function lowestBit(word: number): number {
  return 31 - Math.clz32(word & -word);
}
