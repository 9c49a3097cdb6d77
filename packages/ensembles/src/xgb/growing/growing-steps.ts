import type { EngineMemory } from '../../engine/memory.js';
import type { Steps } from '../../engine/team.js';
import { ORDER, ROWS } from './layout.js';

/** The kernels of this folder; their arguments are addresses and counts. */
export interface GrowingKernels {
  evaluateNodes(settings: number, member: number): void;
  growingScratch(mostSlots: number, mostCategories: number): number;
  sumPairs(pairs: number, count: number, to: number): void;
  addToLeaves(
    settings: number,
    leaves: number,
    count: number,
    margins: number,
    stride: number,
  ): void;
  fillOrder(order: number, from: number, to: number): void;
  moveChunks(settings: number): void;
  splitChunks(settings: number): void;
}

/** The steps that a tree grower asks its team for. The first argument is the address of its settings. */
export function growingSteps(engine: EngineMemory): Steps {
  const kernels = engine.kernels as unknown as GrowingKernels;
  return {
    growingOrder(index, count, args) {
      const settings = args[0];
      const order = engine.u32[(settings + ORDER) / 4];
      const rows = engine.u32[(settings + ROWS) / 4];
      const share = Math.ceil(rows / count);
      kernels.fillOrder(order, Math.min(index * share, rows), Math.min((index + 1) * share, rows));
    },
    growingEvaluate(index, _count, args) {
      kernels.evaluateNodes(args[0], index);
    },
    growingSplit(_index, _count, args) {
      kernels.splitChunks(args[0]);
    },
    growingMove(_index, _count, args) {
      kernels.moveChunks(args[0]);
    },
    growingLeaves(_index, _count, args) {
      kernels.addToLeaves(args[0], args[1], args[2], args[3], args[4]);
    },
  };
}
