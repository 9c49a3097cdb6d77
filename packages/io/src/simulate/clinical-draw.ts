import { createRandom, InvalidArgumentError, type Random } from '@steatosis/core';
import { type CohortCell, cohortCells } from './composition.js';
import { drawHepaticFatOfGrade, type HepaticFat, POPULATION } from './hepatic-fat.js';

/** How strongly the clinical table hangs on hepatic fat: inputs of the simulation, not findings. */
export interface ClinicalStrengths {
  /**
   * Correlation of ln(pancreatic PDFF) with ln(hepatic PDFF) in the population, 0 … 1. Default 0.85, between
   * what is published for PDFF (Spearman 0.57) and what Zhang et al. print for the grades (0.702).
   */
  pancreaticCorrelation?: number | undefined;
  /** Log-odds of the metabolic syndrome per SD of ln(hepatic PDFF). Default 0.35. */
  metabolicSyndromeLogOdds?: number | undefined;
}

/** What a simulated patient is, before any image is made. */
export interface SimulatedClinical {
  ageYears: number;
  sex: 'M' | 'F';
  /** Grade of hepatic steatosis by biopsy. */
  steatosisGrade: 0 | 1;
  /** Grade of pancreatic steatosis, 0 … 3. */
  pancreaticSteatosisGrade: number;
  metabolicSyndrome: boolean;
}

/** What a simulated patient is in truth, unknown to a study. */
export interface SimulatedTruthValues {
  hepaticFat: HepaticFat;
  /** Mean R2* of the liver in 1/s. */
  hepaticR2starPerSecond: number;
  pancreaticPdffPercent: number;
}

/** @throws InvalidArgumentError when a strength is impossible */
export function checkedStrengths(strengths: ClinicalStrengths): Required<{
  [K in keyof ClinicalStrengths]: number;
}> {
  const { pancreaticCorrelation = 0.85, metabolicSyndromeLogOdds = 0.35 } = strengths;
  if (!(pancreaticCorrelation >= 0 && pancreaticCorrelation <= 1)) {
    throw new InvalidArgumentError(
      'pancreaticCorrelation',
      pancreaticCorrelation,
      'a correlation 0 … 1',
    );
  }
  if (!(Math.abs(metabolicSyndromeLogOdds) <= 10)) {
    throw new InvalidArgumentError(
      'metabolicSyndromeLogOdds',
      metabolicSyndromeLogOdds,
      'a number −10 … 10',
    );
  }
  return { pancreaticCorrelation, metabolicSyndromeLogOdds };
}

/** Median 5.2 %, quartiles 3.3 and 9.4 % (PLoS ONE 2017;12:e0177154), as a log-normal. */
const PANCREAS = { logMedian: 1.6487, logSd: 0.776 } as const;

/** Normal up to 6.2 % (Singh et al., Metabolism 2017;69:1); the two upper limits are assumptions. */
const PANCREAS_LIMITS_PERCENT = [6.2, 13, 22] as const;

/** Log-odds of the metabolic syndrome at the population's mean of ln PDFF: 29 %, an assumption. */
const METABOLIC_SYNDROME_INTERCEPT = -0.9;

/**
 * Mean R2* at 1.5 T in 1/s: `offset + slope · PDFF + scatter`. The scatter gives r = 0.652 over the population
 * (204 patients at 1.5 T); offset and slope are assumptions within the normal range of Kühn 2017 (≤ 41 /s).
 */
const R2STAR = { offset: 27, scatter: 4.36 } as const;

/** Rise of R2* with fat, between livers and within one, in 1/s per percentage point. */
export const R2STAR_PER_PDFF_PERCENT = 0.9;

/** One patient of a cell of the cohort; the truth is what the images are made from. */
export function drawClinical(
  random: Random,
  { sex, steatosisGrade }: CohortCell,
  strengths: ReturnType<typeof checkedStrengths>,
): { clinical: SimulatedClinical; truth: SimulatedTruthValues } {
  const hepaticFat = drawHepaticFatOfGrade(random.split('liver'), steatosisGrade);
  const z = (Math.log(hepaticFat.pdffPercent) - POPULATION.logMean) / POPULATION.logSd;
  const rho = strengths.pancreaticCorrelation;
  const pancreas = rho * z + Math.sqrt(1 - rho * rho) * random.split('pancreas').normal();
  const pancreaticPdffPercent = Math.min(
    60,
    Math.exp(PANCREAS.logMedian + PANCREAS.logSd * pancreas),
  );
  const logOdds = METABOLIC_SYNDROME_INTERCEPT + strengths.metabolicSyndromeLogOdds * z;
  const r2star =
    R2STAR.offset +
    R2STAR_PER_PDFF_PERCENT * hepaticFat.pdffPercent +
    R2STAR.scatter * random.split('r2star').normal();
  return {
    clinical: {
      ageYears: drawAge(random.split('age')),
      sex,
      steatosisGrade,
      pancreaticSteatosisGrade: PANCREAS_LIMITS_PERCENT.filter((p) => pancreaticPdffPercent > p)
        .length,
      metabolicSyndrome:
        random.split('metabolic-syndrome').uniform() < 1 / (1 + Math.exp(-logOdds)),
    },
    truth: { hepaticFat, hepaticR2starPerSecond: Math.max(15, r2star), pancreaticPdffPercent },
  };
}

/** The clinical table without images: exactly the rows that the cohort's patients have. */
export function drawClinicalTable(
  patients: number,
  seed: number,
  strengths: ClinicalStrengths = {},
): ReturnType<typeof drawClinical>[] {
  const checked = checkedStrengths(strengths);
  return cohortCells(patients, seed).map((cell, index) =>
    drawClinical(patientRandom(seed, index).split('clinical'), cell, checked),
  );
}

/** Each patient has a stream of its own, so that the order of work cannot matter. */
export function patientRandom(seed: number, index: number): Random {
  return createRandom(seed).split('patient').split(index);
}

/** Years, N(50, 13²) between 18 and 85: an assumption beside the paper's "over 18 years". */
function drawAge(random: Random): number {
  for (;;) {
    const age = Math.round(50 + 13 * random.normal());
    if (age >= 18 && age <= 85) return age;
  }
}
