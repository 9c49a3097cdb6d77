import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { isFraction } from '../src/accuracies.ts';
import { audit } from '../src/audit.ts';
import { pageOf } from '../src/page/page.ts';
import { readPaper } from '../src/paper.ts';
import { prints, rounded } from '../src/rounded.ts';

interface Range {
  r: number;
  n_min: number | null;
  n_max: number | null;
  p_at_n50: number;
  p_at_n300: number;
  p_at_n266: number;
}
interface Expected {
  table2_implied_n_t_approximation: Record<string, Range>;
  table2_common_n: Record<string, [number, number]>;
  gender: Record<string, number> & { 'sub_cohorts_of_43_patients_giving_0.035': number[][] };
  metabolic: {
    'phi_tables_on_n50_that_give_0.890': {
      k_with_syndrome: number;
      of_which_grade1: number;
      phi: number;
    }[];
    'binary_tables_on_n50_that_give_0.089_or_0.035': number;
  };
  female_subgroup: Record<string, number>;
  accuracy_denominators: {
    smallest_N_test: Record<string, number>;
    smallest_N_train: Record<string, number>;
    N_below_2700_explaining_all_four_test: number[];
    splits_test_plus_train_explaining_all_eight: Record<string, number[]>;
    candidates: Record<string, { test: string[] }>;
  };
  majority_baseline: { patients: { wilson95: number[]; clopper_pearson95: number[] } };
  test_acc_vs_76_two_sided_binomial_p: Record<string, Record<string, number>>;
  auc_hanley_mcneil_ci95: Record<string, Record<string, { se: number; ci95_unclipped: number[] }>>;
  'auc_difference_0.81_vs_0.70_unpaired_independent_z': { patients: number };
  design_effect_6_rois: Record<string, { deff: number; effective_n_of_300: number }>;
}

const file = new URL('fixtures/recomputed.json.gz', import.meta.url);
const expected = JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')) as Expected;
const paper = readPaper();
const found = audit(paper);

const close = (value: number, target: number, tolerance = 1e-10) =>
  expect(Math.abs(value - target) / Math.abs(target)).toBeLessThanOrEqual(tolerance);

test('a printed decimal stands for everything that rounds to it', () => {
  const window = rounded('0.890');
  expect([0.8894, 0.8896, 0.89, 0.8904, 0.8906].map((value) => prints(value, window))).toEqual([
    false,
    true,
    true,
    true,
    false,
  ]);
  expect(rounded('71.33').low).toBeCloseTo(71.325, 10);
  expect(isFraction(rounded('66.67'), 3)).toBe(true);
  expect(isFraction(rounded('66.66'), 3)).toBe(false);
});

describe('Table 2', () => {
  test.each([
    ['Age', 'age'],
    ['Gender', 'gender'],
    ['Pancreatic steatosis grade', 'pancreatic'],
    ['Metabolic syndrome', 'metabolic'],
    ['Metabolic syndrome read as 0.089', 'metabolic_alt_0.089'],
  ])('%s: rows and P', (name, key) => {
    const { pairs, shifted } = found.table2;
    const pair = [...pairs, shifted].find((one) => one.name === name)!;
    const target = expected.table2_implied_n_t_approximation[key]!;
    expect(pair.rows ?? null).toEqual(
      target.n_min === null ? null : { from: target.n_min, to: target.n_max },
    );
    expect(pair.pAt.map(({ rows }) => rows)).toEqual([50, 266, 300]);
    close(pair.pAt[0]!.p, target.p_at_n50);
    close(pair.pAt[1]!.p, target.p_at_n266);
    close(pair.pAt[2]!.p, target.p_at_n300);
  });

  test('all rows agree on 264 to 270 when 0.890 is read as 0.089', () => {
    const [from, to] = expected.table2_common_n['age,gender,pancreatic,metabolic_if_0.089']!;
    expect(found.table2.common).toEqual({ from, to });
  });

  test('tables of 50 patients that have the coefficients', () => {
    const tables = found.table2.metabolicTables;
    expect(
      tables.map(({ yes, yesInGrade1, phi }) => [yes, yesInGrade1, Number(phi.toFixed(4))]),
    ).toEqual(
      expected.metabolic['phi_tables_on_n50_that_give_0.890'].map((one) => [
        one.k_with_syndrome,
        one.of_which_grade1,
        one.phi,
      ]),
    );
    expect(found.table2.smallTables).toBe(
      expected.metabolic['binary_tables_on_n50_that_give_0.089_or_0.035'],
    );
  });
});

test('gender', () => {
  const { gender } = found;
  const target = expected.gender;
  close(gender.phi, target['phi_from_counts']!);
  close(gender.p, target['p_t_n50']!);
  close(gender.pRepeated, target['p_t_if_rows_repeated_to_300']!);
  close(gender.fisherP, target['fisher_two_sided_p']!);
  close(gender.chiSquareP, target['chi2_p']!);
  close(gender.chiSquareYatesP, target['chi2_yates_p']!);
  close(gender.oddsRatio, target['sample_odds_ratio']!);
  // SciPy 1.17.1, odds_ratio(kind='conditional'); R's root finder gives 1.69526950 (0.373-7.766).
  close(gender.conditionalOddsRatio, 1.6953398806191482);
  close(gender.conditionalInterval[0], 0.37326070652292115);
  close(gender.conditionalInterval[1], 7.766307211521898);
  // audit by hand: Woolf 0.463-6.351
  expect(gender.oddsRatioInterval.map((limit) => limit.toFixed(3))).toEqual(['0.463', '6.351']);
  expect(gender.canOccur).toBe(false);
  expect(gender.subCohorts.map(({ counts }) => counts.map((c) => c.flat()))).toEqual([
    [],
    [],
    target['sub_cohorts_of_43_patients_giving_0.035'],
  ]);
});

test('women only', () => {
  const [age, metabolic] = found.women.needed;
  const target = expected.female_subgroup;
  expect(found.women.women).toBe(target['women']);
  expect(Number(age!.byPatient.toFixed(4))).toBe(target['r_needed_p_0.002_n20']);
  expect(Number(metabolic!.byPatient.toFixed(4))).toBe(target['r_needed_p_0.007_n20']);
  expect(Number(age!.byRoi.toFixed(4))).toBe(target['r_needed_p_0.002_n120']);
  expect(Number(metabolic!.byRoi.toFixed(3))).toBe(target['r_needed_p_0.007_n120']);
});

test('accuracies as fractions', () => {
  const { accuracies } = found;
  const target = expected.accuracy_denominators;
  const cases = (set: 'training' | 'test') =>
    Object.fromEntries(accuracies.models.map((model) => [model.name, model[set].cases]));
  expect(cases('test')).toEqual(target.smallest_N_test);
  expect(cases('training')).toEqual(target.smallest_N_train);
  expect(accuracies.fittingAll).toEqual(target.N_below_2700_explaining_all_four_test);
  expect(accuracies.plausibleFittingAll).toEqual([]);
  expect(accuracies.plausibleTried).toBe(Object.keys(target.candidates).length);
  expect(accuracies.plausible).toEqual(
    Object.entries(target.candidates)
      .filter(([, { test: models }]) => models.length > 0)
      .map(([size, { test: models }]) => ({ cases: Number(size), test: models })),
  );
  expect(
    Object.fromEntries(accuracies.splits.map(({ total, testSizes }) => [total, testSizes])),
  ).toEqual(target.splits_test_plus_train_explaining_all_eight);
  // 0.91 of 4-tuples drawn elsewhere; the share moves by half a point from draw to draw.
  expect(accuracies.chanceShare).toBeGreaterThan(0.88);
  expect(accuracies.chanceShare).toBeLessThan(0.94);
});

test('majority rate', () => {
  const { majority } = found;
  const { wilson95, clopper_pearson95 } = expected.majority_baseline.patients;
  majority.wilson.forEach((limit, i) => close(limit, wilson95[i]!));
  majority.clopperPearson.forEach((limit, i) => close(limit, clopper_pearson95[i]!));
  for (const { name, pAt } of majority.models) {
    for (const { cases, p } of pAt) {
      close(p, expected.test_acc_vs_76_two_sided_binomial_p[name]![String(cases)]!);
    }
  }
  expect(majority.models.filter(({ above }) => above).map(({ name }) => name)).toEqual(['XGBoost']);
});

test('areas', () => {
  const keys = [
    'patients_12_38',
    'test_15_patients_4_11',
    'test_10_patients_2_8',
    'rois_72_228_wrongly_independent',
    'augmented_576_1824_wrongly_independent',
  ];
  const clipped = (limit: number) => Math.max(0, Math.min(1, limit));
  keys.forEach((key, i) => {
    for (const { auc, standardError, interval } of found.areas.units[i]!.areas) {
      const { se, ci95_unclipped } = expected.auc_hanley_mcneil_ci95[key]![String(auc)]!;
      close(standardError, se);
      // The reference has z = 1.959964.
      interval.forEach((limit, end) => close(limit, clipped(ci95_unclipped[end]!), 1e-7));
    }
  });
  const { z } = found.areas.difference;
  close(z, expected['auc_difference_0.81_vs_0.70_unpaired_independent_z'].patients);
  // 122 patients reach 0.0501.
  expect(found.areas.positivesForHalfWidth).toBe(123);
  for (const { correlation, effect, effectiveRows } of found.areas.designEffects) {
    const target = expected.design_effect_6_rois[String(correlation)]!;
    close(effect, target.deff);
    close(effectiveRows, target.effective_n_of_300);
  }
});

test('the page says what was found, in one piece', () => {
  const page = pageOf(found);
  expect(page).not.toMatch(/undefined|NaN|<script|https?:\/\/(?!www\.w3\.org)/);
  expect(page).toContain('264 to 270');
  expect(page).toContain('the mix of grades in the test set is not stated');
  expect(page.match(/<svg/g)).toHaveLength(3);
  expect(page).toContain('Research software, not a medical device');
});
