import type { Random } from '@steatosis/core';

/** Fat of one liver, as magnetic resonance and as a pathologist see it. */
export interface HepaticFat {
  /** Mean proton density fat fraction of the liver in %. */
  pdffPercent: number;
  /** Share of hepatocytes that hold fat, over the whole liver, in %. */
  histologyPercent: number;
  /** The share that the biopsy shows, with its sampling and reading error, in %. */
  biopsyPercent: number;
  /** Grade by the biopsy: 0 below 5 %, 1 to 33 %, 2 to 66 %, 3 above. */
  steatosisGrade: number;
}

/**
 * Assumed population from which patients are taken: a share of lean livers and one of fatty livers, both
 * log-normal. Lean: mean 3.1 %, SD 0.9 % (BMC Gastroenterology 2024). The share and the fatty part are
 * chosen so that the median is 3.9 % (Kühn 2017) and grade 1 has a mean near 8.9 % (Permutt 2012).
 */
export const POPULATION = {
  leanShare: 0.58,
  leanLogMedian: 1.0909,
  leanLogSd: 0.2845,
  fattyLogMedian: 2.1163,
  fattyLogSd: 0.45,
  /** Mean and SD of ln PDFF over the whole population, which other relations need. */
  logMean: 1.52,
  logSd: 0.6227,
} as const;

/**
 * Where histology and PDFF meet: 5 % of hepatocytes at a PDFF of 5.6 % (between the thresholds 5.1 % of
 * Kühn 2017 and 6.4 % of Tang 2013), 33 % at 15.9 % (between 14.1 % and 17.4 %).
 */
const GRADE_1_PDFF = 5.6;
const GRADE_2_PDFF = 15.9;

/** SD of ln(biopsy/histology): an assumption, see docs/simulator.md. */
const BIOPSY_LOG_SD = 0.45;

/** Share of hepatocytes with fat (%) at a PDFF (%): linear in two pieces (Qadri et al. 2023). */
export function histologyOfPdff(pdffPercent: number): number {
  if (pdffPercent < GRADE_1_PDFF) return (pdffPercent * 5) / GRADE_1_PDFF;
  const slope = (33 - 5) / (GRADE_2_PDFF - GRADE_1_PDFF);
  return Math.min(100, 5 + (pdffPercent - GRADE_1_PDFF) * slope);
}

/** Grade of a share of hepatocytes with fat (%), as Zhang et al. 2020 define it. */
export function gradeOfHistology(percent: number): number {
  if (percent < 5) return 0;
  if (percent <= 33) return 1;
  return percent <= 66 ? 2 : 3;
}

/** One liver of the population, biopsied once. */
export function drawHepaticFat(random: Random): HepaticFat {
  const lean = random.uniform() < POPULATION.leanShare;
  const pdffPercent = Math.exp(
    lean
      ? POPULATION.leanLogMedian + POPULATION.leanLogSd * random.normal()
      : POPULATION.fattyLogMedian + POPULATION.fattyLogSd * random.normal(),
  );
  const histologyPercent = histologyOfPdff(pdffPercent);
  const biopsyPercent = Math.min(100, histologyPercent * Math.exp(BIOPSY_LOG_SD * random.normal()));
  const steatosisGrade = gradeOfHistology(biopsyPercent);
  return { pdffPercent, histologyPercent, biopsyPercent, steatosisGrade };
}

/** A liver whose biopsy gives the wanted grade: patients of the population until one fits. */
export function drawHepaticFatOfGrade(random: Random, grade: 0 | 1): HepaticFat {
  for (;;) {
    const fat = drawHepaticFat(random);
    // Above 40 % lies beyond what was ever seen in the general population (Kühn 2017: 41.5 %).
    if (fat.steatosisGrade === grade && fat.pdffPercent <= 40) return fat;
  }
}
