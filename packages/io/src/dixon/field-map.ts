import type { TaskPool, Vector3 } from '@steatosis/core';
import { CANDIDATES } from './candidates.js';
import type { EchoSource } from './echo-source.js';
import type { SeparationReport } from './report.js';
import type { ModelParameters } from './signal-model.js';
import { type DixonTasks, forEachRun } from './voxel-runs.js';

/** A field value and a decay for each voxel from which to refine. */
export interface FieldStart {
  fieldHz: Float32Array;
  /** 1/s; without it the refinement tries several. */
  r2starPerSecond: Float32Array | undefined;
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
  const fieldHz = new Float32Array(places);
  const r2starPerSecond = new Float32Array(places);
  const cost = new Float32Array(places);
  const curvature = new Float32Array(places);
  await forEachRun(
    pool,
    voxels.length,
    async (from, to, stop) => {
      const run = echoes.run(voxels, from, to, pool.size > 0);
      const found = await pool.run('candidates', { model, echoes: run }, { signal: stop });
      fieldHz.set(found.fieldHz, from * CANDIDATES);
      r2starPerSecond.set(found.r2starPerSecond, from * CANDIDATES);
      cost.set(found.cost, from * CANDIDATES);
      curvature.set(found.curvature, from * CANDIDATES);
    },
    { signal, onRun: search.onVoxels },
  );
  const { labels, sweeps } = await pool.run(
    'choose',
    {
      size: echoes.size,
      spacing: search.spacing,
      voxels,
      fieldHz,
      cost,
      curvature,
      periodHz: search.periodHz,
      smoothness: search.smoothness,
    },
    { signal },
  );
  return {
    fieldHz: pick(fieldHz, labels),
    r2starPerSecond: pick(r2starPerSecond, labels),
    report: {
      source: 'message passing',
      smoothness: search.smoothness,
      sweeps,
      voxelsByCandidates: countCandidates(cost),
      overruled: labels.reduce((sum, label) => sum + (label > 0 ? 1 : 0), 0),
    },
  };
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
