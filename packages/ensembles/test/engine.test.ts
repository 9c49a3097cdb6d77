import { TaskPool } from '@steatosis/core';
import { describe, expect, it } from 'vitest';
import { EngineMemory } from '../src/engine/memory.js';
import { newSeats } from '../src/engine/seat.js';
import { soloTeam } from '../src/engine/team.js';
import { tasks } from './support/team.tasks.js';
import code from './support/team.worker.ts?worker-source';

describe('EngineMemory', () => {
  it('gives places that do not overlap and grows', () => {
    const engine = new EngineMemory();
    const first = engine.reserve(100);
    const second = engine.reserveZeroed(3 * 2 ** 20);
    expect(second % 64).toBe(0);
    expect(second).toBeGreaterThanOrEqual(first + 164);
    engine.f64[second / 8] = 1.5;
    expect(engine.f64At(second, 2)).toEqual(new Float64Array([1.5, 0]));
    expect(engine.memory.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(engine.size).toBeGreaterThan(3 * 2 ** 20);
  });

  it('forgets what was reserved', () => {
    const engine = new EngineMemory();
    const first = engine.reserve(8);
    engine.reserve(8);
    engine.clear();
    expect(engine.reserve(8)).toBe(first);
  });
});

describe('soloTeam', () => {
  it('runs a step with its numbers', () => {
    const seen: number[] = [];
    const team = soloTeam({
      add: (index, count, args) => seen.push(index, count, args[0] + args[1]),
    });
    team.run('add', 2, 3);
    team.dismiss();
    expect(seen).toEqual([0, 1, 5]);
  });
});

async function work(size: number, rounds: number, fail: boolean): Promise<number[]> {
  const pool = new TaskPool({ tasks, code, workers: size });
  try {
    const seats = newSeats(size);
    const led = pool.run('lead', { seat: seats[0], rounds, fail });
    const served = seats.slice(1).map((seat) => pool.run('serve', { seat }));
    const outcomes = await Promise.allSettled([...served, led]);
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
    return await led;
  } finally {
    pool.close();
  }
}

describe('a team on workers', () => {
  it.each([1, 2, 3, 5])('of %i does every step on every member, in turn', async (size) => {
    const notes = Array.from({ length: size }, (_, index) => 700 + 10 * index + size);
    const total = (300000 * 299999) / 2 + 1999 * 45;
    expect(await work(size, 2000, false)).toEqual([...notes, total]);
  });

  it.each([2, 3, 5])('of %i ends when a member fails, with what it says', async (size) => {
    await expect(work(size, 1, true)).rejects.toThrow('member 1 refuses');
  });
});
