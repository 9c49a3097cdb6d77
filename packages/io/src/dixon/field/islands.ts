import { CANDIDATES } from '../candidates.js';
import { type Labelling, NEIGHBOURS } from './labelling.js';
import { AirBridges } from './air-bridges.js';
import { findRegions, type Regions } from './regions.js';

/** Passes over all regions at most; later ones see what earlier ones turned. */
const MOST_PASSES = 4;

/** Regions of fewer voxels are left as message passing decided: they may be noise. */
const FEWEST_VOXELS = 10;

/** What was decided about regions that do not continue their surroundings. */
export interface IslandReport {
  /**
   * Regions of 10 voxels or more, the largest left out, that touch no other tissue or differ from all that
   * they touch by a jump of the field.
   */
  regions: number;
  /** Regions turned since the residuals of their voxels, summed up, fit the other choice better. */
  turnedByCost: number;
  /** Regions turned against the sum of their residuals, to continue the tissue around them or across air. */
  turnedByContinuity: number;
  /** Voxels in the regions that were turned. */
  voxelsTurned: number;
}

/** Regions and by how much each was preferred to its best alternative. */
export interface DecidedRegions {
  regions: Regions;
  /** Energy of the best alternative less that of the choice; Infinity for the largest region. */
  margin: Float64Array;
  report: IslandReport;
}

/**
 * Decide each region as a whole: keep it, or move all of it to the candidates one swap of water and fat
 * higher or lower. The energy is that of message passing with two changes: a difference of fields above
 * `jumpHz` costs no more than `jumpHz`, since a jump is there in either case, and tissue on both sides of
 * air is linked with the distance across it. So an island follows its own summed residuals, and where
 * these tie it continues its surroundings.
 *
 * @param swapHz distance of the candidates of a voxel
 */
export function decideRegions(state: Labelling, jumpHz: number, swapHz: number): DecidedRegions {
  let regions = findRegions(state, jumpHz);
  const report: IslandReport = {
    regions: Math.max(0, regions.sizes.filter((size) => size >= FEWEST_VOXELS).length - 1),
    turnedByCost: 0,
    turnedByContinuity: 0,
    voxelsTurned: 0,
  };
  const bridges = new AirBridges(state);
  const moved = state.labels.slice();
  let margin = new Float64Array(regions.sizes.length);
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    margin = new Float64Array(regions.sizes.length).fill(Infinity);
    let turned = 0;
    for (let r = 1; r < regions.sizes.length; r++) {
      const members = regions.members(r);
      const tryShift = (shiftHz: number): Move => {
        shiftRegion(state, members, shiftHz, moved);
        return compareMove(state, members, moved, jumpHz, bridges);
      };
      const up = tryShift(swapHz);
      const down = tryShift(-swapHz);
      // Nothing in the region could be another way.
      if (up.moves + down.moves === 0) continue;
      const best = up.energy < down.energy ? tryShift(swapHz) : down;
      const turn = best.energy < 0 && members.length >= FEWEST_VOXELS;
      margin[r] = turn ? -best.energy : best.energy;
      for (const i of members) {
        if (turn) state.choose(i, moved[i]);
        else moved[i] = state.labels[i];
      }
      if (!turn) continue;
      turned++;
      if (best.cost < 0) report.turnedByCost++;
      else report.turnedByContinuity++;
      report.voxelsTurned += members.length;
    }
    if (turned === 0) break;
    regions = findRegions(state, jumpHz);
  }
  return { regions, margin, report };
}

/** What changes when a region takes another choice. */
interface Move {
  /** Change of the energy … */
  energy: number;
  /** … and of the residuals in it. */
  cost: number;
  /** Voxels that change; without any the energy is Infinity. */
  moves: number;
}

/** Write the candidates nearest to the chosen ones shifted by `shiftHz`; voxels without one stay. */
function shiftRegion(
  state: Labelling,
  members: Int32Array,
  shiftHz: number,
  moved: Uint8Array,
): void {
  const { labels } = state;
  for (const i of members) {
    const target = state.flatHz(i, labels[i]) + shiftHz;
    const x = state.nearest(i, target);
    const apart = Math.abs(state.wrap(state.flatHz(i, x) - target));
    moved[i] = apart < 0.5 * Math.abs(shiftHz) ? x : labels[i];
  }
}

/** Change of the energy when `members` take their labels from `moved`, which equals the labels elsewhere. */
function compareMove(
  state: Labelling,
  members: Int32Array,
  moved: Uint8Array,
  jumpHz: number,
  bridges: AirBridges,
): Move {
  const { labels, near, problem, weights } = state;
  let cost = 0;
  let links = 0;
  let moves = 0;
  const compare = (i: number, j: number, weight: number): void => {
    const change =
      state.link(i, moved[i], j, moved[j], weight, jumpHz) -
      state.link(i, labels[i], j, labels[j], weight, jumpHz);
    // A link inside is seen from both ends, unless only one of them moves.
    links += moved[j] === labels[j] ? change : 0.5 * change;
  };
  for (const i of members) {
    if (moved[i] === labels[i]) continue;
    moves++;
    cost += problem.cost[i * CANDIDATES + moved[i]] - problem.cost[i * CANDIDATES + labels[i]];
    state.visit(i);
    for (let k = 0; k < NEIGHBOURS; k++) if (near[k] >= 0) compare(i, near[k], weights[k >> 1]);
    for (let b = bridges.starts[i]; b < bridges.starts[i + 1]; b++) {
      compare(i, bridges.ends[b], bridges.weights[b]);
    }
  }
  return { energy: moves > 0 ? cost + links : Infinity, cost, moves };
}
