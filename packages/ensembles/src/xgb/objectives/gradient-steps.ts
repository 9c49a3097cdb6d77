import type { EngineMemory } from '../../engine/memory.js';
import type { Steps } from '../../engine/team.js';

type RowKernel = (from: number, to: number, ...places: number[]) => void;

/**
 * The steps that write gradients; every member takes a share of the rows.
 *
 * Their arguments are the number of rows, then the addresses of margins, labels, weights and pairs, then what the loss
 * needs beside them.
 */
export function gradientSteps({ kernels }: EngineMemory): Steps {
  const shared =
    (kernel: RowKernel, places: number) =>
    (index: number, count: number, args: Float64Array): void => {
      const rows = args[0];
      const share = Math.ceil(rows / count / 4) * 4;
      const from = Math.min(rows, index * share);
      kernel(from, Math.min(rows, from + share), ...args.subarray(1, 1 + places));
    };
  return {
    logisticGradients: shared(kernels.logisticGradients as RowKernel, 4),
    squaredErrorGradients: shared(kernels.squaredErrorGradients as RowKernel, 4),
    absoluteErrorGradients: shared(kernels.absoluteErrorGradients as RowKernel, 4),
    poissonGradients: shared(kernels.poissonGradients as RowKernel, 5),
    softmaxGradients: shared(kernels.softmaxGradients as RowKernel, 6),
  };
}
