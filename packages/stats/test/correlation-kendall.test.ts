import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Alternative, kendall, type KendallOptions } from '../src/index.js';
import { concordance } from '../src/correlation/concordance.js';
import { atMostInversions } from '../src/correlation/inversions.js';
import { logGamma } from '../src/special/log-gamma.js';
import { expectClose, reference } from './support/reference.js';

interface Case {
  name: string;
  x: number[];
  y: number[];
  ties: boolean;
  kendall_tau_b: { tau: number; p_asymptotic: number; p_exact?: number | null };
  kendall_tau_c: number;
}
const { cases } = reference<{ cases: Case[] }>('correlation');
const ofR = reference<{
  correlation: Record<
    string,
    { kendall_default: { tau: number; p: number }; kendall_asymptotic: number }
  >;
}>('r').correlation;

test.each(cases)("Kendall's tau of $name equals SciPy's and R's", (known) => {
  const { name, x, y, ties } = known;
  const { tau, p_asymptotic, p_exact } = known.kendall_tau_b;
  const asymptotic = kendall(x, y, { method: 'asymptotic' });
  expectClose(asymptotic.coefficient, tau, 'tau-b');
  expectClose(asymptotic.p, p_asymptotic, 'P of the normal distribution');
  expectClose(asymptotic.p, ofR[name].kendall_asymptotic, "R's P of the normal distribution");
  expectClose(asymptotic.logP, Math.log(asymptotic.p), 'ln P', 1e-13);
  expect(asymptotic.method).toContain('normal approximation');
  expectClose(kendall(x, y, { variant: 'c' }).coefficient, known.kendall_tau_c, 'tau-c');
  const byDefault = kendall(x, y);
  expectClose(byDefault.coefficient, ofR[name].kendall_default.tau, "R's tau");
  expectClose(byDefault.p, ofR[name].kendall_default.p, "R's P");
  expect(ties ? asymptotic.method : byDefault.method).toContain(
    ties ? 'corrected for ties' : x.length < 50 ? 'exact' : 'normal',
  );
  if (typeof p_exact === 'number' && !ties) {
    const exact = kendall(x, y, { method: 'exact' });
    expectClose(exact.p, p_exact, 'exact P');
    expectClose(exact.logP, Math.log(p_exact), 'ln of the exact P');
  }
});

test('the pairs of the job-satisfaction survey are those of the textbook', () => {
  // Agresti (2002, Categorical Data Analysis, 2nd edition, table 2.8): 1331 concordant, 849 discordant pairs, gamma 0.221.
  const { x, y } = observations([
    [1, 3, 10, 6],
    [2, 3, 10, 7],
    [1, 6, 14, 12],
    [0, 1, 9, 11],
  ]);
  const { concordantPairs: c, discordantPairs: d } = kendall(x, y);
  expect([c, d]).toEqual([1331, 849]);
  expect((c - d) / (c + d)).toBeCloseTo(0.221, 3);
});

const grades = fc.integer({ min: 0, max: 3 }).map((grade) => grade / 2 - 1);
const smallPairs = fc.array(fc.tuple(grades, grades), { minLength: 2, maxLength: 7 });
const somePairs = fc.array(fc.tuple(grades, fc.integer({ min: -6, max: 6 })), {
  minLength: 2,
  maxLength: 40,
});
const columns = (pairs: readonly (readonly [number, number])[]) => ({
  x: pairs.map(([x]) => x),
  y: pairs.map(([, y]) => y),
});
const SIDES = ['two-sided', 'less', 'greater'] as const;

test('the exact P is the share of all orders, with ties and without', () => {
  fc.assert(
    fc.property(smallPairs, (pairs) => {
      const { x, y } = columns(pairs);
      if (new Set(x).size < 2 || new Set(y).size < 2) return;
      const found = score(x, y);
      const all = permutations(y).map((order) => score(x, order));
      for (const alternative of SIDES) {
        const expected = all.filter((s) => asFar(s, found, alternative)).length / all.length;
        const { p, logP, statistic } = kendall(x, y, { method: 'exact', alternative });
        expectClose(p, expected, `${alternative} of ${x.join()} and ${y.join()}`, 1e-12);
        expectClose(logP, Math.log(expected), 'ln P', 1e-11);
        expect(Math.sign(statistic)).toBe(Math.sign(found));
      }
      // The standard deviation of the score over all orders stands behind z.
      const variance = all.reduce((sum, s) => sum + s * s, 0) / all.length;
      const { statistic } = kendall(x, y);
      expect(Math.abs(statistic - found / Math.sqrt(variance))).toBeLessThan(1e-12);
    }),
    { numRuns: 60 },
  );
});

test('pairs are counted as pair by pair; tau flips with a sign and does not mind who is first', () => {
  fc.assert(
    fc.property(somePairs, (pairs) => {
      const { x, y } = columns(pairs);
      const found = kendall(x, y);
      const turned = kendall(
        x,
        y.map((value) => -value),
      );
      const swapped = kendall(y, x);
      const mapped = kendall(
        x.map((value) => Math.exp(3 * value)),
        y.map((value) => value ** 3),
      );
      if (found.reason === 'constant-input') {
        expect(turned).toMatchObject({ coefficient: NaN, p: NaN, reason: 'constant-input' });
        return;
      }
      const [concordant, discordant] = counted(x, y);
      expect([found.concordantPairs, found.discordantPairs]).toEqual([concordant, discordant]);
      expect(turned.coefficient).toBe(0 - found.coefficient);
      expect(mapped).toEqual(found);
      expect(swapped.coefficient).toBeCloseTo(found.coefficient, 14);
      expect(swapped.p).toBeCloseTo(found.p, 12);
      for (const options of [
        {},
        { variant: 'c' },
        { interval: 'brown-benedetti' },
      ] as KendallOptions[]) {
        const { coefficient, interval } = kendall(x, y, options);
        expect(interval[0]).toBeLessThanOrEqual(coefficient);
        expect(interval[1]).toBeGreaterThanOrEqual(coefficient);
        expect(Math.max(...interval.map(Math.abs))).toBeLessThanOrEqual(1);
      }
    }),
  );
});

test('standard errors are those of the table of counts', () => {
  // Brown and Benedetti (1977), as SAS and SPSS document them for a table of counts.
  const table = [
    [1, 3, 10, 6],
    [2, 3, 10, 7],
    [1, 6, 14, 12],
    [0, 1, 9, 11],
    [2, 0, 1, 5],
  ];
  const { x, y } = observations(table);
  const n = x.length;
  const cells = table.flatMap((row, i) => row.map((count, j) => ({ count, i, j })));
  const excess = (i: number, j: number) =>
    cells.reduce((sum, cell) => sum + cell.count * Math.sign((cell.i - i) * (cell.j - j)), 0);
  const rowTotals = table.map((row) => row.reduce((a, b) => a + b));
  const columnTotals = table[0].map((_, j) => table.reduce((sum, row) => sum + row[j], 0));
  const untied = (totals: number[]) => n * n - totals.reduce((sum, t) => sum + t * t, 0);
  const [wR, wC] = [untied(rowTotals), untied(columnTotals)];
  const w = Math.sqrt(wR * wC);
  const twiceScore = cells.reduce((sum, { count, i, j }) => sum + count * excess(i, j), 0);
  const tau = twiceScore / w;
  const spread = cells.reduce((sum, { count, i, j }) => {
    const v = rowTotals[i] * wC + columnTotals[j] * wR;
    return sum + count * (2 * w * excess(i, j) + tau * v) ** 2;
  }, 0);
  const ofB = Math.sqrt(spread - n ** 3 * tau ** 2 * (wR + wC) ** 2) / w ** 2;
  const found = kendall(x, y, { interval: 'brown-benedetti' });
  expectClose(found.coefficient, tau, 'tau-b', 1e-14);
  expectClose(found.standardError, ofB, 'standard error of tau-b', 1e-12);
  expectClose(found.interval[1], tau + 1.959963984540054 * ofB, 'upper limit', 1e-12);
  expect(found.method).toContain('Brown');

  const m = 4;
  const squares = cells.reduce((sum, { count, i, j }) => sum + count * excess(i, j) ** 2, 0);
  const ofC = ((2 * m) / ((m - 1) * n * n)) * Math.sqrt(squares - twiceScore ** 2 / n);
  const stuart = kendall(x, y, { variant: 'c', interval: 'brown-benedetti' });
  expectClose(stuart.standardError, ofC, 'standard error of tau-c', 1e-12);
  expect(stuart.p).toBe(found.p);
});

test('the interval of Fieller, Hartley and Pearson is tanh(atanh tau ± z √(0.437/(n − 4)))', () => {
  const x = [...Array<number>(30).keys()];
  const y = x.map((value) => (value * 7) % 31);
  const { coefficient, interval } = kendall(x, y, { level: 0.9 });
  const reach = 1.6448536269514722 * Math.sqrt(0.437 / 26);
  expectClose(interval[0], Math.tanh(Math.atanh(coefficient) - reach), 'lower limit', 1e-12);
  expectClose(interval[1], Math.tanh(Math.atanh(coefficient) + reach), 'upper limit', 1e-12);
  expect(kendall([1, 2, 3, 4], [1, 3, 2, 4]).interval).toEqual([-1, 1]);
});

test('inversions are counted exactly, also where their number is no double', () => {
  const [n, most] = [200, 3000];
  let counts = [1n];
  for (let i = 2; i <= n; i++) {
    const next: bigint[] = [];
    let sum = 0n;
    for (let k = 0; k <= Math.min(most, (i * (i - 1)) / 2); k++) {
      sum += counts[k] ?? 0n;
      if (k >= i) sum -= counts[k - i] ?? 0n;
      next.push(sum);
    }
    counts = next;
  }
  const favourable = counts.reduce((sum, count) => sum + count, 0n);
  const lead = favourable.toString();
  const logCount = Math.log(Number(`0.${lead.slice(0, 17)}`)) + lead.length * Math.LN10;
  const { p, logP } = atMostInversions(n, most);
  expectClose(logP, logCount - logGamma(n + 1), 'ln P', 1e-12);
  expectClose(p, Math.exp(logP), 'P', 1e-13);
  // A perfect order of 200: its probability 1/200! is no double.
  expectClose(atMostInversions(n, 0).logP, -logGamma(n + 1), 'ln of 1/200!', 1e-14);
  expect(atMostInversions(n, 0).p).toBe(0);
  // Orders and their reversals.
  expectClose(1 - atMostInversions(9, 20).p, atMostInversions(9, 15).p, 'the other tail', 1e-13);
  expect(atMostInversions(4, 6)).toEqual({ p: 1, logP: 0 });
});

test('each observation knows its own concordant less discordant pairs', () => {
  const x = Float64Array.from({ length: 300 }, (_, i) => (i * 37) % 101);
  const y = Float64Array.from({ length: 300 }, (_, i) => (i * i) % 13);
  const { excess, sizeX, sizeY } = concordance(x, y);
  const own = Array.from(x, (value, i) => [
    x.reduce((sum, other, j) => sum + Math.sign((other - value) * (y[j] - y[i])), 0),
    x.filter((other) => other === value).length,
    y.filter((other) => other === y[i]).length,
  ]);
  const sorted = (rows: number[][]) => rows.map((row) => row.join()).sort();
  expect(sorted(Array.from(excess, (value, i) => [value, sizeX[i], sizeY[i]]))).toEqual(
    sorted(own),
  );
});

test('a hundred thousand pairs are counted in whole numbers', () => {
  const n = 100_000;
  // Blocks of ten, each turned around: only pairs within a block are discordant.
  const x = Float64Array.from({ length: n }, (_, i) => i);
  const y = Float64Array.from({ length: n }, (_, i) => i - (i % 10) + (9 - (i % 10)));
  const found = kendall(x, y);
  expect(found.discordantPairs).toBe((n / 10) * 45);
  expect(found.concordantPairs).toBe((n * (n - 1)) / 2 - (n / 10) * 45);
  expect(found.p).toBe(0);
  expect(found.logP).toBeLessThan(-1e4);
});

test.each([
  [[], [], 'too-few-observations'],
  [[1], [2], 'too-few-observations'],
  [[1, 1, 1], [1, 2, 3], 'constant-input'],
  [[1, 2, 3], [0, -0, 0], 'constant-input'],
  [[1, NaN, 3], [1, 2, 3], 'nan-input'],
] as const)('%j and %j give NaN with a reason', (x, y, reason) => {
  const { NaN: nan } = Number;
  expect(kendall(x, y)).toMatchObject({
    coefficient: nan,
    interval: [nan, nan],
    standardError: nan,
    statistic: nan,
    p: nan,
    logP: nan,
    concordantPairs: nan,
    n: x.length,
    reason,
  });
});

test('NaN, infinities and perfect orders', () => {
  const x = [1, 2, NaN, 4, 5, 6];
  const y = [2, 1, 3, -Infinity, Infinity, 4];
  const found = kendall(x, y, { nanPolicy: 'omit' });
  expect(found).toEqual(kendall([1, 2, 4, 5, 6], [2, 1, -9, 9, 4]));
  expect(() => kendall(x, y, { nanPolicy: 'raise' })).toThrow('x[2]');
  const perfect = kendall([1, 2, 3, 4, 5, 6], [2, 3, 5, 7, 11, 13]);
  expect(perfect).toMatchObject({ coefficient: 1, interval: [1, 1], reason: 'boundary-estimate' });
  expect(kendall([1, 2, 3, 4, 5, 6], [2, 3, 5, 7, 11, 13], { variant: 'c' }).coefficient).toBe(1);
  expectClose(perfect.p, 2 / 720, 'P of a perfect order', 1e-15);
  // Two pairs are in order or not, whatever they are.
  expect(kendall([1, 2], [5, 3])).toMatchObject({ coefficient: -1, p: 1, interval: [-1, 1] });
});

test('what cannot be is refused by name', () => {
  expect(() => kendall([1, 2], [1])).toThrow('as many as x');
  expect(() => kendall([1, 2], [1, 2], { variant: 'a' as 'b' })).toThrow('variant');
  expect(() => kendall([1, 2], [1, 2], { method: 'fast' as 'exact' })).toThrow('method');
  expect(() => kendall([1, 2], [1, 2], { interval: 'wald' as 'fieller' })).toThrow('interval');
  const x = Float64Array.from({ length: 60_000 }, (_, i) => i);
  const y = x.map((value) => (value * 31) % 60_013);
  expect(() => kendall(x, y, { method: 'exact' })).toThrow("choose 'asymptotic'");
  // Many levels on both sides, and two levels of many, in sizes that are refused before they are counted.
  for (const levels of [20, 500, 6, 2]) {
    const coarse = (factor: number) =>
      Float64Array.from({ length: 1000 }, (_, i) => (i * factor) % levels);
    expect(() =>
      kendall(coarse(7), levels > 2 ? coarse(11) : x.subarray(0, 1000), { method: 'exact' }),
    ).toThrow('fewer');
  }
});

test('two levels beside many values are counted, however many orders there are', () => {
  const x = Array.from({ length: 60 }, (_, i) => (i % 3 === 0 ? 1 : 0));
  const y = Array.from({ length: 60 }, (_, i) => (i * 17) % 61);
  const { p } = kendall(x, y, { method: 'exact' });
  const approximate = kendall(x, y, { method: 'asymptotic' }).p;
  expect(p).not.toBe(approximate);
  expect(Math.abs(p - approximate)).toBeLessThan(0.02);
});

function observations(table: readonly (readonly number[])[]) {
  const x: number[] = [];
  const y: number[] = [];
  table.forEach((row, i) =>
    row.forEach((count, j) => {
      for (let k = 0; k < count; k++) {
        x.push(i);
        y.push(j);
      }
    }),
  );
  return { x, y };
}

function score(x: readonly number[], y: readonly number[]): number {
  const [concordant, discordant] = counted(x, y);
  return concordant - discordant;
}

function counted(x: readonly number[], y: readonly number[]): [number, number] {
  let [concordant, discordant] = [0, 0];
  for (let i = 0; i < x.length; i++) {
    for (let j = 0; j < i; j++) {
      const product = (x[i] - x[j]) * (y[i] - y[j]);
      if (product > 0) concordant++;
      else if (product < 0) discordant++;
    }
  }
  return [concordant, discordant];
}

function asFar(s: number, found: number, alternative: Alternative): boolean {
  if (alternative === 'two-sided') return Math.abs(s) >= Math.abs(found);
  return alternative === 'greater' ? s >= found : s <= found;
}

function permutations(values: readonly number[]): number[][] {
  if (values.length < 2) return [[...values]];
  return values.flatMap((value, i) =>
    permutations([...values.slice(0, i), ...values.slice(i + 1)]).map((rest) => [value, ...rest]),
  );
}
