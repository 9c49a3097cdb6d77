/**
 * The signal model by plain least squares, written from the formulas of docs/dixon.md and not from the
 * kernel: slow, and the check of the kernel.
 */
import type { SignalModel } from '../../src/dixon/signal-model.js';

/** A complex number. */
type Complex = readonly [number, number];

/** Values at the echoes, as (re, im, re, im, …). */
type Signal = readonly number[];

/** Water and fat signals of unit amount at a field (Hz) and a decay (1/s). */
function basis(model: SignalModel, fieldHz: number, r2star: number): [Signal, Signal] {
  const water: number[] = [];
  const fat: number[] = [];
  model.timesS.forEach((t, k) => {
    const angle = 2 * Math.PI * fieldHz * t;
    const re = Math.exp(-r2star * t) * Math.cos(angle);
    const im = Math.exp(-r2star * t) * Math.sin(angle);
    water.push(re, im);
    fat.push(
      re * model.fatReal[k] - im * model.fatImaginary[k],
      re * model.fatImaginary[k] + im * model.fatReal[k],
    );
  });
  return [water, fat];
}

/** z·s */
function times([a, b]: Complex, signal: Signal): number[] {
  return signal.map((v, i) =>
    i % 2 === 0 ? a * v - b * signal[i + 1] : a * v + b * signal[i - 1],
  );
}

function dot(a: Signal, b: Signal): number {
  return a.reduce((sum, v, i) => sum + v * b[i], 0);
}

/** Solve a symmetric positive definite system by Gauss–Jordan elimination with pivoting. */
export function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const n = right.length;
  const rows = matrix.map((row, i) => [...row, right[i]]);
  for (let c = 0; c < n; c++) {
    let pivot = c;
    for (let r = c; r < n; r++) if (Math.abs(rows[r][c]) > Math.abs(rows[pivot][c])) pivot = r;
    [rows[c], rows[pivot]] = [rows[pivot], rows[c]];
    for (let r = 0; r < n; r++) {
      if (r === c) continue;
      const factor = rows[r][c] / rows[c][c];
      for (let k = c; k <= n; k++) rows[r][k] -= factor * rows[c][k];
    }
  }
  return rows.map((row, i) => row[n] / row[i]);
}

/** Least squares for real columns: coefficients and residual sum of squares. */
export function fit(columns: readonly Signal[], echoes: Signal): { x: number[]; cost: number } {
  const gram = columns.map((a) => columns.map((b) => dot(a, b)));
  const x = solve(
    gram,
    columns.map((a) => dot(a, echoes)),
  );
  const left = echoes.map((v, i) => v - columns.reduce((sum, c, j) => sum + x[j] * c[i], 0));
  return { x, cost: dot(left, left) };
}

/** Complex water and fat as four real columns. */
export function independentColumns(model: SignalModel, fieldHz: number, r2star: number): Signal[] {
  return basis(model, fieldHz, r2star).flatMap((signal) => [[...signal], times([0, 1], signal)]);
}

/** Best real water and fat with the common phase φ. */
export function fitWithPhase(
  model: SignalModel,
  echoes: Signal,
  fieldHz: number,
  r2star: number,
  phase: number,
): { x: number[]; cost: number } {
  const turn: Complex = [Math.cos(phase), Math.sin(phase)];
  const columns = basis(model, fieldHz, r2star).map((signal) => times(turn, signal));
  return fit(columns, echoes);
}

/** The common phase of least residual, by scanning half a turn and halving the best interval. */
export function bestPhase(
  model: SignalModel,
  echoes: Signal,
  fieldHz: number,
  r2star: number,
): number {
  const cost = (phase: number) => fitWithPhase(model, echoes, fieldHz, r2star, phase).cost;
  let best = 0;
  for (let p = 0; p < Math.PI; p += 0.02) if (cost(p) < cost(best)) best = p;
  let [low, high] = [best - 0.02, best + 0.02];
  // Golden section: the cost is a cosine of 2φ, with one minimum in the interval.
  const ratio = (Math.sqrt(5) - 1) / 2;
  for (let n = 0; n < 60; n++) {
    const a = high - ratio * (high - low);
    const b = low + ratio * (high - low);
    if (cost(a) < cost(b)) high = b;
    else low = a;
  }
  const phase = (low + high) / 2;
  const [water, fat] = fitWithPhase(model, echoes, fieldHz, r2star, phase).x;
  return water + fat < 0 ? phase + Math.PI : phase;
}

/** Least residual with one phase and no negative amount. */
export function physicalCost(
  model: SignalModel,
  echoes: Signal,
  fieldHz: number,
  r2star: number,
): number {
  const phase = bestPhase(model, echoes, fieldHz, r2star);
  const both = fitWithPhase(model, echoes, fieldHz, r2star, phase);
  if (both.x[0] >= 0 && both.x[1] >= 0) return both.cost;
  const alone = basis(model, fieldHz, r2star).map(
    (signal) => fit([[...signal], times([0, 1], signal)], echoes).cost,
  );
  return Math.min(...alone);
}

/**
 * What the model predicts and how it answers to its unknowns: amounts (complex, as pairs of reals, or real
 * with a common phase), then 2π·field in rad/s and R2* in 1/s.
 */
export function jacobian(
  model: SignalModel,
  fieldHz: number,
  r2star: number,
  amounts: readonly Complex[],
  commonPhase: boolean,
): { signal: Signal; columns: Signal[] } {
  const unit = basis(model, fieldHz, r2star);
  const parts = unit.map((signal, i) => times(amounts[i], signal));
  const signal = parts[0].map((v, i) => v + parts[1][i]);
  const late = signal.map((v, i) => v * model.timesS[Math.floor(i / 2)]);
  const linear = commonPhase
    ? [...unit.map((s, i) => times(unitOf(amounts[i]), s)), times([0, 1], signal)]
    : unit.flatMap((s) => [[...s], times([0, 1], s)]);
  return { signal, columns: [...linear, times([0, 1], late), times([-1, 0], late)] };
}

function unitOf([re, im]: Complex): Complex {
  const length = Math.hypot(re, im);
  return [re / length, im / length];
}
