import { isSteatosisError } from '@steatosis/core';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { inOrder } from '../../src/batch/in-order.js';

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const none = { signal: undefined };

describe('inOrder', () => {
  it('keeps order and window for any durations, sources and consumers', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ work: fc.nat(4), source: fc.nat(3), consumer: fc.nat(3) }), {
          maxLength: 12,
        }),
        fc.integer({ min: 1, max: 5 }),
        async (items, window) => {
          let taken = 0;
          let running = 0;
          let given = 0;
          async function* source() {
            for (const [i, item] of items.entries()) {
              if (item.source > 0) await sleep(item.source);
              taken++;
              expect(taken - given).toBeLessThanOrEqual(window);
              yield { i, ...item };
            }
          }
          const work = async (item: { i: number; work: number }) => {
            running++;
            expect(running).toBeLessThanOrEqual(window);
            if (item.work > 0) await sleep(item.work);
            running--;
            return item.i;
          };
          const results: number[] = [];
          for await (const result of inOrder(source(), work, { ...none, window })) {
            given++;
            results.push(result);
            const wait = items[result].consumer;
            if (wait > 0) await sleep(wait);
          }
          expect(results).toEqual(items.map((_, i) => i));
        },
      ),
      { numRuns: 40 },
    );
  });

  it('takes nothing before a result is asked for, and nothing while nobody asks', async () => {
    const next = vi.fn(() => ({ done: false as const, value: 1 }));
    const source = { [Symbol.iterator]: () => ({ next }) };
    const results = inOrder(source, async (x) => x, { ...none, window: 2 });
    await sleep(5);
    expect(next).toHaveBeenCalledTimes(0);
    await results.next();
    const taken = next.mock.calls.length;
    expect(taken).toBeLessThanOrEqual(3);
    await sleep(5);
    expect(next).toHaveBeenCalledTimes(taken);
    await results.return();
  });

  it('gives a result that is ready while the source is still waiting', async () => {
    async function* source() {
      yield 1;
      await sleep(60_000);
      yield 2;
    }
    const results = inOrder(source(), async (x) => x * 10, { ...none, window: 3 });
    expect(await results.next()).toEqual({ done: false, value: 10 });
    await results.return();
  });

  it('ends the source when the consumer leaves early', async () => {
    const ended = vi.fn();
    function* source() {
      try {
        for (let i = 0; ; i++) yield i;
      } finally {
        ended();
      }
    }
    for await (const result of inOrder(source(), async (x) => x, { ...none, window: 2 })) {
      if (result === 3) break;
    }
    expect(ended).toHaveBeenCalledTimes(1);
  });

  it('gives the results of what came before when the source fails', async () => {
    function* source() {
      yield 1;
      yield 2;
      throw new RangeError('the list is broken');
    }
    const found: number[] = [];
    const all = (async () => {
      for await (const x of inOrder(source(), async (x) => x, { ...none, window: 5 }))
        found.push(x);
    })();
    await expect(all).rejects.toThrow('the list is broken');
    expect(found).toEqual([1, 2]);
  });

  it('is stopped by the signal, before and while it waits', async () => {
    const controller = new AbortController();
    const forever = () => new Promise<number>(() => undefined);
    const results = inOrder([1, 2], forever, { signal: controller.signal, window: 1 });
    const first = results.next();
    setTimeout(() => controller.abort('enough'), 5);
    const stopped = (error: unknown) => isSteatosisError(error, 'ABORTED');
    await expect(first).rejects.toSatisfy(stopped);
    const late = inOrder([1], forever, { signal: controller.signal, window: 1 });
    await expect(late.next()).rejects.toSatisfy(stopped);
  });
});
