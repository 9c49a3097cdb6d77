import type { Vector3 } from '@steatosis/core';
import { type TextureArena, textureArena } from '../kernels/arena.js';
import type { Region } from '../roi/region.js';

/** Bytes that an element of a padded box takes. */
export type ElementBytes = 1 | 2 | 4;

/** Gray levels or ranks on a padded box. */
export type LevelArray = Uint8Array | Uint16Array | Uint32Array;

export type Placement = Pick<
  Region,
  'size' | 'spacing' | 'rowStep' | 'sliceStep' | 'pad' | 'paddedLength' | 'count' | 'runs'
>;

/** The levels of a region, and which of them there are. */
export interface RankedLevels {
  /** The gray level of each rank, rank 1 first. */
  grayLevels: Float64Array;
  /** Voxels of each rank, rank 1 first. */
  frequencies: Float64Array;
  /** Write the rank of each voxel of the region into its place in a padded box, or the level of that rank. */
  write(box: LevelArray, as: 'rank' | 'level'): void;
}

/**
 * Where the texture kernels work: gray levels on a padded box in the arena, 0 outside the region. Valid
 * until the next one is made.
 */
export class LevelGrid {
  readonly arena: TextureArena;
  readonly size: Vector3;
  readonly spacing: Vector3;
  readonly rowStep: number;
  readonly sliceStep: number;
  readonly pad: number;
  /** Voxels of the padded box. */
  readonly paddedLength: number;
  /** Voxels of the region. */
  readonly count: number;
  /** Runs of voxels along x: index in the padded box of the first of each, and of the next after the last. */
  readonly runs: Int32Array;
  /** The same in the arena, as pairs of 32-bit integers. */
  readonly runsAddress: number;
  readonly runsEnd: number;
  /** The padded box of the ranks: 1 byte up to 255 ranks, 2 up to 65,535, else 4. */
  readonly ranksAddress: number;
  readonly rankBytes: ElementBytes;
  /** The padded box of the gray levels; the same place as the ranks where no level is missing. */
  readonly levelsAddress: number;
  readonly levelBytes: ElementBytes;
  /** The gray level of each rank, rank 1 first. */
  readonly grayLevels: Float64Array;
  /** Voxels of each rank, rank 1 first. */
  readonly frequencies: Float64Array;
  /** The highest gray level in the region: Ng. */
  readonly highest: number;

  constructor(placement: Placement, levels: RankedLevels) {
    const arena = textureArena();
    const { runs, paddedLength } = placement;
    const { grayLevels, frequencies } = levels;
    this.arena = arena;
    this.size = placement.size;
    this.spacing = placement.spacing;
    this.rowStep = placement.rowStep;
    this.sliceStep = placement.sliceStep;
    this.pad = placement.pad;
    this.paddedLength = paddedLength;
    this.count = placement.count;
    this.runs = runs;
    this.grayLevels = grayLevels;
    this.frequencies = frequencies;
    const present = grayLevels.length;
    this.highest = grayLevels[present - 1];
    this.rankBytes = bytesFor(present);
    arena.clear();
    this.runsAddress = arena.reserve(4 * runs.length);
    this.runsEnd = this.runsAddress + 4 * runs.length;
    // The margins count as outside of the region too, for kernels that load several voxels at once.
    this.ranksAddress = arena.reserveZeroed(this.rankBytes * paddedLength + 64);
    const gaps = this.highest > present;
    this.levelBytes = gaps ? bytesFor(this.highest) : this.rankBytes;
    this.levelsAddress = gaps
      ? arena.reserveZeroed(this.levelBytes * paddedLength + 64)
      : this.ranksAddress;
    arena.integers.set(runs, this.runsAddress >> 2);
    levels.write(this.ranks, 'rank');
    if (gaps) levels.write(this.levels, 'level');
  }

  /** A view of the ranks, valid until the arena grows. */
  get ranks(): LevelArray {
    return viewOf(this.arena, this.ranksAddress, this.rankBytes, this.paddedLength);
  }

  /** A view of the gray levels, valid until the arena grows. */
  get levels(): LevelArray {
    return viewOf(this.arena, this.levelsAddress, this.levelBytes, this.paddedLength);
  }

  /** Steps as differences of indices in the padded box, 32 bits each, reserved in the arena. */
  reserveSteps(directions: readonly Vector3[]): number {
    const address = this.arena.reserve(4 * directions.length);
    const { integers } = this.arena;
    for (let d = 0; d < directions.length; d++) {
      const [x, y, z] = directions[d];
      integers[(address >> 2) + d] = x + y * this.rowStep + z * this.sliceStep;
    }
    return address;
  }
}

function bytesFor(highest: number): ElementBytes {
  return highest <= 0xff ? 1 : highest <= 0xffff ? 2 : 4;
}

function viewOf(
  arena: TextureArena,
  address: number,
  bytes: ElementBytes,
  length: number,
): LevelArray {
  if (bytes === 1) return arena.u8(address, length);
  return bytes === 2 ? arena.u16(address, length) : arena.u32(address, length);
}
