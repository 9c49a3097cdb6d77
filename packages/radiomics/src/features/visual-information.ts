import type { NgtdmMeasures } from './ngtdm.js';

/** Up to so many levels every pair is looked at; above it the levels that are equally frequent go together. */
const FEW_LEVELS = 256;

/** Levels with the same share p of the voxels, ascending, as differences from the lowest of all. */
interface Group {
  p: number;
  levels: number[];
  /** p·s of each. */
  weights: number[];
}

/** Σ_ij |i − j|·(p_i·s_i + p_j·s_j)/(p_i + p_j). */
export function visualInformation(m: NgtdmMeasures): number {
  return m.levels.length <= FEW_LEVELS ? overPairs(m) : overGroups(groupsOf(m));
}

function overPairs({ levels, p, s }: NgtdmMeasures): number {
  let sum = 0;
  for (let i = 0; i < levels.length; i++) {
    for (let j = 0; j < i; j++) {
      sum += (Math.abs(levels[i] - levels[j]) * (p[i] * s[i] + p[j] * s[j])) / (p[i] + p[j]);
    }
  }
  return 2 * sum;
}

function groupsOf({ levels, p, s }: NgtdmMeasures): Group[] {
  const groups = new Map<number, Group>();
  const ascending = Array.from(levels.keys()).sort((i, j) => levels[i] - levels[j]);
  const lowest = levels[ascending[0]];
  for (const i of ascending) {
    let group = groups.get(p[i]);
    if (group === undefined) groups.set(p[i], (group = { p: p[i], levels: [], weights: [] }));
    group.levels.push(levels[i] - lowest);
    group.weights.push(p[i] * s[i]);
  }
  return [...groups.values()];
}

/** Of two groups the divisor is one number, and the sums of |i − j| need one walk over both. */
function overGroups(groups: readonly Group[]): number {
  let sum = 0;
  for (const a of groups) {
    for (const b of groups) sum += (2 * weightedDistances(a, b)) / (a.p + b.p);
  }
  return sum;
}

/** Σ over i of one group and j of another of w_i·|i − j|. */
function weightedDistances(a: Group, b: Group): number {
  let above = 0;
  for (const level of b.levels) above += level;
  let below = 0;
  let passed = 0;
  let sum = 0;
  for (let k = 0; k < a.levels.length; k++) {
    const level = a.levels[k];
    while (passed < b.levels.length && b.levels[passed] <= level) {
      below += b.levels[passed];
      above -= b.levels[passed++];
    }
    // All integers, so exact while they stay below 2⁵³.
    const distances = passed * level - below + above - (b.levels.length - passed) * level;
    sum += a.weights[k] * distances;
  }
  return sum;
}
