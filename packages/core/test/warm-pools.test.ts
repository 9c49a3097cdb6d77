import { expect, test } from 'vitest';
import { AbortedError, InvalidArgumentError, WarmPools } from '../src/index.js';
import { tasks } from './support/tasks.js';
import code from './support/tasks.worker.ts?worker-source';

test('a pool is kept for each number of workers until it is discarded', async () => {
  const pools = new WarmPools({ tasks, code });
  const one = pools.of(1);
  expect(pools.of(1)).toBe(one);
  expect(pools.of(2)).not.toBe(one);
  expect(pools.of(2).size).toBe(2);
  expect(await one.run('square', 5)).toBe(25);
  const waiting = one.run('square', 6);
  pools.discard(1);
  await expect(waiting).rejects.toThrow(AbortedError);
  await expect(one.run('square', 7)).rejects.toThrow(InvalidArgumentError);
  expect(await pools.of(1).run('square', 8)).toBe(64);
  pools.discard(1);
  pools.discard(2);
  pools.discard(3);
});

test('an impossible number of workers is refused, and leaves nothing behind', () => {
  const pools = new WarmPools({ tasks, code });
  for (const workers of [-1, 1.5, 257]) {
    expect(() => pools.of(workers)).toThrow(InvalidArgumentError);
    expect(() => pools.of(workers)).toThrow('workers');
  }
});
