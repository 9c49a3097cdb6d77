import { NAMED_STATISTICS, type NamedStatistic } from './named-statistics.js';
import { permutedBlock, type PermutationPlan } from './permuted.js';
import { BLOCK, replicatesOfBlock, sizeOfBlock } from './replicates.js';
import type { ResamplingUnits } from './units.js';

/** Blocks of replicates, as they are sent to a worker. */
interface BlocksOfWork {
  statistic: NamedStatistic;
  columns: Record<string, Float64Array>;
  units: ResamplingUnits;
  seed: number;
  replicates: number;
  /** From … to − 1. */
  blocks: readonly [from: number, to: number];
}

/** The same of a permutation test. */
interface BlocksOfPermutations extends Omit<BlocksOfWork, 'units'> {
  plan: PermutationPlan;
}

function bootstrapBlocks({ statistic, columns, units, ...rest }: BlocksOfWork): Float64Array {
  const prepared = NAMED_STATISTICS[statistic].prepared(columns);
  return inBlocks(rest, (block, count) =>
    replicatesOfBlock(prepared, units, { seed: rest.seed, block, count }),
  );
}

function permutationBlocks(work: BlocksOfPermutations): Float64Array {
  const { statistic, columns, plan, ...rest } = work;
  const { prepared } = NAMED_STATISTICS[statistic];
  return inBlocks(rest, (block, count) =>
    permutedBlock(prepared, columns, plan, { seed: rest.seed, block, count }),
  );
}

function inBlocks(
  { blocks: [from, to], replicates }: Pick<BlocksOfWork, 'blocks' | 'replicates'>,
  block: (block: number, count: number) => Float64Array,
): Float64Array {
  const values = new Float64Array(Math.min(replicates, to * BLOCK) - from * BLOCK);
  for (let b = from; b < to; b++) {
    values.set(block(b, sizeOfBlock(b, replicates)), (b - from) * BLOCK);
  }
  return values;
}

/** What a worker of a resampling can do. */
export function resamplingTasks(): {
  bootstrapBlocks: typeof bootstrapBlocks;
  permutationBlocks: typeof permutationBlocks;
} {
  return { bootstrapBlocks, permutationBlocks };
}
