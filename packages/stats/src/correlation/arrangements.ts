import { type Choices, choicesFrom, type Level, numberOfChoices } from './choices.js';
import { type OpenSums, openSums } from './open-sums.js';

/** What counting may take: two seconds and 270 MB. */
const MOST_CHOICES = 2 ** 21;
const MOST_STEPS = 6e8;
const MOST_CELLS = 2 ** 25;

/**
 * How many of the different orders in which `levels` can be written beside `values` have Σ value · level ≥ `threshold`.
 *
 * Orders whose first k entries are the same choice of levels go on alike. So they are counted by choice and by the sum so far, from
 * k to k + 1: 2ⁿ choices without ties, far fewer with them. Only those sums are kept from which the rest can still fall on either
 * side of the threshold; the others are settled at once (as Mehta and Patel 1983, JASA 78:427, do in tables).
 *
 * @param values whole numbers ≥ 0, upwards
 * @param levels upwards; their sizes add up to the number of values
 * @returns that number and the number of all orders; undefined where it would take too long
 * @internal
 */
export function countArrangements(
  values: readonly number[],
  levels: readonly Level[],
  threshold: number,
): { atLeast: number; all: number } | undefined {
  if (numberOfChoices(levels) > MOST_CHOICES) return undefined;
  const choices = choicesFrom(levels);
  const all = choices.orders[choices.count - 1];
  const open = openSums(values, levels, choices, threshold);
  if (!isFeasible(all, open)) return undefined;
  if (open.width[0] === 0) return { atLeast: open.least[0] > 0 ? 0 : all, all };
  const bySize = sortedBySize(choices, values.length);
  let counts = Float64Array.of(1);
  let atLeast = 0;
  for (let k = 0; k < values.length; k++) {
    const next = new Float64Array(open.cells[k + 1]);
    for (const choice of bySize[k]) {
      if (open.width[choice] === 0) continue;
      for (let j = 0; j < levels.length; j++) {
        const { value, size } = levels[j];
        const stride = choices.strides[j];
        if (Math.floor(choice / stride) % (size + 1) === size) continue;
        const after = choice + stride;
        const sure = carryOver(counts, next, open, choice, after, values[k] * value);
        atLeast += sure * choices.orders[choices.count - 1 - after];
      }
    }
    counts = next;
  }
  return { atLeast, all };
}

/**
 * Adds the counts of a choice's open sums to those of the choice after it, moved by `added`.
 *
 * @returns those that now reach the threshold surely
 */
function carryOver(
  counts: Float64Array,
  next: Float64Array,
  { least, width, offset }: OpenSums,
  choice: number,
  after: number,
  added: number,
): number {
  const shift = least[after] - least[choice] - added;
  const open = Math.min(width[choice], Math.max(0, shift));
  const sure = Math.min(width[choice], Math.max(0, shift + width[after]));
  const from = offset[choice];
  const to = offset[after] - shift;
  for (let i = open; i < sure; i++) next[to + i] += counts[from + i];
  let sum = 0;
  for (let i = sure; i < width[choice]; i++) sum += counts[from + i];
  return sum;
}

function isFeasible(all: number, { steps, cells }: OpenSums): boolean {
  return Number.isFinite(all) && steps <= MOST_STEPS && Math.max(...cells) <= MOST_CELLS;
}

function sortedBySize({ count, sizes }: Choices, largest: number): Uint32Array[] {
  const totals = new Uint32Array(largest + 1);
  for (let choice = 0; choice < count; choice++) totals[sizes[choice]]++;
  const bySize = Array.from(totals, (total) => new Uint32Array(total));
  totals.fill(0);
  for (let choice = 0; choice < count; choice++) {
    const size = sizes[choice];
    bySize[size][totals[size]++] = choice;
  }
  return bySize;
}
