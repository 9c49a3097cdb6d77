import { afterEach, describe, expect, test } from 'vitest';
import {
  AbortedError,
  InvalidArgumentError,
  isSteatosisError,
  SteatosisError,
  TaskPool,
  throwIfAborted,
  type Progress,
} from '../src/index.js';
import { transferList } from '../src/tasks/transfer.js';
import { tasks } from './support/tasks.js';
import code from './support/tasks.worker.ts?worker-source';

const open: TaskPool<typeof tasks>[] = [];
const poolOf = (workers: number) => {
  const pool = new TaskPool({ tasks, code, workers });
  open.push(pool);
  return pool;
};
afterEach(() => {
  for (const pool of open.splice(0)) pool.close();
});

describe.each([0, 1, 2])('with %i workers', (workers) => {
  test('tasks give what the function gives, in the order of the inputs', async () => {
    const pool = poolOf(workers);
    expect(await pool.run('square', 12)).toBe(144);
    const inputs = Array.from({ length: 20 }, (_, i) => i);
    const seen: Progress[] = [];
    const results = await pool.map('square', inputs, { onProgress: (p) => seen.push(p) });
    expect(results).toEqual(inputs.map((x) => x * x));
    expect(seen.map((p) => p.done)).toEqual(inputs.map((i) => i + 1));
    expect(seen.at(-1)).toEqual({ done: 20, total: 20 });
  });

  test('typed arrays survive the way there and back', async () => {
    const values = Float64Array.from([1, 2, 3.5]);
    const result = await poolOf(workers).run('sum', { values });
    expect(result).toEqual({ total: 6.5, values });
    expect(values.length).toBe(3); // inputs are copied, not taken away
  });

  test('progress arrives', async () => {
    const seen: Progress[] = [];
    await poolOf(workers).run('count', 3, { onProgress: (p) => seen.push(p) });
    expect(seen).toEqual([1, 2, 3].map((done) => ({ done, total: 3, message: 'counting' })));
  });

  test('errors come back whole: class by code, facts, cause and stack', async () => {
    const error: unknown = await poolOf(workers)
      .run('refuse', 'this')
      .catch((e: unknown) => e);
    expect(isSteatosisError(error, 'INVALID_ARGUMENT')).toBe(true);
    expect(error).toBeInstanceOf(SteatosisError);
    expect(error).toMatchObject({
      name: 'InvalidArgumentError',
      argument: 'value',
      found: 'this',
      message: 'value is "this"; expected something else',
    });
    const { cause, stack } = error as Error;
    expect(cause).toMatchObject({ name: 'RangeError', message: 'the inner reason' });
    expect(stack).toContain('InvalidArgumentError');
  });

  test('an abort before the start and a first failure end a map', async () => {
    const pool = poolOf(workers);
    const stopped = pool.map('square', [1, 2], { signal: AbortSignal.abort('enough') });
    await expect(stopped).rejects.toMatchObject({ code: 'ABORTED', cause: 'enough' });
    await expect(pool.map('refuse', ['a', 'b', 'c'])).rejects.toMatchObject({ argument: 'value' });
    expect(await pool.run('square', 3)).toBe(9); // and the pool is still good
  });

  test('a closed pool says so', async () => {
    const pool = poolOf(workers);
    pool.close();
    await expect(pool.run('square', 2)).rejects.toThrow('pool is "closed"');
  });
});

describe('with workers', () => {
  test('thrown text is still an error', async () => {
    await expect(poolOf(1).run('throwText', undefined)).rejects.toThrow('not even an error');
  });

  test('an abort stops a task that never looks up, and the next task gets a fresh worker', async () => {
    const pool = poolOf(1);
    const stop = new AbortController();
    const endless = pool.run('forever', undefined, { signal: stop.signal });
    const waiting = pool.run('square', 5, { signal: stop.signal });
    const later = pool.run('square', 4);
    setTimeout(() => stop.abort(new Error('Ctrl-C')), 50);
    await expect(endless).rejects.toBeInstanceOf(AbortedError);
    await expect(waiting).rejects.toMatchObject({ code: 'ABORTED' });
    expect(await later).toBe(16);
  });

  test('a worker that dies rejects its task only', async () => {
    const pool = poolOf(1);
    const dying = pool.run('die', undefined);
    const next = pool.run('square', 6);
    await expect(dying).rejects.toThrow('exit status 3');
    expect(await next).toBe(36);
  });

  test('closing rejects what runs and what waits', async () => {
    const pool = poolOf(1);
    const running = pool.run('forever', undefined);
    const waiting = pool.run('square', 5);
    pool.close();
    await expect(running).rejects.toBeInstanceOf(AbortedError);
    await expect(waiting).rejects.toBeInstanceOf(AbortedError);
  });

  test('what cannot be cloned is refused without harm', async () => {
    const pool = poolOf(1);
    await expect(pool.run('square', (() => 1) as never)).rejects.toThrow();
    expect(await pool.run('square', 2)).toBe(4);
  });

  test('code that is no script rejects with its reason', async () => {
    const pool = new TaskPool({ tasks, code: 'this is no script', workers: 1 });
    await expect(pool.run('square', 1)).rejects.toThrow();
    pool.close();
  });

  test('an unknown task names itself', async () => {
    await expect(poolOf(1).run('nothing' as 'square', 1)).rejects.toThrow('"nothing"');
  });
});

test('impossible numbers of workers are refused', () => {
  for (const workers of [-1, 1.5, Number.NaN, 1000]) {
    expect(() => new TaskPool({ tasks, code, workers })).toThrow(InvalidArgumentError);
  }
});

test('transferList takes whole buffers only', () => {
  const whole = new Float32Array(4);
  const part = new Float32Array(new ArrayBuffer(64), 16, 4);
  expect(transferList({ a: [whole, whole], b: { part }, c: null, d: 'x' })).toEqual([whole.buffer]);
});

test('throwIfAborted', () => {
  expect(() => throwIfAborted(undefined)).not.toThrow();
  expect(() => throwIfAborted(new AbortController().signal)).not.toThrow();
  expect(() => throwIfAborted(AbortSignal.abort())).toThrow(AbortedError);
});

test('isSteatosisError tells our errors from others', () => {
  const ours = new InvalidArgumentError('x', new Float32Array(2), 'y');
  expect(ours.message).toBe('x is a Float32Array of 8 bytes; expected y');
  expect(isSteatosisError(ours)).toBe(true);
  expect(isSteatosisError(ours, 'ABORTED')).toBe(false);
  expect(isSteatosisError(Object.assign(new Error('no'), { code: 'ENOENT' }))).toBe(false);
  expect(isSteatosisError('text')).toBe(false);
  const long = new InvalidArgumentError('x', { text: 'a'.repeat(500) }, 'y');
  expect(long.message.length).toBeLessThan(160);
  expect(new InvalidArgumentError('x', Number.NaN, 'y').message).toBe('x is NaN; expected y');
});

test('a job that cannot be sent fails alone; those queued behind it still run', async () => {
  const pool = poolOf(1);
  const first = pool.run('square', 2);
  const unsendable = pool.run('square', (() => 1) as never).catch((e: unknown) => e);
  const last = pool.run('square', 3);
  expect(await unsendable).toBeInstanceOf(Error);
  expect(await Promise.all([first, last])).toEqual([4, 9]);
});

test('messages show values that refer to themselves, functions and long lists in short', () => {
  const round: Record<string, unknown> = { a: 1 };
  round['me'] = round;
  const show = (value: unknown): string => new InvalidArgumentError('x', value, 'other').message;
  expect(show(round)).toMatch(/^x is \{"a":1,"me":\{"a":1/);
  expect(show(() => round)).toBe('x is a function; expected other');
  expect(show([1n, null, undefined])).toBe('x is [1,null,undefined]; expected other');
  expect(show({ data: new Float32Array(2) })).toContain('a Float32Array of 8 bytes');
  expect(show(Array.from({ length: 1e6 }, () => 0)).length).toBeLessThan(200);
});
