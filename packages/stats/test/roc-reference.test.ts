import { expect, test } from 'vitest';
import {
  auc,
  averagePrecision,
  closestToCorner,
  hanleyMcNeil,
  multiclassAuc,
  operatingPoint,
  partialAuc,
  precisionRecallCurve,
  rocCurve,
  youdenThreshold,
} from '../src/index.js';
import { placements } from '../src/roc/placements.js';
import { expectAllClose, expectClose } from './support/reference.js';
import { procTable, rocTable } from './support/roc.js';

const { cases, multiclass } = rocTable();
const unweighted = cases.filter(({ weights }) => weights === undefined);
const proc = procTable().roc;

test.each(cases)('precision, recall and their average of $name are scikit-learn’s', (known) => {
  const weights = known.weights === undefined ? {} : { weights: known.weights };
  const curve = precisionRecallCurve(known.labels, known.scores, weights);
  expectAllClose(curve.precision, known.precision_recall.precision, 'precision');
  expectAllClose(curve.recall, known.precision_recall.recall, 'recall');
  expect([...curve.thresholds]).toEqual(known.precision_recall.thresholds);
  const found = averagePrecision(known.labels, known.scores, weights);
  expectClose(found.averagePrecision, known.average_precision, 'AP');
  const [low, high] = found.interval;
  if (known.weights !== undefined) expect(found.reason).toBe('weighted-input');
  else if (found.averagePrecision === 1) expect(found.reason).toBe('boundary-estimate');
  else {
    expect(found.reason).toBeUndefined();
    expect(low).toBeLessThan(found.averagePrecision);
    expect(high).toBeGreaterThan(found.averagePrecision);
  }
});

test.each(cases.filter(({ weights }) => weights))(
  'the weighted AUC of $name is scikit-learn’s',
  (known) => {
    const found = auc(known.labels, known.scores, { weights: known.weights! });
    expectClose(found.auc, known.auc, 'AUC');
    expect(found.n).toBe(known.weights!.filter((weight) => weight > 0).length);
    expect(found.variance).toBeGreaterThan(0);
  },
);

test.each(unweighted)('partial areas of $name are those of scikit-learn and pROC', (known) => {
  const { labels, scores, name } = known;
  for (const [maxFpr, standardised] of Object.entries(known.partial_auc_mcclish_max_fpr!)) {
    const found = partialAuc(labels, scores, { maxFpr: Number(maxFpr) });
    expectClose(found.standardised, standardised, `up to ${maxFpr}`);
  }
  const r = proc[name];
  const specific = partialAuc(labels, scores, { maxFpr: 0.1 });
  expectClose(specific.partialAuc, r['pauc_spec_1_0.9'], 'specificity 0.9 to 1');
  const corrected = r['pauc_spec_1_0.9_corrected'];
  // pROC has no corrected area below that of chance.
  if (corrected === 'NA') expect(specific.standardised).toBeLessThan(0.5);
  else expectClose(specific.standardised, corrected, 'corrected');
  const sensitive = partialAuc(labels, scores, { minTpr: 0.8 });
  expectClose(sensitive.partialAuc, r['pauc_sens_1_0.8'], 'sensitivity 0.8 to 1');
  const whole = partialAuc(labels, scores, { maxFpr: 1 });
  expectClose(whole.partialAuc, known.auc, 'whole');
  expectClose(partialAuc(labels, scores, { minTpr: 0 }).partialAuc, known.auc, 'whole');
  const rest = partialAuc(labels, scores, { minFpr: 0.1, maxFpr: 1 });
  expectClose(specific.partialAuc + rest.partialAuc, known.auc, 'two parts', 1e-12);
});

test.each(unweighted)('curves of $name have as many points as pROC’s', (known) => {
  const { thresholds } = rocCurve(known.labels, known.scores, { dropIntermediate: false });
  expect(thresholds).toHaveLength(proc[known.name].n_thresholds);
});

test.each(unweighted)('the DeLong interval of $name is pROC’s', ({ labels, scores, name }) => {
  const found = auc(labels, scores);
  const r = proc[name];
  expectClose(found.auc, r.auc, 'AUC');
  const known = (value: number | 'NA') => (value === 'NA' ? Number.NaN : value);
  expectClose(found.variance, known(r.var_delong), 'variance');
  expectAllClose(found.interval, r.ci95_delong.map(known), 'interval');
});

test.each(unweighted.filter(({ delong }) => delong?.v10_positives_in_input_order))(
  'the placement values of $name are the reference',
  ({ labels, scores, delong }) => {
    const classes = Uint8Array.from(labels);
    const found = placements(classes, Float64Array.from(scores));
    const values = Array.from(found.deviations, (d) => (d + found.auc * found.unit) / found.unit);
    const of = (label: number) => values.filter((_, i) => labels[i] === label);
    const isNear = (value: number, k: number, known: number[]) =>
      expect(Math.abs(value - known[k])).toBeLessThan(1e-14);
    of(1).forEach((v, k) => isNear(v, k, delong!.v10_positives_in_input_order!));
    of(0).forEach((v, k) => isNear(v, k, delong!.v01_negatives_in_input_order!));
    expect(values).toHaveLength(labels.length);
  },
);

test.each(unweighted)('Hanley and McNeil of $name is the reference', (known) => {
  const { q1, q2, se } = known.hanley_mcneil_1982!;
  const positives = known.labels.filter((label) => label === 1).length;
  const found = hanleyMcNeil(known.auc, positives, known.labels.length - positives);
  expectClose(found.q1, q1, 'Q1');
  expectClose(found.q2, q2, 'Q2');
  expectClose(found.standardError, se, 'SE');
  const bySample = auc(known.labels, known.scores, { interval: 'hanley-mcneil' });
  expectClose(bySample.standardError, se, 'SE from the sample');
  expectAllClose(bySample.interval, found.interval, 'interval');
  expect(bySample.reason).toBe(se === 0 ? 'zero-variance' : undefined);
});

test.each(unweighted)('best thresholds of $name are the reference and pROC’s', (known) => {
  const { labels, scores, name } = known;
  const best = youdenThreshold(labels, scores);
  const { J, all_thresholds_at_max, sensitivity, specificity } = known.youden!;
  expectClose(best.youden, J, 'J');
  expect(best.points.map(({ threshold }) => threshold)).toEqual(all_thresholds_at_max);
  expect(best.threshold).toBe(all_thresholds_at_max[0]);
  const { youden_best: r, closest_topleft_threshold } = proc[name];
  const sorted = (values: number | number[]) => [values].flat().sort((a, b) => a - b);
  const ours = best.points.map((point) => point.sensitivity).sort((a, b) => a - b);
  expectAllClose(ours, sorted(r.sensitivity), 'sensitivity in R');
  const specificities = best.points.map((point) => point.specificity).sort((a, b) => a - b);
  expectAllClose(specificities, sorted(r.specificity), 'specificity in R');
  expect(best.points.some((point) => Math.abs(point.sensitivity - sensitivity) < 1e-12)).toBe(true);
  expect(best.points.some((point) => Math.abs(point.specificity - specificity) < 1e-12)).toBe(true);

  const closest = closestToCorner(labels, scores);
  const { threshold, distance } = known.closest_to_top_left!;
  expectClose(closest.distance, distance, 'distance');
  expect(closest.points.map((point) => point.threshold)).toContain(threshold);
  // pROC's thresholds lie halfway to the next lower score.
  const midpoints = [closest_topleft_threshold].flat().map(Number);
  expect(closest.points).toHaveLength(midpoints.length);
  for (const midpoint of midpoints.filter((value) => Number.isFinite(value))) {
    const same = operatingPoint(labels, scores, midpoint);
    const match = closest.points.find((point) => point.sensitivity === same.sensitivity);
    expect(match).toMatchObject({ specificity: same.specificity });
  }
});

test('averages over classes are scikit-learn’s', () => {
  const { labels, probabilities } = multiclass;
  for (const scheme of ['ovr', 'ovo'] as const) {
    for (const average of ['macro', 'weighted'] as const) {
      const found = multiclassAuc(labels, probabilities, { scheme, average });
      expectClose(found.auc, multiclass[`${scheme}_${average}`], `${scheme} ${average}`);
      expect(found.reason).toBeUndefined();
    }
  }
  expectClose(
    multiclassAuc(labels, probabilities, { average: 'micro' }).auc,
    multiclass.ovr_micro,
    'micro',
  );
  const none = multiclassAuc(labels, probabilities, { average: 'none' });
  expectAllClose(
    none.perClass.map(({ auc: area }) => area),
    multiclass.per_class,
    'per class',
  );
  expect(none).toMatchObject({ auc: Number.NaN, reason: 'no-average' });
});
