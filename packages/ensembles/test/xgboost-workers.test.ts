import { Worker } from 'node:worker_threads';
import { createRandom } from '@steatosis/core';
import { describe, expect, it, vi } from 'vitest';
import { type XGBParameters, XGBClassifier, XGBRegressor } from '../src/index.js';

const rows = 3001;
const columns = 11;
const random = createRandom(5);
const x = {
  data: Float32Array.from({ length: rows * columns }, (_, i) => {
    if (i % columns === 3) return random.integer(9);
    return random.uniform() < 0.05 ? Number.NaN : random.normal();
  }),
  rows,
  columns,
};
const score = (row: number) => {
  const at = row * columns;
  return (x.data[at] || 0) + (x.data[at + 1] || 0) * (x.data[at + 3] > 4 ? 1 : -1);
};
const outcome = Float32Array.from({ length: rows }, (_, row) => score(row) + random.normal());
const grade = Array.from(outcome, (value) => (value < -1 ? 0 : value < 1 ? 1 : 2));
const steatosis = grade.map((value) => Number(value > 0));
const sampleWeight = Array.from({ length: rows }, () => 0.5 + random.uniform());
const types = Array.from({ length: columns }, (_, i) => (i === 3 ? 'c' : 'q'));

const cases: Record<string, XGBParameters> = {
  'level by level': { maxDepth: 6 },
  'leaf by leaf': { growPolicy: 'lossguide', maxLeaves: 20, maxDepth: 0 },
  categories: { featureTypes: types, maxCatToOnehot: 3 },
  samples: { subsample: 0.6, colsampleBytree: 0.7, colsampleBynode: 0.5, seed: 9 },
};

describe('training on workers', () => {
  it.each(Object.keys(cases))('gives the same model for any number: %s', async (name) => {
    const parameters = { nEstimators: 8, ...cases[name] };
    const here = new XGBClassifier(parameters).fit(x, steatosis, { sampleWeight });
    for (const workers of [0, 1, 2, 3]) {
      const there = new XGBClassifier(parameters);
      expect(await there.fit(x, steatosis, { sampleWeight, workers })).toBe(there);
      expect(there.booster.save('json')).toBe(here.booster.save('json'));
    }
  });

  it('gives the same model of several classes, its history and its best round', async () => {
    const parameters = { nEstimators: 30, learningRate: 0.6, earlyStoppingRounds: 2 };
    const evalSet = [{ x, y: grade.map((value) => (value + 1) % 3), name: 'other' }];
    const here = new XGBClassifier(parameters).fit(x, grade, { evalSet });
    const there = await new XGBClassifier(parameters).fit(x, grade, { evalSet, workers: 2 });
    expect(there.booster.save('json')).toBe(here.booster.save('json'));
    expect(there.evaluationHistory).toEqual(here.evaluationHistory);
    expect(there.bestIteration).toBe(here.bestIteration);
    expect(there.evaluationHistory.other.mlogloss.length).toBeLessThan(30);
  });

  it('posts no shared memory on a page that is not cross-origin isolated', async () => {
    // Such pages can make a shared WebAssembly memory, and fail only when it is posted.
    const posted = vi.spyOn(Worker.prototype, 'postMessage');
    vi.stubGlobal('crossOriginIsolated', false);
    try {
      const there = new XGBClassifier({ nEstimators: 3 });
      await there.fit(x, steatosis, { workers: 3 });
      const here = new XGBClassifier({ nEstimators: 3 }).fit(x, steatosis);
      expect(there.booster.save('json')).toBe(here.booster.save('json'));
      expect(posted).toHaveBeenCalled();
      expect(posted.mock.calls.some(([message]) => holdsShared(message))).toBe(false);
    } finally {
      vi.unstubAllGlobals();
      posted.mockRestore();
    }
  });

  it.each(['reg:squarederror', 'reg:absoluteerror'] as const)('gives the same %s', async (name) => {
    const here = new XGBRegressor({ nEstimators: 5, objective: name }).fit(x, outcome);
    const there = new XGBRegressor({ nEstimators: 5, objective: name });
    await there.fit(x, outcome, { workers: 2 });
    expect(there.booster.save('json')).toBe(here.booster.save('json'));
  });

  it('trains two models at a time', async () => {
    const fits = [3, 4].map((maxDepth) =>
      new XGBClassifier({ nEstimators: 5, maxDepth }).fit(x, steatosis, { workers: 2 }),
    );
    const models = await Promise.all(fits);
    models.forEach((model, i) => {
      const here = new XGBClassifier({ nEstimators: 5, maxDepth: 3 + i }).fit(x, steatosis);
      expect(model.booster.save('json')).toBe(here.booster.save('json'));
    });
  });

  it('tells how far it is, stops when told to, and trains again afterwards', async () => {
    const stop = new AbortController();
    let done = 0;
    const fit = new XGBClassifier({ nEstimators: 5000 }).fit(x, steatosis, {
      workers: 2,
      signal: stop.signal,
      onProgress: (progress) => {
        done = progress.done;
        if (done === 3) stop.abort();
      },
    });
    await expect(fit).rejects.toThrow(expect.objectContaining({ code: 'ABORTED' }));
    expect(done).toBeLessThan(5000);
    const model = await new XGBClassifier({ nEstimators: 2 }).fit(x, steatosis, { workers: 2 });
    expect(model.booster.trees).toHaveLength(2);
  });

  it('says that functions cannot be sent', async () => {
    const objective = (margins: Float32Array) => ({
      gradient: margins.slice(),
      hessian: new Float32Array(margins.length).fill(1),
    });
    const model = new XGBRegressor({ nEstimators: 2, objective });
    await expect(model.fit(x, outcome, { workers: 2 })).rejects.toThrow(/cannot be sent/);
    await expect(model.fit(x, outcome, { workers: 0 })).resolves.toBe(model);
  });

  it('refuses impossible numbers of workers', async () => {
    const fit = new XGBClassifier().fit(x, steatosis, { workers: -1 });
    await expect(fit).rejects.toThrow(/workers/);
  });

  it('passes on what a worker cannot do', async () => {
    const wrong = { ...x, data: x.data.map((v, i) => (i % columns === 3 && i > 900 ? 0.5 : v)) };
    const model = new XGBClassifier({ featureTypes: types });
    await expect(model.fit(wrong, steatosis, { workers: 2 })).rejects.toThrow(
      expect.objectContaining({ code: 'INVALID_DATA' }),
    );
  });
});

function holdsShared(value: unknown): boolean {
  if (value instanceof WebAssembly.Memory || value instanceof SharedArrayBuffer) return true;
  if (ArrayBuffer.isView(value)) return value.buffer instanceof SharedArrayBuffer;
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsShared);
}
