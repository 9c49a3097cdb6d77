import { UsageError } from '../../terminal/usage-error.js';

/** One part of several that a list is divided into. */
export interface Shard {
  /** From 1. */
  part: number;
  parts: number;
}

/** `2/8` → the second of eight. @throws UsageError */
export function parseShard(text: string): Shard {
  const [, part, parts] = (/^(\d+)\/(\d+)$/.exec(text) ?? []).map(Number);
  if (part === undefined || parts === undefined || part < 1 || part > parts) {
    throw new UsageError(`--shard is ${text}; expected i/n such as 1/4 … 4/4`, 'extract');
  }
  return { part, parts };
}

/** The run of items that belongs to a shard: all shards one after the other are the whole list. */
export function itemsOfShard<T>(items: readonly T[], { part, parts }: Shard): T[] {
  const border = (n: number) => Math.floor((n * items.length) / parts);
  return items.slice(border(part - 1), border(part));
}
