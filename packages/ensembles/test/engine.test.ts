import { describe, expect, it } from 'vitest';
import { EngineMemory } from '../src/engine/memory.js';
import { soloTeam } from '../src/engine/team.js';

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
  });
});

describe('soloTeam', () => {
  it('runs a step with its numbers', () => {
    const seen: number[] = [];
    const team = soloTeam({
      add: (index, count, args) => seen.push(index, count, args[0]! + args[1]!),
    });
    team.run('add', 2, 3);
    expect(seen).toEqual([0, 1, 5]);
  });
});
