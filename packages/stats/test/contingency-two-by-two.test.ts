import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chiSquareTest } from '../src/contingency/chi-square-test.js';
import { correctedWilson } from '../src/contingency/difference-intervals.js';
import { oddsRatio } from '../src/contingency/odds-ratio.js';
import { riskDifference } from '../src/contingency/risk-difference.js';
import { riskRatio } from '../src/contingency/risk-ratio.js';
import { twoProportionTest } from '../src/contingency/two-proportion-test.js';
import { normalQuantile } from '../src/special/normal.js';
import { expectAllClose, expectClose, reference } from './support/reference.js';

interface TwoByTwo {
  table: [[number, number], [number, number]];
  /** Estimate, limits, standard error of the logarithm, P. */
  odds_ratio: number[];
  risk_ratio: number[];
  newcombe: number[];
  wald: number[];
  p: number;
  p_corrected: number;
}
const { two_by_two: cases } = reference<{ two_by_two: TwoByTwo[] }>('contingency');
const r = reference<{
  tests: {
    contingency: Record<string, { woolf_or?: { or: number | 'NA'; ci95: number[] } }>;
    proportions: {
      binom: { k: number; n: number; wilson_cc95: [number, number] }[];
      two_sample: { x: number[]; n: number[]; chi2: number; p: number; ci95: number[] };
    };
  };
  epi_tests: { statistic: string; est: number; lower: number; upper: number }[];
}>('r');
const { contingency } = reference<{ contingency: { name: string; table: number[][] }[] }>('tests');
const group = (successes: number, n: number) => ({ successes, n });

test("odds ratios equal R's, by Woolf", () => {
  let compared = 0;
  for (const { name, table } of contingency) {
    const expected = r.tests.contingency[name]?.woolf_or;
    if (expected === undefined) continue;
    const found = oddsRatio(table);
    if (typeof expected.or !== 'number') {
      // R's product of counts overflows; here by 60 digits: exp(ln OR ± z √Σ 1/n)
      expect(name).toBe('big');
      expectClose(found.oddsRatio, 1.0000059940419224, name, 1e-15);
      expectAllClose(found.interval, [0.98768957205788, 1.01247600097288], name);
      continue;
    }
    expectClose(found.oddsRatio, expected.or, name);
    expectAllClose(found.interval, expected.ci95, name);
    compared++;
  }
  expect(compared).toBe(3);
});

test("likelihood ratios and the diagnostic odds ratio equal epiR's", () => {
  const of = (name: string) => r.epi_tests.find(({ statistic }) => statistic === name)!;
  const byDisease = [
    [9, 3],
    [6, 32],
  ];
  const swapped = byDisease.map(([positive, negative]) => [negative, positive]);
  for (const [name, estimate, interval] of [
    ['diag.or', oddsRatio(byDisease).oddsRatio, oddsRatio(byDisease).interval],
    ['lr.pos', riskRatio(byDisease).riskRatio, riskRatio(byDisease).interval],
    ['lr.neg', riskRatio(swapped).riskRatio, riskRatio(swapped).interval],
  ] as const) {
    expectClose(estimate, of(name).est, name);
    expectAllClose(interval, [of(name).lower, of(name).upper], name);
  }
  expectClose(riskDifference(byDisease).riskDifference, of('youden').est, 'Youden');
});

test('ratios equal statsmodels', () => {
  expect(cases.length).toBeGreaterThan(15);
  for (const { table, odds_ratio, risk_ratio } of cases) {
    const what = JSON.stringify(table);
    const odds = oddsRatio(table);
    const risk = riskRatio(table);
    expectAllClose(
      [odds.oddsRatio, ...odds.interval, odds.standardError, odds.p],
      odds_ratio,
      `odds ratio of ${what}`,
    );
    expectAllClose(
      [risk.riskRatio, ...risk.interval, risk.standardError, risk.p],
      risk_ratio,
      `risk ratio of ${what}`,
    );
    expectClose(odds.statistic, Math.log(odds.oddsRatio) / odds.standardError, 'z');
    expectClose(odds.logP, Math.log(odds.p), 'ln P');
  }
});

test('differences equal statsmodels, P of them SciPy', () => {
  for (const { table, newcombe, wald, p, p_corrected } of cases) {
    const what = JSON.stringify(table);
    const found = riskDifference(table);
    expectAllClose(found.interval, newcombe, `Newcombe of ${what}`);
    // statsmodels lets Wald's limits leave −1 … 1.
    const within = [Math.max(-1, wald[0]), Math.min(1, wald[1])];
    expectAllClose(riskDifference(table, { interval: 'wald' }).interval, within, `Wald of ${what}`);
    expectClose(found.p, p, what);
    const corrected = riskDifference(table, { continuityCorrection: true });
    expectClose(corrected.p, p_corrected, `${what}, corrected`);
    expect(corrected.interval[0]).toBeLessThan(found.interval[0]);
    expect(corrected.interval[1]).toBeGreaterThan(found.interval[1]);
  }
});

test("two proportions equal R's prop.test(correct = FALSE)", () => {
  const { x, n, chi2, p, ci95 } = r.tests.proportions.two_sample;
  const [a, b] = [group(x[0], n[0]), group(x[1], n[1])];
  const found = twoProportionTest(a, b, { interval: 'wald' });
  expectClose(found.statistic ** 2, chi2, 'χ²');
  expectClose(found.p, p, 'P');
  expectClose(found.logP, Math.log(p), 'ln P');
  expectAllClose(found.interval, ci95, 'interval');
  expect(found).toMatchObject({ first: 0.66, second: 0.76, nFirst: 50, nSecond: 50 });
  expectClose(found.standardError, (ci95[1] - ci95[0]) / 2 / normalQuantile(0.975), 'SE');
});

test('Newcombe (1998, table II): 56/70 and 48/80 by four methods', () => {
  const [a, b] = [group(56, 70), group(48, 80)];
  const limits = (interval: 'newcombe' | 'wald', continuityCorrection: boolean) =>
    twoProportionTest(a, b, { interval, continuityCorrection }).interval.map((x) => x.toFixed(4));
  expect(limits('wald', false)).toEqual(['0.0575', '0.3425']);
  expect(limits('wald', true)).toEqual(['0.0441', '0.3559']);
  expect(limits('newcombe', false)).toEqual(['0.0524', '0.3339']);
  expect(limits('newcombe', true)).toEqual(['0.0428', '0.3422']);
});

test("corrected limits of one proportion equal R's prop.test", () => {
  for (const { k, n, wilson_cc95 } of r.tests.proportions.binom) {
    expectAllClose(correctedWilson(k, n, normalQuantile(0.975)), wilson_cc95, `${k} of ${n}`);
  }
});

test('one-sided P and limits', () => {
  const [a, b] = [group(33, 50), group(38, 50)];
  const two = twoProportionTest(a, b, { level: 0.9 });
  const less = twoProportionTest(a, b, { alternative: 'less' });
  const greater = twoProportionTest(a, b, { alternative: 'greater' });
  expectClose(less.p, two.p / 2, 'less');
  expectClose(less.p + greater.p, 1, 'both');
  expectAllClose(less.interval, [-1, two.interval[1]], 'less');
  expectAllClose(greater.interval, [two.interval[0], 1], 'greater');
});

test('degenerate groups say why', () => {
  expect(twoProportionTest(group(0, 0), group(1, 2))).toMatchObject({
    difference: NaN,
    interval: [NaN, NaN],
    p: NaN,
    reason: 'zero-denominator',
  });
  const none = twoProportionTest(group(0, 10), group(0, 12));
  expect(none).toMatchObject({ difference: 0, statistic: NaN, p: NaN, reason: 'zero-margin' });
  expectAllClose(none.interval, [-0.24249400665524096, 0.27753279986288926], 'no event');
  expect(twoProportionTest(group(10, 10), group(12, 12)).reason).toBe('zero-margin');
  const apart = twoProportionTest(group(10, 10), group(0, 20), { interval: 'wald' });
  expect(apart).toMatchObject({ interval: [1, 1], reason: 'zero-variance' });
  expect(apart.p).toBeLessThan(1e-6);
  const corrected = twoProportionTest(group(0, 10), group(10, 10), { continuityCorrection: true });
  expect(corrected.interval[0]).toBe(-1);
  const same = twoProportionTest(group(3, 10), group(3, 10), { continuityCorrection: true });
  expect(same).toMatchObject({ statistic: 0, p: 1 });
});

test('empty cells have ratios of 0 or infinity, or ½ added', () => {
  const table = [
    [0, 5],
    [7, 3],
  ];
  const upside = [table[1], table[0]];
  expect(oddsRatio(table)).toMatchObject({
    oddsRatio: 0,
    interval: [NaN, NaN],
    p: NaN,
    reason: 'boundary-estimate',
  });
  expect(oddsRatio(upside)).toMatchObject({ oddsRatio: Infinity, reason: 'boundary-estimate' });
  expect(riskRatio(upside)).toMatchObject({ riskRatio: Infinity, reason: 'boundary-estimate' });
  // (0.5/5.5)/(7.5/3.5) and its variance 1/0.5 + 1/5.5 + 1/7.5 + 1/3.5
  const corrected = oddsRatio(table, { haldane: 'zero-cells' });
  expectClose(corrected.oddsRatio, 0.5 / 5.5 / (7.5 / 3.5), 'odds ratio', 1e-14);
  const variance = 1 / 0.5 + 1 / 5.5 + 1 / 7.5 + 1 / 3.5;
  expectClose(corrected.standardError, Math.sqrt(variance), 'standard error', 1e-14);
  expect(corrected.method).toContain('½');
  const risk = riskRatio(table, { haldane: 'zero-cells' });
  expectClose(risk.riskRatio, 0.5 / 6 / (7.5 / 11), 'risk ratio', 1e-14);
  expectClose(risk.standardError, Math.sqrt(2 - 1 / 6 + 1 / 7.5 - 1 / 11), 'its error', 1e-13);
  const full = [
    [24, 14],
    [6, 6],
  ];
  expect(oddsRatio(full, { haldane: 'zero-cells' })).toEqual(oddsRatio(full));
  expectClose(
    oddsRatio(full, { haldane: 'always' }).oddsRatio,
    24.5 / 14.5 / (6.5 / 6.5),
    'always',
    1e-14,
  );
  const zeros = [
    [0, 0],
    [7, 3],
  ];
  expect(oddsRatio(zeros)).toMatchObject({ oddsRatio: NaN, p: NaN, reason: 'zero-margin' });
  expect(
    riskRatio([
      [0, 0],
      [0, 0],
    ]),
  ).toMatchObject({ riskRatio: NaN, reason: 'too-few-observations' });
});

test.each<[string, () => unknown, string]>([
  [
    'a larger table',
    () =>
      oddsRatio([
        [1, 2, 3],
        [4, 5, 6],
      ]),
    'two rows of two counts',
  ],
  [
    'three rows',
    () =>
      riskDifference([
        [1, 2],
        [3, 4],
        [5, 6],
      ]),
    '3 × 2 counts',
  ],
  [
    'another correction',
    () =>
      riskRatio(
        [
          [1, 2],
          [3, 4],
        ],
        { haldane: 'yes' as never },
      ),
    "'never'",
  ],
  [
    'more successes than n',
    () => twoProportionTest(group(3, 2), group(1, 2)),
    'first.successes is 3',
  ],
  ['half a success', () => twoProportionTest(group(1, 2), group(0.5, 2)), 'second.successes'],
  ['a number', () => twoProportionTest(3 as never, group(1, 2)), 'first is 3'],
  ['null', () => twoProportionTest(null as never, group(1, 2)), 'first is'],
  [
    'another interval',
    () => twoProportionTest(group(1, 2), group(1, 2), { interval: 'exact' as never }),
    'interval',
  ],
])('%s: refused', (_name, call, message) => {
  expect(call).toThrow(message);
});

test('z² is χ²; intervals hold their estimates; a swap of groups inverts them', () => {
  const count = fc.integer({ min: 1, max: 60 });
  fc.assert(
    fc.property(count, count, count, count, fc.boolean(), (a, b, c, d, continuityCorrection) => {
      const table = [
        [a, b],
        [c, d],
      ];
      const turned = [table[1], table[0]];
      const found = riskDifference(table, { continuityCorrection });
      const { statistic, p } = chiSquareTest(table, { continuityCorrection });
      expect(Math.abs(found.statistic ** 2 - statistic)).toBeLessThan(1e-12 * (1 + statistic));
      expectClose(found.p, p, 'P');
      expect(found.interval[0]).toBeLessThanOrEqual(found.riskDifference);
      expect(found.interval[1]).toBeGreaterThanOrEqual(found.riskDifference);
      for (const ratio of [
        (of: number[][]) => ({ ...oddsRatio(of), estimate: oddsRatio(of).oddsRatio }),
        (of: number[][]) => ({ ...riskRatio(of), estimate: riskRatio(of).riskRatio }),
      ]) {
        const [one, other] = [ratio(table), ratio(turned)];
        expectClose(one.estimate * other.estimate, 1, 'inverse', 1e-14);
        expectClose(one.interval[0] * other.interval[1], 1, 'limits', 1e-12);
        expect(one.interval[0]).toBeLessThanOrEqual(one.estimate);
      }
    }),
  );
});
