import { join } from 'node:path';
import type { Bench } from './bench.ts';
import { pythonOf } from './peers.ts';
import { SideProcess } from './process.ts';
import type { Reply } from './side.ts';

type Values = Extract<Reply, { values: unknown }>;
type Time = Extract<Reply, { milliseconds: number }>;
type Peak = Extract<Reply, { peakMemoryMiB: number }>;

export interface Comparison {
  name: string;
  question: string;
  versions: Record<string, string>;
  values: number;
  largestDifference: number;
  oursMs: number;
  peerMs: number;
  peer: string;
  /** Median over the rounds of peer ÷ ours. */
  ratio: number;
  ratioRange: [number, number];
  rounds: number;
  oursPeakMiB: number;
  peerPeakMiB: number;
}

/** Our side alone, where there is no peer. */
export interface Timing {
  name: string;
  question: string;
  versions: Record<string, string>;
  values: number[];
  oursMs: number;
  rangeMs: [number, number];
  rounds: number;
  oursPeakMiB: number;
}

/** The side checks its own values and is then timed. */
export async function timeAlone(bench: Bench, folder: string): Promise<Timing> {
  const ours = startOurs(bench, folder);
  try {
    const { values, versions } = await ours.ask<Values>('values');
    await ours.ask<Time>('time');
    const times: number[] = [];
    for (let round = 0; round < bench.rounds; round++) {
      times.push((await ours.ask<Time>('time')).milliseconds);
    }
    return {
      name: bench.name,
      question: bench.question,
      versions,
      values: values.map((value) => value ?? Number.NaN),
      oursMs: median(times),
      rangeMs: [Math.min(...times), Math.max(...times)],
      rounds: bench.rounds,
      oursPeakMiB: (await ours.ask<Peak>('end')).peakMemoryMiB,
    };
  } finally {
    ours.stop();
  }
}

function startOurs({ ours }: Bench, folder: string): SideProcess {
  return new SideProcess(process.execPath, [join(folder, 'cases', ours.file), ...ours.args]);
}

/**
 * Both sides in one run, in turn, so that a machine whose speed drifts slows both. Values are compared
 * first: how fast a wrong answer comes is of no interest.
 */
export async function compare(
  bench: Bench,
  against: NonNullable<Bench['peer']>,
  folder: string,
): Promise<Comparison | { skipped: string }> {
  const python = pythonOf(against.environment);
  if (python === undefined) {
    return {
      skipped: `peer environment "${against.environment}" is not set up (npm run bench:peers)`,
    };
  }
  const ours = startOurs(bench, folder);
  // One thread each, as stated in the table: a fair pair on any machine.
  const peer = new SideProcess(python, [join(folder, 'peers', against.script), ...against.args], {
    OMP_NUM_THREADS: '1',
    OPENBLAS_NUM_THREADS: '1',
    MKL_NUM_THREADS: '1',
    LOKY_MAX_CPU_COUNT: '1',
  });
  try {
    const mine = await ours.ask<Values>('values');
    const theirs = await peer.ask<Values>('values');
    const largestDifference = compareValues(bench, mine.values, theirs.values);
    await ours.ask<Time>('time');
    await peer.ask<Time>('time');
    const pairs: [number, number][] = [];
    for (let round = 0; round < bench.rounds; round++) {
      const a = (await ours.ask<Time>('time')).milliseconds;
      const b = (await peer.ask<Time>('time')).milliseconds;
      pairs.push([a, b]);
    }
    const ratios = pairs.map(([a, b]) => b / a);
    return {
      name: bench.name,
      question: bench.question,
      versions: { ...mine.versions, ...theirs.versions },
      values: mine.values.length,
      largestDifference,
      oursMs: median(pairs.map(([a]) => a)),
      peerMs: median(pairs.map(([, b]) => b)),
      peer: against.label,
      ratio: median(ratios),
      ratioRange: [Math.min(...ratios), Math.max(...ratios)],
      rounds: bench.rounds,
      oursPeakMiB: (await ours.ask<Peak>('end')).peakMemoryMiB,
      peerPeakMiB: (await peer.ask<Peak>('end')).peakMemoryMiB,
    };
  } finally {
    ours.stop();
    peer.stop();
  }
}

function compareValues(bench: Bench, ours: (number | null)[], theirs: (number | null)[]): number {
  if (ours.length !== theirs.length || ours.length === 0) {
    throw new Error(`${bench.name}: ${ours.length} values of ours, ${theirs.length} of the peer`);
  }
  let worst = 0;
  ours.forEach((a, i) => {
    const b = theirs[i]!;
    if ((a === null) !== (b === null))
      throw new Error(`${bench.name}: value ${i} is ${a}, the peer has ${b}`);
    if (a === null || b === null) return;
    worst = Math.max(worst, Math.abs(a - b) / Math.max(bench.scale ?? 1, Math.abs(b)));
  });
  if (!(worst <= bench.tolerance)) {
    throw new Error(
      `${bench.name}: values differ by ${worst}, allowed ${bench.tolerance}: not timed`,
    );
  }
  return worst;
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
