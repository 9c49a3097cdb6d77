import type { Vector3 } from '@steatosis/core';

/** How the length of a step is measured where directions are weighted by it; null for no weights. */
export type WeightingNorm = 'manhattan' | 'euclidean' | 'infinity' | 'no_weighting' | null;

/** The length of each step in mm under a norm, Manhattan's if it is none, or undefined without weighting. */
export function stepLengths(
  steps: readonly Vector3[],
  spacing: Readonly<Vector3>,
  norm: WeightingNorm,
): number[] | undefined {
  if (norm === null) return undefined;
  return steps.map((step) => {
    const lengths = step.map((n, axis) => Math.abs(n) * spacing[axis]);
    if (norm === 'infinity') return Math.max(...lengths);
    if (norm === 'euclidean') return Math.hypot(...lengths);
    return lengths.reduce((sum, length) => sum + length, 0);
  });
}
