import { expect, test } from 'vitest';
import { auc, bootstrapIntervals } from '../src/index.js';
import { accelerationOf, leftOut } from '../src/resampling/jackknife.js';
import { observationsOf } from '../src/resampling/units.js';
import { unitsOfClasses } from '../src/roc/auc-bootstrap.js';
import { aucsLeavingOut } from '../src/roc/auc-jackknife.js';
import { aucOfResamples } from '../src/roc/auc-resamples.js';
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
    se: number;
    percentile_type7: number[];
    basic: number[];
    normal: number[];
    bca: { z0: number; acceleration: number; alpha: number[]; ci95: number[] };
  };
  auc_cluster_stratified: {
    cluster_indices: number[][];
    replicates: number[];
    percentile_type7: number[];
    se: number;
  };
}
const known = reference<Known>('bootstrap');
const { labels, scores } = known.auc_stratified;
const classes = Uint8Array.from(labels);
const values = Float64Array.from(scores);
const patients = rocTable().clustered;

test('replicates and intervals from given indices are the reference', () => {
  const table = known.auc_stratified;
  const statistic = aucOfResamples(classes, values);
  const found = table.indices.map((indices) => statistic(Uint32Array.from(indices)));
  expectAllClose(found, table.replicates, 'replicates');
  const units = unitsOfClasses(classes, undefined, true);
  expect(units.strata.map((stratum) => stratum.length)).toEqual([38, 12]);
  const acceleration = accelerationOf(aucsLeavingOut(classes, values, units));
  expectClose(acceleration, table.bca.acceleration, 'acceleration');
  // The table's own replicates: one that equals the estimate lies a rounding below it there, and counts so in z₀.
  const intervals = bootstrapIntervals(table.replicates, auc(labels, scores).auc, {
    acceleration,
    range: [0, 1],
  });
  expectClose(intervals.estimate, table.theta, 'AUC');
  expectClose(intervals.standardError, table.se, 'standard error');
  expectClose(intervals.biasCorrection, table.bca.z0, 'z0');
  expectAllClose(intervals.bcaShares!, table.bca.alpha, 'shares');
  expectAllClose(intervals.percentile, table.percentile_type7, 'percentile');
  expectAllClose(intervals.basic, table.basic, 'basic');
  expectAllClose(intervals.normal, table.normal, 'normal');
  expectAllClose(intervals.bca!, table.bca.ci95, 'BCa');
});

test('replicates from given clusters are the reference', () => {
  const table = known.auc_cluster_stratified;
  const { labels: of, scores_a, clusters } = patients[0];
  const units = unitsOfClasses(Uint8Array.from(of), numberedClusters(clusters, 'all'), true);
  const statistic = aucOfResamples(Uint8Array.from(of), Float64Array.from(scores_a));
  const found = table.cluster_indices.map((indices) =>
    statistic(observationsOf(units, Uint32Array.from(indices))),
  );
  expectAllClose(found, table.replicates, 'replicates');
  const { percentile, standardError } = bootstrapIntervals(found, patients[0].auc_a);
  expectAllClose(percentile, table.percentile_type7, 'percentile');
  expectClose(standardError, table.se, 'standard error');
});

test('the jackknife leaves out whole clusters', () => {
  const { labels: of, scores_a, clusters } = patients[1];
  const ties = Float64Array.from(scores_a, (score) => Math.round(8 * score));
  const units = unitsOfClasses(Uint8Array.from(of), numberedClusters(clusters, 'all'), true);
  const left = [...leftOut(aucOfResamples(Uint8Array.from(of), ties), units)];
  expect(left).toHaveLength(patients[1].parts_a.I);
  const fast = aucsLeavingOut(Uint8Array.from(of), ties, units);
  left.forEach((value, u) => expectClose(fast[u], value, `without ${u}`, 1e-12));
  expectClose(accelerationOf(fast), accelerationOf(left), 'acceleration', 1e-9);
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
