import { readdirSync } from 'node:fs';
import { folder, readGzip, readJson, readTable, type Table } from './fixtures.js';

/** Values of one row, or of one row and class. */
type PerClass<T> = T[] | T[][];

/** XGBoost's parameters by its own names; those that a case does not mention are absent. */
export interface ReferenceParameters {
  objective:
    | 'binary:logistic'
    | 'count:poisson'
    | 'multi:softprob'
    | 'reg:absoluteerror'
    | 'reg:squarederror';
  num_class?: number;
  max_depth: number;
  eta: number;
  max_bin?: number;
  grow_policy?: 'depthwise' | 'lossguide';
  max_leaves?: number;
  min_child_weight?: number;
  gamma?: number;
  lambda?: number;
  alpha?: number;
  max_delta_step?: number;
  scale_pos_weight?: number;
  base_score?: number;
  max_cat_to_onehot?: number;
  max_cat_threshold?: number;
  /** Like `(0,0,1,-1)`. */
  monotone_constraints?: string;
  /** Like `[[0,1],[1,2]]`. */
  interaction_constraints?: string;
  eval_metric?: string | string[];
}

/** What XGBoost 3.2.0 gives for a case; the README of the fixtures explains the fields. */
interface ReferenceExpectation {
  case: string;
  dataset: string;
  params: ReferenceParameters;
  num_boost_round: number;
  /** One letter per feature, `c` for categories; null if all are numbers. */
  feature_types: ('c' | 'q')[] | null;
  target_transform: 'round' | null;
  uses_weight: boolean;
  early_stopping_rounds?: number;
  valid_rows?: string;
  evals_result: Record<string, Record<string, number[]>>;
  best_iteration?: number;
  best_score?: number;
  n_rounds_trained?: number;
  margin_best_iteration?: number[];
  /** The first value of a numeric feature is its lower bound, the rest are the upper bounds of its bins. */
  cuts: { indptr: number[]; values: number[] };
  /** All rows, the first 200 of larger multi-class tables. */
  margin: PerClass<number>;
  prediction: PerClass<number>;
  /** Rows of `leaf` and `contribs`. */
  leaf_rows: number;
  leaf: number[][];
  /** [row][feature, then bias], or [row][class][feature, then bias]. */
  contribs: PerClass<number[]>;
  contribs_approx: PerClass<number[]>;
  interactions?: PerClass<number[][]>;
  /** By `f0`, `f1`, …; features that are never tested are absent. */
  importance: Record<
    'weight' | 'gain' | 'cover' | 'total_gain' | 'total_cover',
    Record<string, number>
  >;
  base_score_saved: string;
}

export interface ReferenceCase {
  expected: ReferenceExpectation;
  /** Every row of the table, the target transformed, the weight only if the case uses it. */
  table: Table;
  /** Rows that were trained on, ascending. */
  trainRows: number[];
  /** Rows held back for early stopping, ascending; empty if there was none. */
  validRows: number[];
  /** The file that `save_model('….json')` wrote. */
  modelJson: () => Uint8Array;
  /** The file that `save_model('….ubj')` wrote. */
  modelUbj: () => Uint8Array;
}

/** Names of all XGBoost reference cases. */
export function referenceCaseNames(): string[] {
  return caseNames('reference/xgboost');
}

/** One XGBoost reference case with its table. */
export function readReferenceCase(name: string): ReferenceCase {
  const expected = readJson(`reference/xgboost/${name}.expected.json.gz`) as ReferenceExpectation;
  const table = readTable(expected.dataset);
  if (expected.target_transform === 'round') table.y = table.y.map(roundedCount);
  if (!expected.uses_weight) table.weight = undefined;
  const rows = Array.from(table.y.keys());
  const held = heldBack(expected.valid_rows);
  return {
    expected,
    table,
    trainRows: rows.filter((row) => !held(row)),
    validRows: rows.filter(held),
    modelJson: () => readGzip(`reference/xgboost/${name}.model.json.gz`),
    modelUbj: () => readGzip(`reference/xgboost/${name}.model.ubj.gz`),
  };
}

/** Some rows of a table. */
export function rowsOfTable({ x, y, weight }: Table, rows: readonly number[]): Table {
  const data = new Float32Array(rows.length * x.columns);
  rows.forEach((row, to) => {
    data.set(x.data.subarray(row * x.columns, (row + 1) * x.columns), to * x.columns);
  });
  return {
    x: { data, rows: rows.length, columns: x.columns },
    y: rows.map((row) => y[row]),
    weight: weight && rows.map((row) => weight[row]),
  };
}

/** What LightGBM gives for one of its models. */
export interface LightGBMExpectation {
  case: string;
  dataset: string;
  /** `whole`: cut to whole numbers; `gaps`: missing, negative, fractional and unknown categories. */
  features?: 'whole' | 'gaps' | null;
  /** Before and after the objective's transform. */
  raw: PerClass<number>;
  prediction: PerClass<number>;
  /** Raw predictions of the iterations `part[0]` … `part[1]` − 1. */
  raw_part?: PerClass<number> | null;
  part?: [number, number];
  leaf: number[][];
  /** [row][feature, then bias], the classes one after the other. */
  contribs: number[][] | null;
  importance_split: number[];
  importance_gain: number[];
}

/** Names of all LightGBM cases: those of the reference, then further ones. */
export function lightGBMCaseNames(): string[] {
  return [...caseNames('reference/lightgbm'), ...caseNames('lightgbm')];
}

/** One LightGBM model with its table and what LightGBM predicts for the first rows. */
export function readLightGBMCase(name: string): {
  expected: LightGBMExpectation;
  table: Table;
  modelText: () => string;
} {
  const place = name.startsWith('lgb_') ? 'reference/lightgbm' : 'lightgbm';
  const expected = readJson(`${place}/${name}.expected.json.gz`) as LightGBMExpectation;
  const table = readTable(expected.dataset);
  change(table.x, expected.features);
  return {
    expected,
    table,
    modelText: () => new TextDecoder().decode(readGzip(`${place}/${name}.model.txt.gz`)),
  };
}

/** What the generator of the further models does to the features before it predicts. */
function change({ data, rows, columns }: Table['x'], how: LightGBMExpectation['features']): void {
  if (how === 'whole') {
    for (let at = 0; at < data.length; at++) data[at] = Math.trunc(data[at]);
  }
  if (how !== 'gaps') return;
  for (let row = 0; row < rows; row++) {
    const at = row * columns;
    if (row % 7 === 0) data[at + 2] = Number.NaN;
    if (row % 11 === 3) data[at + 2] = -1;
    if (row % 13 === 5) data[at + 2] += 0.5;
    if (row % 17 === 4) data[at + 1] = 1e6;
  }
}

function caseNames(kind: string): string[] {
  return readdirSync(new URL(`${kind}/`, folder))
    .flatMap((file) => /^(.*)\.expected\.json\.gz$/.exec(file)?.[1] ?? [])
    .toSorted();
}

/** Rounded to the nearest integer, ties to even, and not below 0. */
function roundedCount(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  const up = rest > 0.5 || (rest === 0.5 && below % 2 !== 0);
  return Math.max(0, up ? below + 1 : below);
}

/** The rule as the reference states it, e.g. `row index % 4 == 0 (all others train)`. */
function heldBack(rule: string | undefined): (row: number) => boolean {
  if (rule === undefined) return () => false;
  const [, divisor, rest] = /^row index % (\d+) == (\d+)/.exec(rule) ?? [];
  if (divisor === undefined) throw new Error(`unknown rule: ${rule}`);
  return (row) => row % Number(divisor) === Number(rest);
}
