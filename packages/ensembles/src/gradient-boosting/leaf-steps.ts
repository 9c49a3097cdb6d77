import type { BuiltTree } from '../cart/tree-builder.js';
import type { Loss, LocationStep, NewtonStep, WeighedTargets } from './losses/loss.js';

/** A round as its leaves see it. */
export interface Round extends WeighedTargets {
  raw: Float64Array;
  residuals: Float64Array;
  output: number;
}

/** Give the leaves the values by which the loss falls; they hold mean residuals so far. */
export function stepLeaves(built: BuiltTree, { step }: Loss, round: Round): void {
  if (step === 'mean') return;
  if (step.kind === 'newton') newtonSteps(built, step, round);
  else locationSteps(built, step, round);
}

/** One Newton step in each leaf, 0 where the curvature vanishes. */
function newtonSteps({ tree, leaves }: BuiltTree, step: NewtonStep, round: Round): void {
  const { y, residuals, weights, output } = round;
  const nodes = tree.left.length;
  const gradients = new Float64Array(nodes);
  const curvatures = new Float64Array(nodes);
  const totals = new Float64Array(nodes);
  for (let row = 0; row < leaves.length; row++) {
    const leaf = leaves[row];
    if (leaf < 0) continue;
    const weight = weights ? weights[row] : 1;
    gradients[leaf] += weight * residuals[row];
    curvatures[leaf] += weight * step.curvature(y[row], residuals[row], output);
    totals[leaf] += weight;
  }
  for (let node = 0; node < nodes; node++) {
    if (tree.left[node] !== -1) continue;
    const numerator = (gradients[node] / totals[node]) * step.factor;
    const denominator = curvatures[node] / totals[node];
    tree.value[node] = Math.abs(denominator) < 1e-150 ? 0 : numerator / denominator;
  }
}

/** The best constant for the rows of each leaf. */
function locationSteps({ tree, leaves }: BuiltTree, step: LocationStep, round: Round): void {
  const { y, raw, weights } = round;
  const rows: number[][] = Array.from(tree.left, () => []);
  leaves.forEach((leaf, row) => {
    if (leaf >= 0) rows[leaf].push(row);
  });
  rows.forEach((own, node) => {
    if (own.length === 0) return;
    const differences = Float64Array.from(own, (row) => y[row] - raw[row]);
    const weighed = weights && Float64Array.from(own, (row) => weights[row]);
    tree.value[node] = step.of(differences, weighed);
  });
}
