import type { Vector3 } from '@steatosis/core';
import { tridiagonalEigenvalues, tridiagonalise } from '../../src/kernels/symmetric-eigenvalues.js';
import { Workspace } from '../../src/kernels/workspace.js';

/** Texture features as their formulas are written, over maps of what occurs: slow, for any gray levels. */
export interface LevelImage {
  /** Gray levels, 0 outside the region, x fastest. */
  levels: readonly number[];
  size: Vector3;
}

/** A cell of a matrix: row, column, count. */
type Cell = [number, number, number];

const HALF: Vector3[] = [];
for (const z of [0, 1]) {
  for (const y of [-1, 0, 1]) {
    for (const x of [-1, 0, 1]) {
      if (z > 0 || y > 0 || (y === 0 && x > 0)) HALF.push([x, y, z]);
    }
  }
}

function at({ levels, size }: LevelImage, x: number, y: number, z: number): number {
  if (x < 0 || y < 0 || z < 0 || x >= size[0] || y >= size[1] || z >= size[2]) return 0;
  return levels[x + size[0] * (y + size[1] * z)];
}

function forEachVoxel(
  image: LevelImage,
  visit: (level: number, x: number, y: number, z: number) => void,
): void {
  for (let z = 0; z < image.size[2]; z++) {
    for (let y = 0; y < image.size[1]; y++) {
      for (let x = 0; x < image.size[0]; x++) {
        const level = at(image, x, y, z);
        if (level > 0) visit(level, x, y, z);
      }
    }
  }
}

class Counts {
  readonly #counts = new Map<string, Cell>();

  add(row: number, column: number, count = 1): void {
    const key = `${row} ${column}`;
    const cell = this.#counts.get(key);
    if (cell === undefined) this.#counts.set(key, [row, column, count]);
    else cell[2] += count;
  }

  get cells(): Cell[] {
    return [...this.#counts.values()];
  }
}

const plogp = (p: number): number => (p > 0 ? p * Math.log2(p) : 0);
const sumOver = <T>(items: Iterable<T>, term: (item: T) => number): number => {
  let sum = 0;
  for (const item of items) sum += term(item);
  return sum;
};

function marginal(cells: Cell[], value: (cell: Cell) => number): Map<number, number> {
  const sums = new Map<number, number>();
  for (const cell of cells) sums.set(value(cell), (sums.get(value(cell)) ?? 0) + cell[2]);
  return sums;
}

/** Of one direction, from cells whose third number is a probability. */
function cooccurrenceFeatures(cells: Cell[], ng: number): Record<string, number> {
  const px = marginal(cells, ([i]) => i);
  const py = marginal(cells, ([, j]) => j);
  const sums = marginal(cells, ([i, j]) => i + j);
  const differences = marginal(cells, ([i, j]) => Math.abs(i - j));
  const mean = (p: Map<number, number>) => sumOver(p, ([v, q]) => v * q);
  const entropy = (p: Map<number, number>) => -sumOver(p, ([, q]) => plogp(q));
  const [ux, uy] = [mean(px), mean(py)];
  const variance = (p: Map<number, number>, u: number) => sumOver(p, ([v, q]) => q * (v - u) ** 2);
  const deviations = Math.sqrt(variance(px, ux) * variance(py, uy));
  const over = (term: (i: number, j: number) => number) =>
    sumOver(cells, ([i, j, p]) => p * term(i, j));
  const hxy = -sumOver(cells, ([, , p]) => plogp(p));
  const [hx, hy] = [entropy(px), entropy(py)];
  const difference = (term: (k: number) => number) => over((i, j) => term(Math.abs(i - j)));
  const average = difference((k) => k);
  const information = Math.max(0, hx + hy - hxy);
  return {
    Autocorrelation: over((i, j) => i * j),
    ClusterProminence: over((i, j) => (i + j - ux - uy) ** 4),
    ClusterShade: over((i, j) => (i + j - ux - uy) ** 3),
    ClusterTendency: over((i, j) => (i + j - ux - uy) ** 2),
    Contrast: over((i, j) => (i - j) ** 2),
    Correlation: deviations === 0 ? 1 : over((i, j) => (i - ux) * (j - uy)) / deviations,
    DifferenceAverage: average,
    DifferenceEntropy: entropy(differences),
    DifferenceVariance: difference((k) => (k - average) ** 2),
    Id: difference((k) => 1 / (1 + k)),
    Idm: difference((k) => 1 / (1 + k * k)),
    Idmn: difference((k) => 1 / (1 + (k / ng) ** 2)),
    Idn: difference((k) => 1 / (1 + k / ng)),
    Imc1: Math.max(hx, hy) === 0 ? 0 : (hxy - hx - hy) / Math.max(hx, hy),
    Imc2: Math.sqrt(1 - Math.exp(-2 * information)),
    InverseVariance: difference((k) => (k === 0 ? 0 : 1 / (k * k))),
    JointAverage: ux,
    JointEnergy: sumOver(cells, ([, , p]) => p * p),
    JointEntropy: hxy,
    MCC: secondSingularValue(cells, px, py),
    MaximumProbability: Math.max(...cells.map(([, , p]) => p)),
    SumAverage: mean(sums),
    SumEntropy: entropy(sums),
    SumSquares: variance(px, ux),
  };
}

function secondSingularValue(
  cells: Cell[],
  px: Map<number, number>,
  py: Map<number, number>,
): number {
  const rows = [...px.keys()];
  const n = rows.length;
  const byColumn = new Map<number, Cell[]>();
  for (const cell of cells) byColumn.set(cell[1], [...(byColumn.get(cell[1]) ?? []), cell]);
  const product = new Float64Array(n * n);
  const indexOf = new Map(rows.map((level, k) => [level, k]));
  for (const [j, column] of byColumn) {
    for (const [a, , p] of column) {
      for (const [b, , q] of column) {
        product[indexOf.get(a)! * n + indexOf.get(b)!] +=
          (p * q) / (py.get(j)! * Math.sqrt(px.get(a)! * px.get(b)!));
      }
    }
  }
  const d = new Float64Array(n);
  const e = new Float64Array(n);
  tridiagonalise(product, n, d, e, new Workspace());
  tridiagonalEigenvalues(d, e, n);
  return n === 1 ? 0 : Math.sqrt(Math.max(0, d.sort()[n - 2]));
}

/** The 24 co-occurrence features, mean over the directions with pairs, or of all pairs at once. */
export function glcmByDefinition(
  image: LevelImage,
  symmetric: boolean,
  merged: boolean,
): Record<string, number> {
  const ng = Math.max(...image.levels);
  const found: Record<string, number>[] = [];
  const all = new Counts();
  for (const [dx, dy, dz] of HALF) {
    const counts = merged ? all : new Counts();
    forEachVoxel(image, (level, x, y, z) => {
      const other = at(image, x + dx, y + dy, z + dz);
      if (other === 0) return;
      counts.add(level, other);
      if (symmetric) counts.add(other, level);
    });
    if (!merged) found.push(...featuresOf(counts, ng));
  }
  if (merged) found.push(...featuresOf(all, ng));
  return meanOf(found);
}

function featuresOf(counts: Counts, ng: number): Record<string, number>[] {
  const { cells } = counts;
  const total = sumOver(cells, ([, , n]) => n);
  if (total === 0) return [];
  return [
    cooccurrenceFeatures(
      cells.map(([i, j, n]) => [i, j, n / total]),
      ng,
    ),
  ];
}

function meanOf(rows: Record<string, number>[]): Record<string, number> {
  return Object.fromEntries(
    Object.keys(rows[0] ?? {}).map((name) => [name, sumOver(rows, (r) => r[name]) / rows.length]),
  );
}

/** What run-length, zone and dependence features have in common, by short names. */
function levelSizeFeatures(cells: Cell[]): Record<string, number> {
  const total = sumOver(cells, ([, , n]) => n);
  const over = (term: (i: number, j: number) => number) =>
    sumOver(cells, ([i, j, n]) => n * term(i, j)) / total;
  const squares = (value: (cell: Cell) => number) =>
    sumOver(marginal(cells, value), ([, n]) => n * n) / total;
  const [ui, uj] = [over((i) => i), over((_, j) => j)];
  return {
    entropy: -sumOver(cells, ([, , n]) => plogp(n / total)),
    sizeNonUniformity: squares(([, j]) => j),
    levelNonUniformity: squares(([i]) => i),
    sizeVariance: over((_, j) => (j - uj) ** 2),
    levelVariance: over((i) => (i - ui) ** 2),
    small: over((_, j) => 1 / (j * j)),
    large: over((_, j) => j * j),
    low: over((i) => 1 / (i * i)),
    high: over((i) => i * i),
    smallLow: over((i, j) => 1 / (i * j) ** 2),
    smallHigh: over((i, j) => (i / j) ** 2),
    largeLow: over((i, j) => (j / i) ** 2),
    largeHigh: over((i, j) => (i * j) ** 2),
  };
}

/** Mean over the directions, of which each must have a line with two voxels; or of all runs at once. */
export function runsByDefinition(image: LevelImage, merged: boolean): Record<string, number> {
  const all = new Counts();
  const found: Record<string, number>[] = [];
  for (const [dx, dy, dz] of HALF) {
    const counts = merged ? all : new Counts();
    forEachVoxel(image, (level, x, y, z) => {
      if (at(image, x - dx, y - dy, z - dz) === level) return;
      let length = 1;
      while (at(image, x + length * dx, y + length * dy, z + length * dz) === level) length++;
      counts.add(level, length);
    });
    if (!merged) found.push(levelSizeFeatures(counts.cells));
  }
  return merged ? levelSizeFeatures(all.cells) : meanOf(found);
}

export function zonesByDefinition(image: LevelImage): Record<string, number> {
  const counts = new Counts();
  const seen = new Set<string>();
  forEachVoxel(image, (level, x, y, z) => {
    const pending: Vector3[] = [[x, y, z]];
    let size = 0;
    for (let voxel = pending.pop(); voxel !== undefined; voxel = pending.pop()) {
      const [vx, vy, vz] = voxel;
      if (seen.has(voxel.join()) || at(image, vx, vy, vz) !== level) continue;
      seen.add(voxel.join());
      size++;
      for (const [dx, dy, dz] of HALF) {
        pending.push([vx + dx, vy + dy, vz + dz], [vx - dx, vy - dy, vz - dz]);
      }
    }
    if (size > 0) counts.add(level, size);
  });
  return levelSizeFeatures(counts.cells);
}

export function dependencesByDefinition(
  image: LevelImage,
  tolerance: number,
): Record<string, number> {
  const counts = new Counts();
  forEachVoxel(image, (level, x, y, z) => {
    const like = (other: number) => (other > 0 && Math.abs(other - level) <= tolerance ? 1 : 0);
    const dependent = sumOver(
      HALF,
      ([dx, dy, dz]) =>
        like(at(image, x + dx, y + dy, z + dz)) + like(at(image, x - dx, y - dy, z - dz)),
    );
    counts.add(level, dependent + 1);
  });
  return levelSizeFeatures(counts.cells);
}

export function tonesByDefinition(image: LevelImage): Record<string, number> {
  const n = new Map<number, number>();
  const s = new Map<number, number>();
  let voxels = 0;
  forEachVoxel(image, (level, x, y, z) => {
    voxels++;
    const around = HALF.flatMap(([dx, dy, dz]) => [
      at(image, x + dx, y + dy, z + dz),
      at(image, x - dx, y - dy, z - dz),
    ]).filter((other) => other > 0);
    n.set(level, (n.get(level) ?? 0) + 1);
    const mean = sumOver(around, (other) => other) / around.length;
    s.set(level, (s.get(level) ?? 0) + (around.length > 0 ? Math.abs(level - mean) : 0));
  });
  const levels = [...n.keys()];
  const p = new Map(levels.map((level) => [level, n.get(level)! / voxels]));
  const pairs = (term: (i: number, j: number) => number) =>
    sumOver(levels, (i) => sumOver(levels, (j) => term(i, j)));
  const weighted = sumOver(levels, (i) => p.get(i)! * s.get(i)!);
  const total = sumOver(levels, (i) => s.get(i)!);
  return {
    Busyness: weighted / pairs((i, j) => Math.abs(i * p.get(i)! - j * p.get(j)!)),
    Coarseness: 1 / weighted,
    Complexity:
      pairs(
        (i, j) =>
          (Math.abs(i - j) * (p.get(i)! * s.get(i)! + p.get(j)! * s.get(j)!)) /
          (p.get(i)! + p.get(j)!),
      ) / voxels,
    Contrast:
      (pairs((i, j) => p.get(i)! * p.get(j)! * (i - j) ** 2) * total) /
      voxels /
      (levels.length * (levels.length - 1)),
    Strength: pairs((i, j) => (p.get(i)! + p.get(j)!) * (i - j) ** 2) / total,
  };
}
