import type { Alternative } from '../alternative.js';
import { tailsOfCounts } from '../group-tests/counted-tails.js';
import type { PValue } from '../special/p-value.js';
import { type Choices, choicesFrom, numberOfChoices } from './choices.js';

/** What counting may take: a second or two and 270 MB. So many choices have at most 1e306 orders, a double still. */
const MOST_CHOICES = 2 ** 18;
const MOST_STEPS = 1e9;
const MOST_CELLS = 2 ** 25;

/**
 * P of concordant less discordant pairs over all orders of y beside x where values tie.
 *
 * Groups of equal x are filled one after another, each with so many of every level of y. What is concordant with a group depends only on how
 * many of each level were used before it, so that orders are counted by that choice and the score so far.
 *
 * @param groupsX sizes of the groups of equal values, upwards by value
 * @param groupsY likewise
 * @returns undefined where it would take too long
 * @internal
 */
export function tiedConcordanceP(
  groupsX: Uint32Array,
  groupsY: Uint32Array,
  score: number,
  alternative: Alternative,
): PValue | undefined {
  const [fewer, others] =
    choicesOf(groupsX) < choicesOf(groupsY) ? [groupsX, groupsY] : [groupsY, groupsX];
  if (choicesOf(fewer) > MOST_CHOICES) return undefined;
  const levels = Array.from(fewer, (size, value) => ({ value, size }));
  const choices = choicesFrom(levels);
  const reach = Math.min(untiedPairs(groupsX), untiedPairs(groupsY));
  const width = 2 * reach + 1;
  if (!isFeasible(choices, others, levels.length, width)) return undefined;

  const start = new Float64Array(width);
  start[reach] = 1;
  let counts = new Map<number, Float64Array>([[0, start]]);
  let used = 0;
  for (const size of others) {
    levels.forEach((level, j) => {
      const next = new Map<number, Float64Array>();
      for (const [choice, scores] of counts) {
        const { before, own, after } = splitAt(choice, levels, choices.strides, j);
        const filled = before + own + after - used;
        const most = Math.min(size - filled, level.size - own);
        // The last level fills what is left of the group.
        const least = j === levels.length - 1 ? size - filled : 0;
        for (let more = least; more <= most; more++) {
          // Of those before this level, `filled` belong to the group itself and tie with it.
          const move = more * (before - filled - after);
          const target = choice + more * choices.strides[j];
          const to = next.get(target) ?? new Float64Array(width);
          next.set(target, to);
          addMoved(to, scores, move, chooseFrom(filled + more, more));
        }
      }
      counts = next;
    });
    used += size;
  }
  return tailsOfCounts(counts.get(choices.count - 1)!, reach + score, reach, alternative);
}

function choicesOf(groups: Uint32Array): number {
  return numberOfChoices(Array.from(groups, (size) => ({ value: 0, size })));
}

function untiedPairs(groups: Uint32Array): number {
  let n = 0;
  let pairs = 0;
  for (const size of groups) {
    pairs += n * size;
    n += size;
  }
  return pairs;
}

function isFeasible(
  { sizes }: Choices,
  groups: Uint32Array,
  levels: number,
  width: number,
): boolean {
  const ofSize = new Float64Array(groups.reduce((sum, size) => sum + size, 0) + 1);
  for (const size of sizes) ofSize[size]++;
  let steps = 0;
  let cells = 0;
  let used = 0;
  for (const group of groups) {
    let choices = 0;
    for (let size = used; size <= used + group; size++) choices += ofSize[size];
    steps += choices * levels * (1 + group / 2) * width;
    cells = Math.max(cells, choices * width);
    used += group;
  }
  return steps <= MOST_STEPS && cells <= MOST_CELLS;
}

/** How many a choice takes of the levels before `j`, of it and after it. */
function splitAt(
  choice: number,
  levels: readonly { size: number }[],
  strides: readonly number[],
  j: number,
): { before: number; own: number; after: number } {
  const split = { before: 0, own: 0, after: 0 };
  levels.forEach(({ size }, i) => {
    const taken = Math.floor(choice / strides[i]) % (size + 1);
    split[i < j ? 'before' : i === j ? 'own' : 'after'] += taken;
  });
  return split;
}

function addMoved(to: Float64Array, from: Float64Array, move: number, times: number): void {
  const first = Math.max(0, -move);
  const end = Math.min(from.length, from.length - move);
  for (let i = first; i < end; i++) to[i + move] += times * from[i];
}

/** n over k. */
function chooseFrom(n: number, k: number): number {
  let product = 1;
  for (let i = 1; i <= k; i++) product = (product * (n - k + i)) / i;
  return product;
}
