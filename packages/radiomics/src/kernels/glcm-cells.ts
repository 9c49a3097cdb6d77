import type { Vector3 } from '@steatosis/core';
import type { LevelGrid } from '../discretise/gray-levels.js';
import type { TextureArena } from './arena.js';
import { visitPairTables } from './glcm-counts.js';
import { PairHash } from './pair-hash.js';

/** Bytes of a cell in a list: row, column and value. */
export const CELL_BYTES = 16;
/** A table of all pairs may have this many cells, whatever the size of the region. */
const SMALL_TABLE = 1 << 10;
/** Otherwise it may have this many for each voxel; with more, those of the pairs that occur take less. */
const CELLS_PER_VOXEL = 4;
/** And no more than this. */
const MOST_CELLS = 1 << 24;

/** Where in the arena the cells of a co-occurrence matrix that are not empty are listed. */
export interface CellList {
  readonly address: number;
  readonly end: number;
}

export interface CooccurrenceOptions {
  /** Add the transpose, so that (i, j) and (j, i) count alike; cells with row ≤ column are listed. */
  symmetric: boolean;
  /** Weight of each direction; where given, the directions are added up to one matrix. */
  weights?: readonly number[] | undefined;
}

interface CellKernels {
  listCounts(table: number, n: number, symmetric: boolean, list: number): number;
  listWeights(table: number, n: number, symmetric: boolean, list: number): number;
  addWeighted(counts: number, cells: number, weight: number, sums: number): void;
}

/**
 * Visit the co-occurrence matrices over the levels that are present: one per direction, or one in all
 * where the directions are weighted.
 *
 * @param visit receives a list that is valid during the call; the sum of weighted directions counts as the first
 */
export function visitCooccurrences(
  grid: LevelGrid,
  directions: readonly Vector3[],
  options: CooccurrenceOptions,
  visit: (cells: CellList, direction: number) => void,
): void {
  const n = grid.grayLevels.length;
  const dense = Math.min(MOST_CELLS, Math.max(SMALL_TABLE, CELLS_PER_VOXEL * grid.count));
  const { arena } = grid;
  const mark = arena.mark();
  if (n * n > dense) visitSparse(grid, directions, options, visit);
  else if (options.weights === undefined) visitEach(grid, directions, options.symmetric, visit);
  else visitSum(grid, directions, options.symmetric, options.weights, visit);
  arena.release(mark);
}

function visitEach(
  grid: LevelGrid,
  directions: readonly Vector3[],
  symmetric: boolean,
  visit: (cells: CellList, direction: number) => void,
): void {
  const n = grid.grayLevels.length;
  const { arena } = grid;
  const kernels = arena.exports as unknown as CellKernels;
  const address = reserveCells(arena, n, symmetric);
  visitPairTables(grid, directions, (table, direction) => {
    visit({ address, end: kernels.listCounts(table, n, symmetric, address) }, direction);
  });
}

function visitSum(
  grid: LevelGrid,
  directions: readonly Vector3[],
  symmetric: boolean,
  weights: readonly number[],
  visit: (cells: CellList, direction: number) => void,
): void {
  if (directions.length === 0) return;
  const n = grid.grayLevels.length;
  const size = (n + 1) ** 2;
  const { arena } = grid;
  const kernels = arena.exports as unknown as CellKernels;
  const sums = arena.reserveZeroed(8 * size);
  visitPairTables(grid, directions, (table, direction) => {
    kernels.addWeighted(table, size, weights[direction], sums);
  });
  const address = reserveCells(arena, n, symmetric);
  visit({ address, end: kernels.listWeights(sums, n, symmetric, address) }, 0);
}

function reserveCells(arena: TextureArena, n: number, symmetric: boolean): number {
  return arena.reserve(CELL_BYTES * (symmetric ? (n * (n + 1)) / 2 : n * n));
}

function visitSparse(
  grid: LevelGrid,
  directions: readonly Vector3[],
  { symmetric, weights }: CooccurrenceOptions,
  visit: (cells: CellList, direction: number) => void,
): void {
  const { arena } = grid;
  if (weights !== undefined) {
    if (directions.length === 0) return;
    const hash = new PairHash(grid, symmetric);
    directions.forEach((direction, d) => hash.add(direction, weights[d]));
    visit(hash.list(), 0);
    return;
  }
  let pairs = 0;
  directions.forEach((direction, d) => {
    const mark = arena.mark();
    // Directions have about the same number of pairs.
    const hash = new PairHash(grid, symmetric, pairs);
    hash.add(direction, 1);
    pairs = hash.size;
    visit(hash.list(), d);
    arena.release(mark);
  });
}

/**
 * List the cells of a matrix, n×n, row-major. Of a symmetric one, only the cells with row ≤ column.
 *
 * @returns the list, which stays until the arena is released
 */
export function listMatrix(
  arena: TextureArena,
  matrix: Float64Array,
  n: number,
  symmetric: boolean,
): CellList {
  let count = 0;
  for (const value of matrix) if (value !== 0) count++;
  const address = arena.reserve(CELL_BYTES * count);
  const { words, doubles } = arena;
  let end = address;
  for (let i = 0; i < n; i++) {
    for (let j = symmetric ? i : 0; j < n; j++) {
      const value = matrix[i * n + j];
      if (value === 0) continue;
      words[end >> 2] = i;
      words[(end >> 2) + 1] = j;
      doubles[(end >> 3) + 1] = value;
      end += CELL_BYTES;
    }
  }
  return { address, end };
}
