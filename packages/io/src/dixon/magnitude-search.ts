import type { TaskPool } from '@steatosis/core';
import type { MagnitudeSource } from './magnitude-source.js';
import { type MagnitudeStarts, solutionsOf } from './magnitude-estimates.js';
import { noiseSd } from './noise.js';
import type { ModelParameters } from './signal-model.js';
import { type DixonTasks, forEachRun } from './voxel-runs.js';

/** What {@link searchMagnitude} needs to know. */
export interface MagnitudeSearch {
  pool: TaskPool<DixonTasks>;
  model: ModelParameters;
  source: MagnitudeSource;
  voxels: Int32Array;
  size: readonly [number, number, number];
  /** mm */
  spacing: readonly [number, number, number];
  /** SD of the noise in the noise floor; 0 for none. */
  noiseFloorSd: number;
  /** SD of the noise where it is known; otherwise the residuals tell. */
  knownNoiseSd: number | undefined;
  /** Samples of a voxel less its unknowns. */
  degrees: number;
  /** Weight of the prior on which solution neighbours take. */
  smoothness: number;
  signal: AbortSignal | undefined;
  onVoxels: (count: number) => void;
}

/** The solution that each voxel takes. */
export interface MagnitudeFound {
  starts: MagnitudeStarts;
  /** Voxels at which the prior overruled the solution that fits better. */
  overruled: number;
}

/** The prior's weight in nats per squared difference of fat fractions, for `smoothness` 1. */
const NATS = 100;

/** A solution that costs so much more than the other one is out of the question, noise-free ones too. */
const MOST_NATS = 1e6;

/** Both solutions of each voxel, then a choice between them with an eye on the neighbours. */
export async function searchMagnitude(search: MagnitudeSearch): Promise<MagnitudeFound> {
  const { pool, model, source, voxels, noiseFloorSd, signal } = search;
  const sides = solutionsOf(model.echoTimesMs.length);
  const count = voxels.length * sides;
  const water = new Float32Array(count);
  const fat = new Float32Array(count);
  const r2starPerSecond = new Float32Array(count);
  const cost = new Float32Array(count);
  await forEachRun(
    pool,
    voxels.length,
    async (from, to, stop) => {
      const input = { model, magnitudes: source.gather(voxels, from, to), noiseFloorSd };
      const found = await pool.run('solveMagnitude', input, { signal: stop });
      water.set(found.water, from * sides);
      fat.set(found.fat, from * sides);
      r2starPerSecond.set(found.r2starPerSecond, from * sides);
      cost.set(found.cost, from * sides);
    },
    { signal, onRun: search.onVoxels },
  );
  const all = { water, fat, r2starPerSecond };
  if (sides === 1) return { starts: all, overruled: 0 };

  const least = cost.filter((_, at) => at % 2 === 0).map((c, i) => Math.min(c, cost[2 * i + 1]));
  const sd = search.knownNoiseSd ?? noiseSd(least, search.degrees);
  const labels = await pool.run(
    'chooseSides',
    {
      size: search.size,
      spacing: search.spacing,
      voxels,
      fatFraction: fat.map((f, at) => f / (water[at] + f)),
      cost: cost.map((c, at) => {
        const more = c - least[at >> 1];
        return more > 0 ? Math.min(more / (2 * sd * sd), MOST_NATS) : 0;
      }),
      weight: NATS * search.smoothness,
    },
    { signal },
  );
  const pick = (values: Float32Array): Float32Array =>
    Float32Array.from(labels, (label, i) => values[2 * i + label]);
  return {
    starts: { water: pick(water), fat: pick(fat), r2starPerSecond: pick(r2starPerSecond) },
    overruled: labels.reduce((sum, label, i) => sum + (cost[2 * i + label] > least[i] ? 1 : 0), 0),
  };
}
