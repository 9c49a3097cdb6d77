import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Checkpoint, writeWhole } from '../src/study/checkpoint.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'steatosis-'));
});
afterEach(async () => await rm(folder, { recursive: true, force: true }));

describe('Checkpoint', () => {
  const identity = { seed: 1, settings: { copies: 8 } };
  const piece = { id: 'sub-01', features: Float64Array.of(1, Number.NaN), segments: ['seg2'] };

  it('gives back what was saved, typed arrays and all', async () => {
    const first = await Checkpoint.open(join(folder, 'c'), identity);
    expect(first.state).toBe('new');
    await first.save('patient-sub-01', piece);
    const second = await Checkpoint.open(join(folder, 'c'), identity);
    expect(second.state).toBe('resumed');
    expect(await second.load('patient-sub-01')).toEqual(piece);
    expect(await second.load('patient-sub-02')).toBeUndefined();
  });

  it('throws the pieces of another key away and says so', async () => {
    const first = await Checkpoint.open(join(folder, 'c'), identity);
    await first.save('patient-sub-01', piece);
    const second = await Checkpoint.open(join(folder, 'c'), { ...identity, seed: 2 });
    expect(second.state).toBe('other-key');
    expect(await second.load('patient-sub-01')).toBeUndefined();
  });

  it('takes a piece that cannot be read for one that is not there', async () => {
    const checkpoint = await Checkpoint.open(folder, identity);
    await checkpoint.save('patient-sub-01', piece);
    const file = join(folder, 'patient-sub-01.piece');
    await writeFile(file, (await readFile(file)).subarray(0, 20));
    expect(await checkpoint.load('patient-sub-01')).toBeUndefined();
  });

  it('leaves nothing behind when it is removed', async () => {
    const checkpoint = await Checkpoint.open(join(folder, 'c'), identity);
    await checkpoint.save('x', 1);
    await checkpoint.remove();
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('writeWhole', () => {
  it('leaves the old file and no part of the new one when it fails', async () => {
    const target = join(folder, 'results.json');
    await writeWhole(target, 'old');
    await expect(writeWhole(join(folder, 'missing', 'x'), 'new')).rejects.toThrow();
    expect(await readdir(folder)).toEqual(['results.json']);
    expect(await readFile(target, 'utf8')).toBe('old');
  });
});
