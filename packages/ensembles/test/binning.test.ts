import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '@steatosis/core';
import { EngineMemory } from '../src/engine/memory.js';
import { soloTeam } from '../src/engine/team.js';
import { type DenseMatrix, InvalidDataError } from '../src/index.js';
import { binMatrix, type BinningOptions } from '../src/xgb/binning/bin-matrix.js';
import { type BinnedMatrix, binCount, cutAfter } from '../src/xgb/binning/binned-matrix.js';
import { binningSteps } from '../src/xgb/binning/steps.js';
import { readJson } from './support/fixtures.js';
import { sequentialTeam } from './support/sequential-team.js';
import { readReferenceCase, referenceCaseNames, rowsOfTable } from './support/reference.js';

type Matrix = DenseMatrix<Float32Array>;

interface Binned {
  engine: EngineMemory;
  binned: BinnedMatrix;
}

function bin(x: Matrix, options: BinningOptions, members = 1): Binned {
  const engine = new EngineMemory();
  const steps = binningSteps(engine, x);
  const team = members === 1 ? soloTeam(steps) : sequentialTeam(members, steps);
  return { engine, binned: binMatrix(engine, team, x, options) };
}

function binAt({ engine, binned }: Binned, row: number, feature: number): number {
  const { bins, tileBytes, binBytes } = binned;
  const at = bins + (feature >> 2) * tileBytes + (4 * row + (feature & 3)) * binBytes;
  const { u8 } = engine;
  return binBytes === 1 ? u8[at] : u8[at] + 256 * u8[at + 1];
}

/** As XGBoost shows them: the lower bound of a numeric feature before its cuts. */
function shownCuts({ cuts }: BinnedMatrix): { indptr: number[]; values: number[] } {
  const indptr = [0];
  const values: number[] = [];
  cuts.minimums.forEach((minimum, f) => {
    if (cuts.categorical[f] === 0) values.push(minimum);
    values.push(...cuts.values.subarray(cuts.pointers[f], cuts.pointers[f + 1]));
    indptr.push(values.length);
  });
  return { indptr, values };
}

/** XGBoost keeps 0 or −0, whichever its unstable sort leaves first; here a cut is never −0. */
function shownByXGBoost({ indptr, values }: { indptr: number[]; values: number[] }) {
  return { indptr, values: values.map((value) => Math.fround(value) + 0) };
}

describe.each(referenceCaseNames())('%s', (name) => {
  it('has the cut points of XGBoost to the last bit', () => {
    const { expected, table, trainRows } = readReferenceCase(name);
    const { x, weight } = rowsOfTable(table, trainRows);
    const { binned } = bin(x, {
      maxBin: expected.params.max_bin ?? 256,
      weights: weight && Float32Array.from(weight),
      featureTypes: expected.feature_types ?? undefined,
    });
    expect(shownCuts(binned)).toEqual(shownByXGBoost(expected.cuts));
  });
});

type Kind = 'plain' | 'weights' | 'missing' | 'weights_zero';

/** The tables of `generate-sketch.py`. */
function sketchTable(
  rows: number,
  columns: number,
  kind: Kind,
): { x: Matrix; weights?: Float32Array } {
  const data = new Float32Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let c = 0; c < columns; c++) {
      let value = (((i * 7919 + c * 104729) % 100003) - 50000) * 2 ** (c - 3);
      if (kind === 'plain' && c === columns - 1) value = ((Math.floor(i / 3) * 31) % 701) - 350;
      if (kind === 'missing' && (i * (c + 3)) % 11 < 3) value = Number.NaN;
      data[i * columns + c] = value;
    }
  }
  const x = { data, rows, columns };
  const rowNumbers = Float32Array.from({ length: rows }, (_, i) => i);
  if (kind === 'weights') return { x, weights: rowNumbers.map((i) => 1 + (i % 7) * 0.3) };
  if (kind === 'weights_zero') return { x, weights: rowNumbers.map((i) => (i % 3) * 0.7) };
  return { x };
}

describe('a sketch of several levels', () => {
  it.each([
    'levels16',
    'levels16_weights',
    'levels64_missing',
    'levels256',
    'bins4000',
    'bins65535',
    'weights_zero',
  ])('%s has the cut points of XGBoost to the last bit', (name) => {
    const expected = readJson(`sketch/${name}.json.gz`) as {
      rows: number;
      columns: number;
      max_bin: number;
      kind: Kind;
      indptr: number[];
      values: number[];
    };
    const { x, weights } = sketchTable(expected.rows, expected.columns, expected.kind);
    const { indptr, values } = expected;
    for (const members of [1, 3]) {
      const { binned } = bin(x, { maxBin: expected.max_bin, weights }, members);
      expect(shownCuts(binned)).toEqual(shownByXGBoost({ indptr, values }));
    }
  });
});

/** Tables of a few columns with ties, categories in every third column and, now and then, missing values. */
function tables(): fc.Arbitrary<{ x: Matrix; featureTypes: string[]; maxBin: number }> {
  return fc
    .record({
      seed: fc.integer(),
      rows: fc.integer({ min: 1, max: 400 }),
      columns: fc.integer({ min: 1, max: 9 }),
      maxBin: fc.constantFrom(2, 5, 16, 256, 300, 65535),
      missing: fc.constantFrom(0, 0, 0.3, 1),
    })
    .map(({ seed, rows, columns, maxBin, missing }) => {
      const random = createRandom(seed);
      const featureTypes = Array.from({ length: columns }, (_, c) => (c % 3 === 2 ? 'c' : 'q'));
      const data = Float32Array.from({ length: rows * columns }, (_, i) => {
        if (random.uniform() < missing) return Number.NaN;
        const column = i % columns;
        if (featureTypes[column] === 'c') return random.integer(column === 5 ? 300 : 7);
        return column % 2 === 0 ? random.normal() : random.integer(40) - 20;
      });
      return { x: { data, rows, columns }, featureTypes, maxBin };
    });
}

describe('binMatrix', () => {
  it('puts every value into the first bin whose cut exceeds it, missing ones into a slot of their own', () => {
    fc.assert(
      fc.property(tables(), fc.integer({ min: 1, max: 3 }), ({ x, ...options }, members) => {
        const result = bin(x, options, members);
        const { cuts, slots, hasMissing, binBytes } = result.binned;
        expect(hasMissing).toBe(x.data.some(Number.isNaN));
        const widths = Array.from(slots.subarray(1), (slot, f) => slot - slots[f]);
        expect(binBytes).toBe(Math.max(...widths) <= 256 ? 1 : 2);
        expect(result.engine.i32At(result.binned.slotTable, slots.length)).toEqual(slots);
        for (let f = 0; f < x.columns; f++) {
          const bins = binCount(result.binned, f);
          expect(widths[f]).toBe(bins + Number(hasMissing));
          const its = cuts.values.subarray(cuts.pointers[f], cuts.pointers[f + 1]);
          for (let row = 0; row < x.rows; row++) {
            const value = x.data[row * x.columns + f];
            const isNumber = options.featureTypes[f] === 'q';
            const above = its.findIndex((cut) => (isNumber ? cut > value : cut === value));
            const wanted = Number.isNaN(value) ? bins : above;
            expect(wanted).not.toBe(-1);
            expect(binAt(result, row, f)).toBe(wanted);
          }
        }
        for (let lane = x.columns; lane % 4 !== 0; lane++) {
          for (let row = 0; row < x.rows; row++) expect(binAt(result, row, lane)).toBe(0);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('gives the same bins and cuts to any number of members', () => {
    const { x } = sketchTable(9000, 7, 'missing');
    const one = bin(x, { maxBin: 64 });
    for (const members of [2, 5]) {
      const several = bin(x, { maxBin: 64 }, members);
      const { tiles, tileBytes } = one.binned;
      expect(several.binned.cuts).toEqual(one.binned.cuts);
      expect(several.engine.u8At(several.binned.bins, tiles * tileBytes)).toEqual(
        one.engine.u8At(one.binned.bins, tiles * tileBytes),
      );
    }
  });

  it('says what a split after a bin compares with', () => {
    const { binned } = bin(
      { data: Float32Array.of(1, 2, 4), rows: 3, columns: 1 },
      { maxBin: 256 },
    );
    expect([-1, 0, 1].map((at) => cutAfter(binned, 0, at))).toEqual([Math.fround(-1e-5), 2, 4]);
    expect(cutAfter(binned, 0, 2)).toBe(Math.fround(8 + Math.fround(1e-5)));
  });

  it.each([-1, 0.5, 65535, 2 ** 24])('refuses the category %d and says where it is', (value) => {
    const x = { data: Float32Array.of(0, 3, 1, Number.NaN, 0, value), rows: 3, columns: 2 };
    const binning = () => bin(x, { maxBin: 256, featureTypes: ['q', 'c'] });
    expect(binning).toThrow(InvalidDataError);
    expect(binning).toThrow(/row 2, column 1.*codes: integers 0 … 65534/);
  });

  it('takes as many categories as bins of two bytes can tell apart', () => {
    const x = { data: Float32Array.of(0, 65534, Number.NaN), rows: 3, columns: 1 };
    const result = bin(x, { maxBin: 256, featureTypes: ['c'] });
    expect([0, 1, 2].map((row) => binAt(result, row, 0))).toEqual([0, 65534, 65535]);
  });
});
