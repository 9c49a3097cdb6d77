import { InvalidArgumentError } from '@steatosis/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Alternative,
  hanleyMcNeil,
  powerAuc,
  powerCorrelation,
  powerProportions,
  powerTTest,
  proportionInterval,
  sampleSizeAuc,
  sampleSizeCorrelation,
  sampleSizeProportion,
  sampleSizeProportions,
  sampleSizeTTest,
} from '../src/index.js';
import { expectClose, reference } from './support/reference.js';

interface OfR {
  'pwr.r': { r: number; power: number; n: number }[];
  'pwr.r.power_n50': { r: number; n: number; power: number }[];
  t2n: { d: number; power: number; n: number };
  t2n_power: { d: number; n1: number; n2: number; power: number };
  prop: { p1: number; p2: number; n: number };
  roc_n: {
    auc: number;
    kappa: number;
    power: number;
    res: { ncases: number; ncontrols: number };
  };
  roc_power: { auc: number; ncases: number; ncontrols: number; power: number };
}
const { power: ofR } = reference<{ power: OfR }>('r');

interface Known {
  t_tests: {
    effectSize: number;
    nFirst: number;
    nSecond: number;
    significance: number;
    alternative: Alternative;
    two_sample: number;
    one_sample: number;
  }[];
  t_sizes: {
    effectSize: number;
    power: number;
    significance: number;
    ratio: number;
    n: number;
  }[];
  proportions: {
    first: number;
    second: number;
    nFirst: number;
    nSecond: number;
    significance: number;
    alternative: Alternative;
    arcsine: number;
    pooled: number;
  }[];
}
const known = reference<Known>('power');

test('correlations are those of pwr', () => {
  // R's root finder stops at 1e-6 or so.
  for (const { r, power, n } of ofR['pwr.r']) {
    const found = sampleSizeCorrelation({ correlation: r, power });
    expectClose(found.exactN, n, 'n', 1e-6);
    expect(found.n).toBe(Math.ceil(n));
    expect(found.power).toBeGreaterThanOrEqual(power);
  }
  for (const { r, n, power } of ofR['pwr.r.power_n50']) {
    expectClose(powerCorrelation({ correlation: r, n }).power, power, 'power');
    const turned = powerCorrelation({ correlation: -r, n });
    expectClose(turned.power, power, 'power of the other sign');
  }
});

test('AUCs are those of pROC', () => {
  const { auc, kappa, power, res } = ofR.roc_n;
  const found = sampleSizeAuc({ auc, power, ratio: kappa });
  expectClose(found.exactPositives, res.ncases, 'cases', 1e-6);
  expectClose(found.exactPositives * kappa, res.ncontrols, 'controls', 1e-6);
  expect([found.positives, found.negatives, found.n]).toEqual([21, 65, 86]);
  expect(found.power!).toBeGreaterThan(power);
  const { ncases, ncontrols } = ofR.roc_power;
  const design = { auc: ofR.roc_power.auc, positives: ncases, negatives: ncontrols };
  expectClose(powerAuc(design).power, ofR.roc_power.power, 'power');
  expect(powerAuc(design).method).toContain('Obuchowski');
});

test('AUCs by Hanley and McNeil', () => {
  // Table III of the paper (1982): 95 % power is not tabled for one area; its standard errors are hanleyMcNeil's.
  const { standardError: se } = hanleyMcNeil(0.8, 40, 60);
  const { standardError: seNull } = hanleyMcNeil(0.7, 40, 60);
  const found = powerAuc({
    auc: 0.8,
    nullAuc: 0.7,
    positives: 40,
    negatives: 60,
    variance: 'hanley-mcneil',
    alternative: 'greater',
  });
  const z = (0.1 - 1.6448536269514722 * seNull) / se;
  expectClose(found.power, normal(z), 'power', 1e-8);
  const against = powerAuc({ ...design(found), alternative: 'less' });
  expect(against.power).toBeLessThan(0.001);
  const width = sampleSizeAuc({ auc: 0.8, halfWidth: 0.05, ratio: 3 });
  const reach = (m: number) => 1.959963984540054 * hanleyMcNeil(0.8, m, 3 * m).standardError;
  expect(reach(width.positives)).toBeLessThanOrEqual(0.05);
  expect(reach(width.positives - 1)).toBeGreaterThan(0.05);
  expectClose(width.halfWidth!, reach(width.positives), 'half-width', 1e-3);
  expect(width).toMatchObject({ level: 0.95, auc: 0.8 });
  expect(width.power).toBeUndefined();
});

test('t tests are those of statsmodels and pwr', () => {
  for (const { two_sample, one_sample, ...design } of known.t_tests) {
    expectSamePower(powerTTest(design).power, two_sample, JSON.stringify(design));
    const { nSecond: _, ...alone } = design;
    for (const kind of ['one-sample', 'paired'] as const) {
      expectSamePower(powerTTest({ ...alone, kind }).power, one_sample, kind);
    }
  }
  for (const { n, ...design } of known.t_sizes) {
    const found = sampleSizeTTest(design);
    expectClose(found.exactNFirst, n, 'n', 1e-9);
    expect(found.nFirst).toBe(Math.ceil(n));
    expect(found.nSecond).toBe(Math.ceil(design.ratio * n));
  }
  const { t2n, t2n_power } = ofR;
  expectClose(
    sampleSizeTTest({ effectSize: t2n.d, power: t2n.power }).exactNFirst,
    t2n.n,
    'n',
    1e-6,
  );
  const { d: effectSize, n1: nFirst, n2: nSecond, power } = t2n_power;
  expectClose(powerTTest({ effectSize, nFirst, nSecond }).power, power, 'power');
  // The example of R's power.t.test: 20 in each group for one standard deviation; the other tail of 2.3e-7 is left out there.
  expect(powerTTest({ effectSize: 1, nFirst: 20 }).power).toBeCloseTo(0.8689528 + 2.3e-7, 7);
  expect(sampleSizeTTest({ effectSize: 1, power: 0.9 }).exactNFirst).toBeCloseTo(22.0211, 4);
  const paired = sampleSizeTTest({ effectSize: 0.4, kind: 'paired' });
  expect(paired.n).toBe(paired.nFirst);
  expect(paired.nSecond).toBeUndefined();
});

test('two proportions are those of statsmodels, pwr and R', () => {
  for (const { arcsine, pooled, ...design } of known.proportions) {
    const name = JSON.stringify(design);
    expectClose(powerProportions({ ...design, method: 'arcsine' }).power, arcsine, name, 1e-9);
    expectClose(powerProportions(design).power, pooled, name, 1e-9);
  }
  const { p1: first, p2: second, n } = ofR.prop;
  const found = sampleSizeProportions({ first, second, method: 'arcsine' });
  expectClose(found.exactNFirst, n, 'n', 1e-6);
  expect([found.nFirst, found.nSecond, found.n]).toEqual([109, 109, 218]);
  // The examples of R's power.prop.test.
  expect(powerProportions({ first: 0.5, second: 0.75, nFirst: 50 }).power).toBeCloseTo(0.74, 3);
  const size = sampleSizeProportions({ first: 0.5, second: 0.75, power: 0.9 });
  expect(size.exactNFirst).toBeCloseTo(76.7, 1);
  const unequal = sampleSizeProportions({ first: 0.5, second: 0.75, power: 0.9, ratio: 0.5 });
  expect(unequal.nSecond).toBe(Math.ceil(unequal.exactNFirst / 2));
});

test('one proportion: the least number whose interval is narrow enough', () => {
  const { n, halfWidth } = sampleSizeProportion({ proportion: 0.8, halfWidth: 0.08 });
  const widthAt = (size: number) => {
    const [low, high] = proportionInterval(Math.round(0.8 * size), size).interval;
    return (high - low) / 2;
  };
  // 0.8 n is whole for every fifth.
  expect(widthAt(5 * Math.ceil(n / 5))).toBeLessThanOrEqual(0.08);
  expect(widthAt(5 * Math.floor((n - 1) / 5))).toBeGreaterThan(0.08);
  expect(halfWidth).toBeLessThanOrEqual(0.08);
  const wald = sampleSizeProportion({ proportion: 0.5, halfWidth: 0.03, method: 'wald' });
  // The 1067 of every poll: 1.96²/(4 · 0.03²) = 1067.07.
  expect(wald.n).toBe(1068);
  expect(wald.exactN).toBeCloseTo(1067.07, 2);
  // A fraction that is whole but for its rounding is that whole number.
  const exact = { proportion: 0.5, halfWidth: 1.959963984540054 / 40, method: 'wald' } as const;
  expect(sampleSizeProportion(exact).n).toBe(400);
  expect(sampleSizeProportion({ proportion: 0.5, halfWidth: 5 }).n).toBe(1);
});

const share = fc.double({ min: 0.05, max: 0.95, noNaN: true });
test('power rises with the size, and a sample size is the least that has the power', () => {
  const planned = {
    correlation: (effect: number, power: number) => {
      const found = sampleSizeCorrelation({ correlation: effect, power });
      return { found, at: (n: number) => powerCorrelation({ correlation: effect, n }).power };
    },
    'paired t': (effect: number, power: number) => {
      const size = sampleSizeTTest({ effectSize: effect, power, kind: 'paired' });
      const at = (nFirst: number) =>
        powerTTest({ effectSize: effect, nFirst, kind: 'paired' }).power;
      return { found: size, at };
    },
    proportions: (effect: number, power: number) => {
      const areas = { first: 0.5 + effect / 2, second: 0.5 };
      const size = sampleSizeProportions({ ...areas, power });
      return {
        found: { ...size, n: size.nFirst },
        at: (nFirst: number) => powerProportions({ ...areas, nFirst }).power,
      };
    },
    auc: (effect: number, power: number) => {
      const auc = 0.5 + effect / 2;
      const size = sampleSizeAuc({ auc, power });
      const at = (m: number) => powerAuc({ auc, positives: m, negatives: m }).power;
      return { found: { n: size.positives, power: size.power! }, at };
    },
  };
  for (const [name, plan] of Object.entries(planned)) {
    fc.assert(
      fc.property(share, fc.double({ min: 0.2, max: 0.99, noNaN: true }), (effect, power) => {
        const { found, at } = plan(effect, power);
        expect(found.power, name).toBeGreaterThanOrEqual(power - 1e-9);
        expect(at(found.n), name).toBe(found.power);
        expect(at(found.n + 1), name).toBeGreaterThanOrEqual(found.power - 1e-12);
        if (found.n > 4) expect(at(found.n - 1), name).toBeLessThan(power + 1e-9);
      }),
      { numRuns: 30 },
    );
  }
});

test('without an effect the power is the significance', () => {
  // Fisher's z against a limit by Student's t: near, not equal.
  expectClose(powerCorrelation({ correlation: 0, n: 40 }).power, 0.05, 'correlation', 0.01);
  expectClose(powerTTest({ effectSize: 0, nFirst: 9, significance: 0.2 }).power, 0.2, 't', 1e-9);
  const same = { first: 0.3, second: 0.3, nFirst: 50 };
  expectClose(powerProportions(same).power, 0.05, 'proportions', 1e-9);
  const chance = { auc: 0.5, positives: 30, negatives: 30, alternative: 'greater' } as const;
  expectClose(powerAuc(chance).power, 0.05, 'AUC', 1e-9);
});

test('what cannot be planned is refused by name', () => {
  const refused = (call: () => unknown, part: string) => {
    expect(call).toThrow(InvalidArgumentError);
    expect(call).toThrow(part);
  };
  refused(() => powerCorrelation({ correlation: 1, n: 9 }), 'correlation');
  refused(() => powerCorrelation({ correlation: 0.5, n: 3 }), 'n is 3');
  refused(() => powerCorrelation({ correlation: 0.5, n: 9, significance: 0 }), 'significance');
  refused(() => powerCorrelation({ correlation: 0.5, n: 9, power: 0.8 } as never), 'options');
  refused(() => sampleSizeCorrelation({ correlation: 0 }), 'correlation is 0');
  const wrongWay = { correlation: -0.3, alternative: 'greater' } as const;
  refused(() => sampleSizeCorrelation(wrongWay), 'against the alternative');
  refused(() => sampleSizeCorrelation({ correlation: 0.3, power: 0.04 }), 'power');
  refused(() => sampleSizeCorrelation({ correlation: 1e-9 }), '10¹²');
  refused(() => powerAuc({ auc: 1, positives: 5, negatives: 5 }), 'auc');
  refused(() => powerAuc({ auc: 0.8, positives: 0, negatives: 5 }), 'positives');
  refused(() => sampleSizeAuc({ auc: 0.8, power: 0.8, halfWidth: 0.1 }), 'beside halfWidth');
  refused(() => sampleSizeAuc({ auc: 0.8, level: 0.9 }), 'unless halfWidth');
  refused(() => sampleSizeAuc({ auc: 0.8, halfWidth: 0 }), 'halfWidth');
  refused(() => sampleSizeAuc({ auc: 0.8, ratio: -1 }), 'ratio');
  refused(() => sampleSizeAuc({ auc: 0.8, variance: 'delong' as never }), 'variance');
  refused(() => powerProportions({ first: 0, second: 0.5, nFirst: 9 }), 'first');
  refused(() => sampleSizeProportions({ first: 0.5, second: 0.5 }), 'second');
  refused(() => powerTTest({ effectSize: NaN, nFirst: 5 }), 'effectSize');
  refused(() => powerTTest({ effectSize: 1, nFirst: 5, nSecond: 5, kind: 'paired' }), 'nSecond');
  refused(() => sampleSizeTTest({ effectSize: 1, ratio: 2, kind: 'one-sample' }), 'ratio');
  refused(() => sampleSizeProportion({ proportion: 0.5, halfWidth: -1 }), 'halfWidth');
});

/** SciPy's non-central t has an absolute error of 1e-16 or so, which is much of a power of 1e-9. */
function expectSamePower(found: number, expected: number, what: string): void {
  expect(Math.abs(found - expected), what).toBeLessThan(1e-12 + 1e-10 * expected);
}

/** What a power was asked for. */
function design({ auc, nullAuc, positives, negatives }: ReturnType<typeof powerAuc>) {
  return { auc, nullAuc, positives, negatives };
}

/** Φ(z) by the series of Marsaglia (2004, J. Stat. Softw. 11:4). */
function normal(z: number): number {
  let term = z;
  let sum = z;
  for (let k = 3; Math.abs(term) > 1e-17 * Math.abs(sum); k += 2) {
    term *= (z * z) / k;
    sum += term;
  }
  return 0.5 + (sum * Math.exp(-(z * z) / 2)) / Math.sqrt(2 * Math.PI);
}
