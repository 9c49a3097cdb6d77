import type { Random } from '@steatosis/core';
import { InvalidDataError } from '../errors.js';
import { type GroupVector, numberLabels } from '../model-selection/groups.js';

/** Sets of blocks that may take each other's place; all blocks of a set have as many rows. */
export type Blocks = readonly (readonly Int32Array[])[];

/**
 * The rows of each group, groups of the same size together; without groups every row is a block.
 *
 * @throws InvalidDataError when a group is the only one of its size, so that nothing could take its place
 */
export function blocksOf(groups: GroupVector | undefined, rows: number): Blocks {
  if (groups === undefined) return [Array.from({ length: rows }, (_, row) => Int32Array.of(row))];
  const { labels, codes } = numberLabels('groups', groups, rows);
  const members = labels.map((): number[] => []);
  codes.forEach((group, row) => members[group].push(row));
  const bySize = new Map<number, Int32Array[]>();
  for (const block of members) {
    const others = bySize.get(block.length) ?? [];
    others.push(Int32Array.from(block));
    bySize.set(block.length, others);
  }
  for (const [size, blocks] of bySize) {
    if (blocks.length > 1) continue;
    const label = labels[codes[blocks[0][0]]];
    throw new InvalidDataError(
      'groups',
      `group ${label} is the only one with ${size} rows, so that no other can take its place; leave it out, ` +
        'or make the groups equally large.',
    );
  }
  return [...bySize.values()];
}

/** For each row the row whose value it gets. */
export function shuffled(blocks: Blocks, rows: number, random: Random): Int32Array {
  const from = new Int32Array(rows);
  blocks.forEach((set, size) => {
    const order = random.split(size).permutation(set.length);
    set.forEach((block, i) => {
      block.forEach((row, place) => (from[row] = set[order[i]][place]));
    });
  });
  return from;
}
