import { expect, test } from 'vitest';
import { auc, forestPlotData, rocCurve, rocPlotData, youdenThreshold } from '../src/index.js';

const labels = [0, 0, 0, 0, 1, 0, 1, 1, 0, 1];
const scores = [0.1, 0.2, 0.2, 0.3, 0.35, 0.4, 0.6, 0.7, 0.75, 0.9];

test('a ROC plot shows what the functions compute', () => {
  const plot = rocPlotData(labels, scores, { interval: 'delong-logit', level: 0.9, band: true });
  const curve = rocCurve(labels, scores, { dropIntermediate: true });
  expect(plot.points.map((point) => point.truePositiveRate)).toEqual([...curve.truePositiveRate]);
  expect(plot.points.map((point) => point.threshold)).toEqual([...curve.thresholds]);
  expect(plot.area).toEqual(auc(labels, scores, { interval: 'delong-logit', level: 0.9 }));
  expect(plot.operatingPoint).toEqual(youdenThreshold(labels, scores, { level: 0.9 }));
  expect(plot.text).toMatch(/^AUC 0\.833 \(0\.\d{3}–0\.\d{3}\)$/);
  plot.band!.forEach(({ lower, upper, falsePositiveRate }, i) => {
    expect(falsePositiveRate).toBe(plot.points[i].falsePositiveRate);
    expect(lower).toBeLessThanOrEqual(plot.points[i].truePositiveRate);
    expect(upper).toBeGreaterThanOrEqual(plot.points[i].truePositiveRate);
  });
  const clusters = labels.map((_, i) => i >> 1);
  expect(rocPlotData(labels, scores, { clusters }).area.clusters).toBe(5);
  const weighted = rocPlotData(labels, scores, { weights: labels.map(() => 2), digits: 1 });
  expect([weighted.operatingPoint, weighted.text.slice(0, 7)]).toEqual([undefined, 'AUC 0.8']);
});

test('without a curve there is a reason', () => {
  expect(rocPlotData([1, 1], [1, 2])).toMatchObject({
    points: [],
    text: 'AUC – (no interval)',
    reason: 'single-class',
  });
  expect(rocPlotData([0, 1], [NaN, 2])).toMatchObject({ points: [], reason: 'nan-input' });
  expect(() => rocPlotData(labels, scores, { band: true, clusters: labels })).toThrow('band');
  expect(() => rocPlotData(labels, scores, { digits: -1 })).toThrow('digits');
});

test('a forest plot marks what cannot be drawn and what contains no effect', () => {
  const { rows, domain, reference } = forestPlotData(
    [
      { label: 'a', estimate: 2, interval: [0.5, 8], weight: 1 },
      { label: 'b', estimate: 3, interval: [1.5, Infinity], weight: 3 },
      { label: 'c', estimate: 0, interval: [0, 0.4], weight: 0 },
      { label: 'd', estimate: NaN, interval: [NaN, NaN], weight: 0 },
    ],
    { scale: 'log', digits: 1 },
  );
  expect(rows.map((row) => row.text)).toEqual([
    '2.0 (0.5–8.0)',
    '3.0 (1.5–∞)',
    '0.0 (0.0–0.4)',
    '– (no interval)',
  ]);
  expect(rows.map((row) => row.undefined)).toEqual([false, false, true, true]);
  expect(rows.map((row) => row.containsReference)).toEqual([true, false, false, false]);
  expect(rows.map((row) => row.weight)).toEqual([0.25, 0.75, 0, 0]);
  expect([reference, domain]).toEqual([1, [0.5, 8]]);
  const difference = forestPlotData([{ label: 'x', estimate: -1, interval: [-2, 0.5] }]);
  expect(difference.rows[0].text).toBe('−1.00 (−2.00 to 0.50)');
  expect(difference.domain).toEqual([-2, 0.5]);
  expect(forestPlotData([])).toMatchObject({ rows: [], domain: [0, 0] });
});

test('impossible requests are refused', () => {
  const row = { label: 'a', estimate: 2, interval: [1, 3] as [number, number] };
  expect(() => forestPlotData([{ ...row, weight: -1 }])).toThrow('estimates[0].weight is -1');
  expect(() => forestPlotData([{ ...row, interval: [1] as never }])).toThrow(
    'estimates[0].interval',
  );
  expect(() => forestPlotData([row], { scale: 'log', reference: 0 })).toThrow('reference is 0');
  expect(() => forestPlotData([row], { scale: 'root' as 'log' })).toThrow("'linear' or 'log'");
});

test('what was left out is not drawn, and lines without any weight have none', () => {
  const withHole = rocPlotData([...labels, 1], [...scores, NaN], { nanPolicy: 'omit' });
  expect(withHole).toEqual(rocPlotData(labels, scores));
  const row = { label: 'a', estimate: 2, interval: [1, 3] as [number, number], weight: 0 };
  expect(forestPlotData([row, row]).rows.map(({ weight }) => weight)).toEqual([0, 0]);
  expect(() => forestPlotData([row], { reference: Infinity })).toThrow(/expected a finite number$/);
});
