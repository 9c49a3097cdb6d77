import type { TaskPool, Vector3 } from '@steatosis/core';
import { CANDIDATES } from './candidates.js';
import type { EchoSource } from './echo-source.js';
import { noiseSd } from './noise.js';
import type { SeparationReport } from './report.js';
import type { ModelParameters } from './signal-model.js';
import { type DixonTasks, forEachRun } from './voxel-runs.js';

/** Water, fat, their phase, field and R2*: what a candidate's residual has been fitted with. */
const UNKNOWNS = 5;

/** A field value and a decay for each voxel from which to refine. */
export interface FieldStart {
  fieldHz: Float32Array;
  /** 1/s; without it the refinement tries several. */
  r2starPerSecond: Float32Array | undefined;
  /** 1 for voxels whose field is doubtful; without it the field was given. */
  suspect: Uint8Array | undefined;
  report: SeparationReport['fieldMap'];
}

/** What {@link findField} needs to know. */
export interface FieldSearch {
  model: ModelParameters;
  periodHz: number;
  smoothness: number;
  /** mm */
  spacing: Vector3;
  signal: AbortSignal | undefined;
  onVoxels: (count: number) => void;
}

/** The field map without a starting guess: candidates of each voxel, then a choice among them. */
export async function findField(
  pool: TaskPool<DixonTasks>,
  echoes: EchoSource,
  voxels: Int32Array,
  search: FieldSearch,
): Promise<FieldStart> {
  const { model, signal } = search;
  const places = voxels.length * CANDIDATES;
  const elsewhere = pool.size > 0;
  const fieldHz = floats(places, elsewhere);
  const r2starPerSecond = new Float32Array(places);
  const cost = floats(places, elsewhere);
  const curvature = floats(places, elsewhere);
  await forEachRun(
    pool,
    voxels.length,
    async (from, to, stop) => {
      const run = echoes.run(voxels, from, to, elsewhere);
      const found = await pool.run('candidates', { model, echoes: run }, { signal: stop });
      fieldHz.set(found.fieldHz, from * CANDIDATES);
      r2starPerSecond.set(found.r2starPerSecond, from * CANDIDATES);
      cost.set(found.cost, from * CANDIDATES);
      curvature.set(found.curvature, from * CANDIDATES);
    },
    { signal, onRun: search.onVoxels },
  );
  const problem = {
    size: echoes.size,
    spacing: search.spacing,
    voxels,
    fieldHz,
    cost,
    curvature,
    periodHz: search.periodHz,
    smoothness: search.smoothness,
  };
  const least = Float32Array.from({ length: voxels.length }, (_, i) => cost[i * CANDIDATES]);
  const noise = noiseSd(least, 2 * model.echoTimesMs.length - UNKNOWNS);
  const chosen = await pool.run('choose', { problem, noiseVariance: noise * noise }, { signal });
  const { labels, suspect } = chosen;
  return {
    fieldHz: pick(fieldHz, labels),
    r2starPerSecond: pick(r2starPerSecond, labels),
    suspect,
    report: {
      source: 'message passing',
      smoothness: search.smoothness,
      ...chosen.report,
      voxelsByCandidates: countCandidates(cost),
      overruled: labels.reduce((sum, label) => sum + (label > 0 ? 1 : 0), 0),
      swapSuspects: suspect.reduce((sum, flag) => sum + flag, 0),
    },
  };
}

/** An array that workers read where it lies, if this place has shared memory. */
function floats(count: number, shared: boolean): Float32Array {
  return shared && typeof SharedArrayBuffer === 'function'
    ? new Float32Array(new SharedArrayBuffer(4 * count))
    : new Float32Array(count);
}

function pick(values: Float32Array, labels: Uint8Array): Float32Array {
  const picked = new Float32Array(labels.length);
  for (let i = 0; i < labels.length; i++) picked[i] = values[i * CANDIDATES + labels[i]];
  return picked;
}

function countCandidates(cost: Float32Array): number[] {
  const counts = Array.from({ length: CANDIDATES }, () => 0);
  for (let at = 0; at < cost.length; at += CANDIDATES) {
    let n = 1;
    while (n < CANDIDATES && cost[at + n] < Number.POSITIVE_INFINITY) n++;
    counts[n - 1]++;
  }
  return counts;
}
