/** Section 4: are the printed accuracies fractions of a common number of cases? */
import { createRandom } from '@steatosis/core';
import type { Paper } from './paper.ts';
import { prints, type Rounded, rounded } from './rounded.ts';

/** Sizes that the paper's numbers suggest: patients, ROIs, augmented rows, and shares of them. */
const PLAUSIBLE = [
  10, 12, 13, 15, 25, 50, 60, 75, 90, 100, 120, 150, 180, 200, 210, 225, 240, 300, 400, 480, 540,
  600, 720, 810, 1200, 1500, 1680, 1800, 1890, 1920, 2160, 2400, 2700, 3000,
];
/** Rows of a training and a test set together. */
const TOTALS = [50, 300, 400, 600, 2400, 2700];
const BELOW = 2700;
const DRAWS = 4000;

export interface SmallestFraction {
  accuracy: string;
  correct: number;
  cases: number;
}

export interface AccuracyAudit {
  models: { name: string; training: SmallestFraction; test: SmallestFraction }[];
  /** For each plausible size the models whose test accuracy is a fraction of it; sizes that fit none are left out. */
  plausible: { cases: number; test: string[] }[];
  plausibleTried: number;
  plausibleFittingAll: number[];
  /** For each total the sizes of a test set that explain all eight accuracies. */
  splits: { total: number; testSizes: number[] }[];
  /** Sizes below `below` that explain all four test accuracies. */
  below: number;
  fittingAll: number[];
  /** Share of random sets of four accuracies, 50.00 … 99.99 %, that some size below `below` explains. */
  chanceShare: number;
}

export function auditAccuracies({ table1 }: Paper): AccuracyAudit {
  const models = Object.entries(table1).map(([name, { accuracyPercent }]) => ({
    name,
    training: rounded(accuracyPercent[0]),
    test: rounded(accuracyPercent[1]),
  }));
  const fitsTest = (cases: number) => models.every(({ test }) => isFraction(test, cases));
  const fitsTraining = (cases: number) =>
    models.every(({ training }) => isFraction(training, cases));
  return {
    models: models.map(({ name, training, test }) => ({
      name,
      training: smallestFraction(training),
      test: smallestFraction(test),
    })),
    plausible: PLAUSIBLE.map((cases) => ({
      cases,
      test: models.filter(({ test }) => isFraction(test, cases)).map(({ name }) => name),
    })).filter(({ test }) => test.length > 0),
    plausibleTried: PLAUSIBLE.length,
    plausibleFittingAll: PLAUSIBLE.filter(fitsTest),
    splits: TOTALS.map((total) => ({
      total,
      testSizes: range(1, total - 1).filter((size) => fitsTest(size) && fitsTraining(total - size)),
    })),
    below: BELOW,
    fittingAll: range(1, BELOW - 1).filter(fitsTest),
    chanceShare: chanceShare(),
  };
}

/** Is there a whole number of correct cases that prints so? */
export function isFraction(percent: Rounded, cases: number): boolean {
  return prints((100 * Math.round((percent.value / 100) * cases)) / cases, percent);
}

function smallestFraction(percent: Rounded): SmallestFraction {
  let cases = 1;
  while (!isFraction(percent, cases)) cases++;
  return {
    accuracy: percent.text,
    correct: Math.round((percent.value / 100) * cases),
    cases,
  };
}

/** How little it says that some size explains four accuracies: most sets of four have one. */
function chanceShare(): number {
  const random = createRandom(1);
  const sizes = range(1, BELOW - 1);
  let explained = 0;
  for (let draw = 0; draw < DRAWS; draw++) {
    const four = range(1, 4).map(() => rounded((50 + random.integer(5000) / 100).toFixed(2)));
    if (sizes.some((cases) => four.every((percent) => isFraction(percent, cases)))) explained++;
  }
  return explained / DRAWS;
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);
}
