import type { Vector3 } from '@steatosis/core';
import type { LevelVolume } from './level-volume.js';

/** How far a neighbourhood goes. */
export interface NeighbourhoodShape {
  /** Voxels on each side of the centre. */
  radius: number;
  /** The axis along which it has one voxel only, if any. */
  forbiddenAxis: 0 | 1 | 2 | undefined;
  /** The longest step to a neighbour inside of it. */
  reach: number;
}

/**
 * The voxels around one voxel that count, cut out of the volume: ranks of gray levels, numbered anew from 1,
 * in a small box that is padded so that a step to a neighbour needs no bounds test. One object is filled
 * again and again.
 */
export class Neighbourhood {
  /** Voxels of the box along x, y, z without padding. */
  readonly size: Vector3;
  readonly pad: number;
  readonly rowStep: number;
  readonly sliceStep: number;
  /** Ranks in the padded box, 0 where there is no voxel that counts. */
  readonly ranks: Uint32Array;
  /** Places in the padded box of the voxels that count, x fastest; the first `count` of them. */
  readonly members: Uint32Array;
  /** Where these lie in the volume. */
  readonly sources: Uint32Array;
  count = 0;
  /** Gray level of each rank, rank 1 first, and its voxels; the first `present` of them. */
  readonly levels: Float64Array;
  readonly frequencies: Float64Array;
  present = 0;
  readonly volume: LevelVolume;
  readonly #reach: Vector3;
  /** The rank here of each rank of the volume; 0 for those that do not occur. */
  readonly #rankHere: Uint32Array;
  readonly #rankThere: Uint32Array;

  constructor(volume: LevelVolume, { radius, forbiddenAxis, reach }: NeighbourhoodShape) {
    const around = volume.size.map((n, axis) =>
      axis === forbiddenAxis ? 0 : Math.min(radius, n - 1),
    ) as Vector3;
    this.volume = volume;
    this.#reach = around;
    this.size = around.map((n) => 2 * n + 1) as Vector3;
    this.pad = reach;
    this.rowStep = this.size[0] + 2 * reach;
    this.sliceStep = this.rowStep * (this.size[1] + 2 * reach);
    const voxels = this.size[0] * this.size[1] * this.size[2];
    const levels = Math.min(voxels, volume.grayLevels.length);
    this.ranks = new Uint32Array(this.sliceStep * (this.size[2] + 2 * reach));
    this.members = new Uint32Array(voxels);
    this.sources = new Uint32Array(voxels);
    this.levels = new Float64Array(levels);
    this.frequencies = new Float64Array(levels);
    this.#rankHere = new Uint32Array(volume.grayLevels.length + 1);
    this.#rankThere = new Uint32Array(levels);
  }

  /** Cut out what lies around a voxel, which counts itself. */
  load(x: number, y: number, z: number): void {
    this.#clear();
    const { ranks: from, size, grayLevels } = this.volume;
    const [rx, ry, rz] = this.#reach;
    const { ranks, members, sources, pad, rowStep, sliceStep } = this;
    const rankHere = this.#rankHere;
    const x0 = Math.max(0, x - rx);
    const x1 = Math.min(size[0] - 1, x + rx);
    const y1 = Math.min(size[1] - 1, y + ry);
    const z1 = Math.min(size[2] - 1, z + rz);
    let count = 0;
    let present = 0;
    for (let w = Math.max(0, z - rz); w <= z1; w++) {
      for (let v = Math.max(0, y - ry); v <= y1; v++) {
        let place =
          (w - z + rz + pad) * sliceStep + (v - y + ry + pad) * rowStep + x0 - x + rx + pad;
        let source = x0 + size[0] * (v + size[1] * w);
        for (let u = x0; u <= x1; u++, place++, source++) {
          const there = from[source];
          if (there === 0) continue;
          let here = rankHere[there];
          if (here === 0) {
            here = ++present;
            rankHere[there] = here;
            this.#rankThere[here - 1] = there;
            this.levels[here - 1] = grayLevels[there - 1];
            this.frequencies[here - 1] = 0;
          }
          this.frequencies[here - 1]++;
          ranks[place] = here;
          members[count] = place;
          sources[count++] = source;
        }
      }
    }
    this.count = count;
    this.present = present;
  }

  /** Steps as differences of places in the padded box. */
  stepsOf(directions: readonly Vector3[]): Int32Array {
    return Int32Array.from(directions, ([x, y, z]) => x + y * this.rowStep + z * this.sliceStep);
  }

  #clear(): void {
    for (let k = 0; k < this.count; k++) this.ranks[this.members[k]] = 0;
    for (let k = 0; k < this.present; k++) this.#rankHere[this.#rankThere[k]] = 0;
  }
}
