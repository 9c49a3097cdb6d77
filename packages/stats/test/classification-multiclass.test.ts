import { InvalidArgumentError } from '@steatosis/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { binaryMetrics, confusionMatrix, multiclassMetrics } from '../src/index.js';
import { expectAllClose, expectClose, reference } from './support/reference.js';

interface Multiclass {
  y_true: number[];
  y_pred: number[];
  confusion_rows_true: number[][];
  accuracy: number;
  balanced_accuracy: number;
  kappa: number;
  kappa_linear: number;
  kappa_quadratic: number;
  mcc: number;
  per_class: Record<'precision' | 'recall' | 'f1' | 'support', number[]>;
  f1_macro: number;
  f1_micro: number;
  f1_weighted: number;
}
const { multiclass: known } = reference<{ multiclass: Multiclass }>('binary');

test('metrics of four classes', () => {
  const found = multiclassMetrics(known.y_true, known.y_pred);
  expect(found.confusion).toEqual(known.confusion_rows_true);
  expectClose(found.accuracy, known.accuracy, 'accuracy');
  expectClose(found.balancedAccuracy, known.balanced_accuracy, 'balanced accuracy');
  expectClose(found.kappa, known.kappa, 'kappa');
  expectClose(found.kappaLinear, known.kappa_linear, 'linear kappa');
  expectClose(found.kappaQuadratic, known.kappa_quadratic, 'quadratic kappa');
  expectClose(found.mcc, known.mcc, 'MCC');
  for (const name of ['precision', 'recall', 'f1', 'support'] as const) {
    expectAllClose(
      found.perClass.map((metrics) => metrics[name]),
      known.per_class[name],
      name,
    );
  }
  expectClose(found.macro.f1, known.f1_macro, 'macro F1');
  expectClose(found.micro.f1, known.f1_micro, 'micro F1');
  expectClose(found.weighted.f1, known.f1_weighted, 'weighted F1');
  expect(found.reasons).toEqual({});
});

test('words as classes, in the order given', () => {
  const grades = ['none', 'mild', 'severe'];
  const labels = ['none', 'none', 'mild', 'severe', 'severe'];
  const predicted = ['none', 'mild', 'mild', 'mild', 'severe'];
  const found = multiclassMetrics(labels, predicted, { classes: grades });
  expect(found.classes).toEqual(grades);
  expect(found.confusion).toEqual([
    [1, 1, 0],
    [0, 1, 0],
    [0, 1, 1],
  ]);
  expect(multiclassMetrics(labels, predicted).classes).toEqual(['mild', 'none', 'severe']);
});

test('classes that do not occur have no recall, and say so', () => {
  const found = multiclassMetrics([0, 0, 1], [0, 2, 1], { classes: [0, 1, 2, 3] });
  expect(found.perClass[2]).toMatchObject({
    precision: 0,
    recall: NaN,
    reason: 'zero-denominator',
  });
  expect(found.perClass[3]).toMatchObject({ precision: NaN, recall: NaN, f1: NaN, support: 0 });
  expect(found.macro).toMatchObject({ recall: NaN, reason: 'zero-denominator' });
  expect(found.balancedAccuracy).toBe(0.75);
  expectClose(found.weighted.recall, found.accuracy, 'weighted recall');
});

test('one class, or none at all', () => {
  const one = multiclassMetrics([1, 1], [1, 1]);
  expect(one).toMatchObject({ accuracy: 1, kappa: NaN, mcc: NaN });
  expect(one.reasons).toMatchObject({ kappa: 'constant-input', mcc: 'zero-denominator' });
  const none = multiclassMetrics([], []);
  expect(none).toMatchObject({ accuracy: NaN, balancedAccuracy: NaN, n: 0, confusion: [] });
  expect(none.reasons).toMatchObject({
    accuracy: 'zero-denominator',
    balancedAccuracy: 'too-few-observations',
    kappa: 'too-few-observations',
  });
});

const labelled = fc.array(
  fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 })),
  {
    minLength: 1,
  },
);

test('renaming the classes changes nothing', () => {
  const names = ['delta', 'alpha', 'charlie', 'bravo'];
  fc.assert(
    fc.property(labelled, (pairs) => {
      const labels = pairs.map(([label]) => label);
      const predicted = pairs.map(([, decision]) => decision);
      const here = multiclassMetrics(labels, predicted);
      const there = multiclassMetrics(
        labels.map((label) => names[label]),
        predicted.map((label) => names[label]),
      );
      expect(there.accuracy).toBe(here.accuracy);
      expect(there.mcc).toBe(here.mcc);
      if (Number.isNaN(here.kappa)) expect(there.kappa).toBeNaN();
      else expect(there.kappa).toBeCloseTo(here.kappa, 13);
      if (!Number.isNaN(here.macro.f1)) expect(there.macro.f1).toBeCloseTo(here.macro.f1, 13);
    }),
  );
});

test('with two classes it is the binary decision', () => {
  fc.assert(
    fc.property(labelled, (pairs) => {
      const labels = pairs.map(([label]) => label & 1);
      const predicted = pairs.map(([, decision]) => decision & 1);
      const two = multiclassMetrics(labels, predicted, { classes: [0, 1] });
      const binary = binaryMetrics(confusionMatrix(labels, predicted));
      expect(two.perClass[1].precision).toBe(binary.ppv);
      expect(two.perClass[1].recallInterval).toEqual(binary.intervals.sensitivity);
      expect(two.perClass[1].specificity).toBe(binary.specificity);
      expect(two.mcc).toBe(binary.mcc);
      expect(two.kappa).toBe(binary.kappa);
    }),
  );
});

test('callers who err are told', () => {
  expect(() => multiclassMetrics([0, 1], [0])).toThrow(/predicted/);
  expect(() => multiclassMetrics([0, 0.5], [0, 1])).toThrow(/labels\[1\]/);
  expect(() => multiclassMetrics([0, NaN], [0, 1])).toThrow(InvalidArgumentError);
  expect(() => multiclassMetrics([0, 1], ['a', 'b'])).toThrow(/only numbers or only words/);
  expect(() => multiclassMetrics([0, 4], [0, 1], { classes: [0, 1] })).toThrow(/labels\[1\] is 4/);
  expect(() => multiclassMetrics([0], [0], { classes: [0, 0] })).toThrow(/each class once/);
  const identifiers = Array.from({ length: 3000 }, (_, i) => i);
  expect(() => multiclassMetrics(identifiers, identifiers)).toThrow(/at most 2000/);
});
