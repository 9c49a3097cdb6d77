import { createRandom, InvalidArgumentError } from '@steatosis/core';

/** The values that each parameter may take. */
export type ParameterGrid = Readonly<Record<string, readonly unknown[]>>;

/** Values to draw from: a list (each alike), numbers between two ends, or whole numbers with both ends. */
export type Distribution =
  | readonly unknown[]
  | { uniform: readonly [low: number, high: number] }
  | { logUniform: readonly [low: number, high: number] }
  | { integer: readonly [low: number, high: number] };

/** What each parameter is drawn from. */
export type ParameterSpace = Readonly<Record<string, Distribution>>;

/** One set of parameters to try. */
export type Candidate = Record<string, unknown>;

/** A grid with more points than this is a mistake: it would not be tried in a lifetime. */
const MOST_POINTS = 1_000_000;

/**
 * Every combination of the values, parameters in alphabetical order and the last one changing fastest, as
 * scikit-learn's `ParameterGrid` has them.
 */
export function gridPoints(grid: ParameterGrid): Candidate[] {
  const names = Object.keys(grid).sort();
  let points = 1;
  for (const name of names) {
    checkList(name, grid[name]);
    points *= grid[name].length;
  }
  if (points > MOST_POINTS) {
    throw new InvalidArgumentError('grid', `${points} points`, `at most ${MOST_POINTS}`);
  }
  return Array.from({ length: points }, (_, point) => pointAt(names, grid, point));
}

/**
 * So many candidates. From lists alone no point is drawn twice, and where there are not more points than candidates
 * all are taken. What is drawn for a candidate depends on the seed and on its number only.
 */
export function drawCandidates(space: ParameterSpace, count: number, seed: number): Candidate[] {
  const names = Object.keys(space).sort();
  const random = createRandom(seed).split('candidates');
  for (const name of names) checkDistribution(name, space[name]);
  const lists = Object.values(space).every((values) => Array.isArray(values));
  if (!lists) {
    return Array.from({ length: count }, (_, i) => {
      const own = random.split(i);
      return Object.fromEntries(names.map((name) => [name, draw(space[name], own.split(name))]));
    });
  }
  const grid = space as ParameterGrid;
  const points = names.reduce((product, name) => product * grid[name].length, 1);
  if (points <= count) return gridPoints(grid);
  const drawn = new Map<string, Candidate>();
  while (drawn.size < count) {
    const choice = names.map((name) => random.integer(grid[name].length));
    const candidate = Object.fromEntries(names.map((name, i) => [name, grid[name][choice[i]]]));
    if (!drawn.has(choice.join())) drawn.set(choice.join(), candidate);
  }
  return [...drawn.values()];
}

function pointAt(names: readonly string[], grid: ParameterGrid, point: number): Candidate {
  const values: [string, unknown][] = [];
  let rest = point;
  for (const name of names.toReversed()) {
    const list = grid[name];
    values.unshift([name, list[rest % list.length]]);
    rest = Math.floor(rest / list.length);
  }
  return Object.fromEntries(values);
}

function draw(distribution: Distribution, random: ReturnType<typeof createRandom>): unknown {
  if ('uniform' in distribution) {
    const [low, high] = distribution.uniform;
    return low + random.uniform() * (high - low);
  }
  if ('logUniform' in distribution) {
    const [low, high] = distribution.logUniform.map(Math.log);
    // Rounding must not lead out of the range.
    const value = Math.exp(low + random.uniform() * (high - low));
    return Math.min(Math.max(value, distribution.logUniform[0]), distribution.logUniform[1]);
  }
  if ('integer' in distribution) {
    const [low, high] = distribution.integer;
    return low + random.integer(high - low + 1);
  }
  return distribution[random.integer(distribution.length)];
}

function checkList(name: string, values: unknown): void {
  if (!Array.isArray(values) || values.length === 0) {
    throw new InvalidArgumentError(name, values, 'an array of at least one value');
  }
}

function checkDistribution(name: string, distribution: Distribution): void {
  if (Array.isArray(distribution)) {
    checkList(name, distribution);
    return;
  }
  const [[kind, ends] = []] = Object.entries<unknown>(distribution ?? {});
  const [low, high] = Array.isArray(ends) && ends.length === 2 ? (ends as number[]) : [NaN, NaN];
  const isOrdered = Number.isFinite(low) && Number.isFinite(high) && low <= high;
  const isWhole =
    Number.isSafeInteger(low) && Number.isSafeInteger(high) && high - low < 4294967296;
  const isRight =
    isOrdered &&
    (kind === 'uniform' || (kind === 'logUniform' && low > 0) || (kind === 'integer' && isWhole));
  if (!isRight || Object.keys(distribution).length !== 1) {
    throw new InvalidArgumentError(
      name,
      distribution,
      'an array, { uniform: [low, high] }, { logUniform: [low > 0, high] } or { integer: [low, high] }',
    );
  }
}
