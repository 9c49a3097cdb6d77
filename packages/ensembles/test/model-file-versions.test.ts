import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Booster, ModelFormatError } from '../src/index.js';
import { folder, maxDifference, readGzip, readJson, readTable } from './support/fixtures.js';

interface Expected {
  dataset: string;
  margin: number[];
  prediction: number[];
}

const files = readdirSync(new URL('xgboost-files/', folder)).map((name) =>
  name.replace(/\.gz$/, ''),
);
const models = files.filter(
  (name) => /\.(json|ubj)$/.test(name) && !name.endsWith('.expected.json'),
);

describe.each(models.filter((name) => !name.startsWith('refused-')))(
  'the model file %s',
  (name) => {
    const file = readGzip(`xgboost-files/${name}.gz`);
    const stem = name.slice(0, name.lastIndexOf('.'));
    const expected = readJson(`xgboost-files/${stem}.expected.json.gz`) as Expected;
    const { data, columns } = readTable(expected.dataset).x;
    const x = { data: data.subarray(0, 40 * columns), rows: 40, columns };
    const booster = Booster.load(file);

    it('predicts what the version that wrote it predicted', () => {
      // Version 1.0 added the base score after the trees, all others before them.
      const rounding = stem.endsWith('-1.0') ? 1e-6 : 0;
      const margins = expected.margin.map(Math.fround);
      expect(maxDifference(booster.predictMargin(x), margins)).toBeLessThanOrEqual(rounding);
      const predictions = expected.prediction.map(Math.fround);
      expect(relative(booster.predict(x), predictions)).toBeLessThanOrEqual(rounding || 2e-7);
    });

    it('is the same model after it was written in either format', () => {
      expect(Booster.load(booster.save('json'))).toEqual(booster);
      expect(Booster.load(booster.save('ubj'))).toEqual(booster);
    });
  },
);

it('keeps names, types and attributes of any characters', () => {
  for (const name of ['names-3.2.json', 'names-3.2.ubj']) {
    const booster = Booster.load(readGzip(`xgboost-files/${name}.gz`));
    expect(booster.featureNames).toEqual(['Länge', 'größe "2"', 'a\\b', '日本']);
    expect(booster.featureTypes).toEqual(['float', 'q', 'int', 'float']);
    expect(booster.attributes).toEqual({ best_iteration: '1', note: 'ü "quoted" \n line' });
    expect(Buffer.from(booster.save(name.endsWith('ubj') ? 'ubj' : 'json') as string)).toEqual(
      Buffer.from(readGzip(`xgboost-files/${name}.gz`)),
    );
  }
});

it('knows the rounds of a boosted forest', () => {
  for (const version of ['1.0', '1.3', '1.7', '2.0', '3.2']) {
    const booster = Booster.load(readGzip(`xgboost-files/class_forest-${version}.json.gz`));
    expect(Array.from(booster.iterationStarts), version).toEqual([0, 6, 12]);
    expect(booster.save('json')).toContain('"num_parallel_tree":"2"');
  }
});

it('keeps nodes that pruning has removed, so that leaves keep their numbers', () => {
  const file = new TextDecoder().decode(readGzip('xgboost-files/pruned-3.2.json.gz'));
  expect(file).toMatch(/"num_deleted":"[1-9]/);
  expect(Booster.load(file).save('json')).toBe(file);
});

it.each([
  ['dart', 'learner.gradient_booster.name', /gbtree is expected/],
  ['gblinear', 'learner.gradient_booster.name', /gbtree is expected/],
  ['leaf-vectors', 'learner.learner_model_param.num_target', /one model per target/],
  ['targets', 'learner.learner_model_param.num_target', /one model per target/],
  ['ranking', 'learner.objective.name', /"rank:ndcg" is not supported/],
  ['data-frame', 'learner.gradient_booster.model.cats.enc', /train it on their integer codes/],
])('refuses a model of the kind %s by its name', (kind, path, message) => {
  const file = readGzip(`xgboost-files/refused-${kind}.json.gz`);
  expect(() => Booster.load(file)).toThrow(message);
  expect(() => Booster.load(file)).toThrow(expect.objectContaining({ path }));
  expect(() => Booster.load(file)).toThrow(ModelFormatError);
});

function relative(found: ArrayLike<number>, wanted: readonly number[]): number {
  return Math.max(
    ...wanted.map((value, at) => Math.abs(found[at] - value) / Math.max(1, Math.abs(value))),
  );
}
