import type { Vector3 } from '@steatosis/core';
import { LevelSizes } from './level-sizes.js';
import type { Neighbourhood } from './neighbourhood.js';
import { sortFirst } from './sort-first.js';

/** Connected zones of equal gray levels in a neighbourhood. */
export class LocalZones {
  readonly sizes: LevelSizes;
  readonly #neighbourhood: Neighbourhood;
  readonly #steps: Int32Array;
  readonly #stack: Uint32Array;
  /** 1 for voxels that belong to a zone already. */
  readonly #taken: Uint8Array;
  /** Size·ranks + rank of each zone. */
  readonly #zones: Float64Array;

  constructor(neighbourhood: Neighbourhood, directions: readonly Vector3[]) {
    const voxels = neighbourhood.members.length;
    this.sizes = new LevelSizes(neighbourhood.levels.length, voxels);
    this.#neighbourhood = neighbourhood;
    this.#steps = neighbourhood.stepsOf(directions);
    this.#stack = new Uint32Array(voxels);
    this.#taken = new Uint8Array(neighbourhood.ranks.length);
    this.#zones = new Float64Array(voxels);
  }

  measure(): void {
    const { members, count, ranks, levels, present } = this.#neighbourhood;
    const taken = this.#taken;
    const zones = this.#zones;
    let found = 0;
    for (let k = 0; k < count; k++) {
      const p = members[k];
      if (taken[p] === 0) zones[found++] = this.#grow(p) * present + ranks[p] - 1;
    }
    for (let k = 0; k < count; k++) taken[members[k]] = 0;
    sortFirst(zones, found);
    this.sizes.begin(levels, present);
    for (let from = 0; from < found;) {
      const zone = zones[from];
      let to = from + 1;
      while (to < found && zones[to] === zone) to++;
      this.sizes.add(zone % present, Math.floor(zone / present), to - from);
      from = to;
    }
    this.sizes.finish();
  }

  /** Take the zone of a voxel; returns its size. */
  #grow(seed: number): number {
    const { ranks } = this.#neighbourhood;
    const steps = this.#steps;
    const taken = this.#taken;
    const stack = this.#stack;
    const rank = ranks[seed];
    let size = 1;
    let waiting = 1;
    stack[0] = seed;
    taken[seed] = 1;
    while (waiting > 0) {
      const p = stack[--waiting];
      for (let d = 0; d < steps.length; d++) {
        for (let q = p - steps[d]; q <= p + steps[d]; q += 2 * steps[d]) {
          if (ranks[q] !== rank || taken[q] === 1) continue;
          taken[q] = 1;
          stack[waiting++] = q;
          size++;
        }
      }
    }
    return size;
  }
}
