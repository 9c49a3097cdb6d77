import { expect, test } from 'vitest';
import {
  brierScore,
  calibrationInTheLarge,
  calibrationSlope,
  cohenKappaTable,
  fleissKappa,
  icc,
  type IccForm,
  logLoss,
  mcnemar,
  multiclassMetrics,
} from '../src/index.js';
import { expectAllClose, expectClose, reference } from './support/reference.js';

interface Multiclass {
  classes: number[];
  labels: number[];
  predicted: number[];
  accuracy: number;
  balanced_accuracy: number;
  mcc: number;
  kappa: number;
  kappa_linear: number;
  kappa_quadratic: number;
  macro: [number, number, number];
  weighted: [number, number, number];
}
type Weights = 'unweighted' | 'linear' | 'quadratic';
type Kappa = { table: number[][] } & Record<
  Weights,
  { kappa: number; standard_error: number; standard_error_null: number }
>;
type Intraclass = { ratings: number[][] } & Record<
  IccForm,
  { icc: number; F: number; p: number; rounded_interval: number[] }
>;
interface Recalibration {
  labels: number[];
  probabilities: number[];
  brier: number;
  log_loss: number;
  slope: [intercept: number, slope: number];
  slope_se: [intercept: number, slope: number];
  in_the_large: [intercept: number, standardError: number];
  likelihood_ratio: [statistic: number, p: number];
}
interface Pairs {
  b: number;
  c: number;
  exact: number;
  chi_square: number[];
  corrected: number[];
}
const tables = reference<{
  multiclass: Multiclass[];
  kappa: Kappa[];
  fleiss: { ratings: number[][]; kappa: number }[];
  icc: Intraclass[];
  recalibration: Recalibration[];
  mcnemar: Pairs[];
}>('decisions');

test('multiclass metrics as in scikit-learn', () => {
  for (const known of tables.multiclass) {
    const found = multiclassMetrics(known.labels, known.predicted, { classes: known.classes });
    expectClose(found.accuracy, known.accuracy, 'accuracy');
    expectClose(found.balancedAccuracy, known.balanced_accuracy, 'balanced accuracy');
    expectClose(found.mcc, known.mcc, 'MCC');
    expectClose(found.kappa, known.kappa, 'kappa');
    expectClose(found.kappaLinear, known.kappa_linear, 'linear kappa');
    expectClose(found.kappaQuadratic, known.kappa_quadratic, 'quadratic kappa');
    for (const average of ['macro', 'weighted'] as const) {
      const { precision, recall, f1 } = found[average];
      expectAllClose([precision, recall, f1], known[average], average);
    }
  }
});

test("Cohen's kappa and both errors as in statsmodels", () => {
  for (const known of tables.kappa) {
    for (const weights of ['unweighted', 'linear', 'quadratic'] as const) {
      const found = cohenKappaTable(known.table, { weights });
      const { kappa, standard_error: error, standard_error_null: nullError } = known[weights];
      expectAllClose(
        [found.kappa, found.standardError, found.standardErrorNull],
        [kappa, error, nullError],
        weights,
      );
    }
  }
});

test("Fleiss' kappa as in statsmodels", () => {
  for (const { ratings, kappa } of tables.fleiss) {
    expectClose(fleissKappa(ratings).kappa, kappa, 'kappa');
  }
});

test('intraclass correlations as in pingouin', () => {
  for (const { ratings, ...forms } of tables.icc) {
    const found = icc(ratings);
    for (const form of Object.keys(forms) as IccForm[]) {
      const { coefficient, statistic, p, interval } = found[form];
      const known = forms[form];
      expectAllClose([coefficient, statistic, p], [known.icc, known.F, known.p], form);
      known.rounded_interval.forEach((limit, i) =>
        expect(Math.abs(interval[i] - limit), `interval of ${form}`).toBeLessThan(0.005 + 1e-12),
      );
    }
  }
});

test('recalibration as in statsmodels', () => {
  for (const known of tables.recalibration) {
    const { labels, probabilities } = known;
    expectClose(brierScore(labels, probabilities).brier, known.brier, 'Brier score');
    expectClose(logLoss(labels, probabilities).logLoss, known.log_loss, 'log loss');
    const { slope, standardError, intercept, joint } = calibrationSlope(labels, probabilities);
    expectAllClose([intercept.estimate, slope], known.slope, 'coefficients');
    expectAllClose([intercept.standardError, standardError], known.slope_se, 'errors');
    expectAllClose([joint.statistic, joint.p], known.likelihood_ratio, 'likelihood ratio');
    const large = calibrationInTheLarge(labels, probabilities);
    expectAllClose([large.intercept, large.standardError], known.in_the_large, 'in the large');
  }
});

test("McNemar's tests as in statsmodels", () => {
  for (const { b, c, exact, chi_square: plain, corrected } of tables.mcnemar) {
    expectClose(mcnemar(b, c).p, exact, 'exact P');
    for (const continuityCorrection of [false, true]) {
      const { statistic, p } = mcnemar(b, c, { method: 'chi-square', continuityCorrection });
      expectAllClose([statistic, p], continuityCorrection ? corrected : plain, 'chi-square');
    }
    expect(mcnemar(b, c, { method: 'mid-p' }).p).toBeLessThan(exact);
  }
});
