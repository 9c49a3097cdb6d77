import { expect, test } from 'vitest';
import { auc } from '../src/index.js';
import { intervalOfReplicates } from '../src/roc/auc-bootstrap.js';
import { jackknifeAcceleration } from '../src/roc/auc-jackknife.js';
import { aucOfUnits, resamplingPlan } from '../src/roc/auc-resamples.js';
import { numberedClusters } from '../src/roc/clusters.js';
import { expectAllClose, expectClose, reference } from './support/reference.js';
import { rocTable } from './support/roc.js';

interface Known {
  auc_stratified: {
    scores: number[];
    labels: number[];
    indices: number[][];
    replicates: number[];
    theta: number;
    percentile_type7: number[];
    basic: number[];
    normal: number[];
    bca: { acceleration: number; ci95: number[] };
  };
  auc_cluster_stratified: {
    cluster_indices: number[][];
    replicates: number[];
    percentile_type7: number[];
  };
}
const known = reference<Known>('bootstrap');
const { labels, scores } = known.auc_stratified;
const classes = Uint8Array.from(labels);
const values = Float64Array.from(scores);
const patients = rocTable().clustered;

test('replicates and intervals from given indices are the reference', () => {
  const table = known.auc_stratified;
  const plan = resamplingPlan(classes, values, undefined, true);
  const found = table.indices.map((indices) => aucOfUnits(plan, indices));
  expectAllClose(found, table.replicates, 'replicates');
  // The table's own replicates: one that equals the estimate lies a rounding below it there, and counts so in z₀.
  const sorted = Float64Array.from(table.replicates).sort();
  const acceleration = jackknifeAcceleration(plan, values);
  expectClose(acceleration, table.bca.acceleration, 'acceleration');
  for (const [kind, limits] of [
    ['percentile', table.percentile_type7],
    ['basic', table.basic],
    ['normal', table.normal],
    ['bca', table.bca.ci95],
  ] as const) {
    const interval = intervalOfReplicates(
      sorted,
      auc(labels, scores).auc,
      kind,
      0.95,
      acceleration,
    );
    expectAllClose(interval, limits, kind);
  }
});

test('replicates from given clusters are the reference', () => {
  const table = known.auc_cluster_stratified;
  const { labels: of, scores_a, clusters } = patients[0];
  const numbered = numberedClusters(clusters, 'all');
  const plan = resamplingPlan(Uint8Array.from(of), Float64Array.from(scores_a), numbered, true);
  const found = table.cluster_indices.map((indices) => aucOfUnits(plan, indices));
  expectAllClose(found, table.replicates, 'replicates');
  const interval = intervalOfReplicates(
    Float64Array.from(found).sort(),
    0.86,
    'percentile',
    0.95,
    0,
  );
  expectAllClose(interval, table.percentile_type7, 'percentile');
});

test('the jackknife leaves out whole clusters', () => {
  const { labels: of, scores_a, clusters } = patients[1];
  const ties = scores_a.map((score) => Math.round(8 * score));
  const numbered = numberedClusters(clusters, 'all');
  const plan = resamplingPlan(Uint8Array.from(of), Float64Array.from(ties), numbered, true);
  const left = Array.from({ length: numbered.count }, (_, cluster) => {
    const others = Array.from({ length: numbered.count }, (_unused, u) => u);
    return aucOfUnits(
      plan,
      others.filter((u) => u !== cluster),
    );
  });
  const mean = left.reduce((sum, value) => sum + value, 0) / left.length;
  const moment = (power: number) => left.reduce((sum, value) => sum + (mean - value) ** power, 0);
  const direct = moment(3) / (6 * moment(2) ** 1.5);
  expectClose(jackknifeAcceleration(plan, Float64Array.from(ties)), direct, 'acceleration', 1e-9);
});

test('intervals follow from the seed and come near to DeLong’s', () => {
  const delong = auc(labels, scores);
  for (const bootstrapInterval of ['percentile', 'basic', 'normal', 'bca'] as const) {
    const options = { interval: 'bootstrap', bootstrapInterval, seed: 7 } as const;
    const found = auc(labels, scores, options);
    expect(found).toEqual(auc(labels, scores, options));
    expect(found.interval).not.toEqual(auc(labels, scores, { ...options, seed: 8 }).interval);
    expect(found.reason).toBeUndefined();
    expect(Math.abs(found.standardError / delong.standardError - 1)).toBeLessThan(0.06);
    found.interval.forEach((limit, k) =>
      expect(Math.abs(limit - delong.interval[k])).toBeLessThan(0.06),
    );
  }
  const loose = auc(labels, scores, { interval: 'bootstrap', stratified: false });
  expect(Math.abs(loose.standardError / delong.standardError - 1)).toBeLessThan(0.15);
});

test.each(patients)('by cluster the spread of $name is near to Obuchowski’s', (patient) => {
  const { clusters } = patient;
  const { standardError } = auc(patient.labels, patient.scores_a, { clusters });
  const found = auc(patient.labels, patient.scores_a, { clusters, interval: 'bootstrap' });
  expect(found.clusters).toBe(patient.parts_a.I);
  expect(Math.abs(found.standardError / standardError - 1)).toBeLessThan(0.12);
});

test('resamples that say nothing say so', () => {
  const perfect = auc([0, 0, 1, 1], [1, 2, 3, 4], { interval: 'bootstrap' });
  expect(perfect).toMatchObject({ interval: [1, 1], reason: 'zero-variance' });
  const bca = { interval: 'bootstrap', bootstrapInterval: 'bca' } as const;
  const one = auc([0, 0, 1], [1, 3, 2], bca);
  expect(one).toMatchObject({ auc: 0.5, interval: [NaN, NaN], reason: 'too-few-observations' });
  expect(auc([1, 1], [1, 2], bca).reason).toBe('single-class');
});

test('callers who err are told', () => {
  const call = (options: object) => () => auc([0, 1], [1, 2], options);
  expect(call({ seed: 1 })).toThrow(/seed is 1; expected nothing/);
  expect(call({ stratified: true, interval: 'delong-logit' })).toThrow(/stratified/);
  expect(call({ interval: 'bootstrap', replicates: 1 })).toThrow(/replicates/);
  expect(call({ interval: 'bootstrap', seed: 0.5 })).toThrow(/seed/);
  expect(call({ interval: 'bootstrap', stratified: 1 })).toThrow(/stratified/);
  expect(call({ interval: 'bootstrap', bootstrapInterval: 't' })).toThrow(/bootstrapInterval/);
  expect(call({ interval: 'bootstrap', weights: [1, 1] })).toThrow(/with weights/);
});

test('clusters that seldom come together leave too few resamples', () => {
  const options = { interval: 'bootstrap', clusters: ['a', 'a', 'b', 'b'], replicates: 2 } as const;
  const found = auc([0, 0, 1, 1], [1, 2, 3, 1.5], options);
  expect(found).toMatchObject({ interval: [NaN, NaN], reason: 'too-few-observations' });
});
