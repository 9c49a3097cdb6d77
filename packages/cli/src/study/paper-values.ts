import { correlationTest } from '@steatosis/stats';
import { rowsInWords, rowsOfPair } from './printed-pair.js';

/** One row of the paper's Table 1: accuracy in percent, no interval is printed. */
interface PaperPerformance {
  readonly auc: { readonly train: number; readonly test: number };
  readonly accuracyPercent: { readonly train: number; readonly test: number };
}

/** One row of the paper's Table 2, as printed. */
interface PaperCorrelation {
  readonly coefficient: number;
  readonly p: number;
  /** Sample sizes at which the printed pair of coefficient and P can occur (t approximation). */
  readonly impliedN: string;
  /** P of the printed coefficient on the paper's 50 patients. */
  readonly pAt50: number;
}

/** What Zhang et al. 2020 print, and what their numbers imply when they are recomputed. */
export interface PaperValues {
  readonly citation: string;
  readonly cohort: {
    readonly patients: number;
    readonly grades: Readonly<Record<string, { men: number; women: number }>>;
    readonly roisPerPatient: number;
    readonly rois: number;
    readonly augmentation: number;
    readonly featuresExtracted: number;
    readonly featuresRemoved: number;
    readonly featuresKept: number;
  };
  readonly table1: Readonly<Record<'adaboost' | 'gbdt' | 'xgboost' | 'densenet', PaperPerformance>>;
  readonly table2: Readonly<
    Record<'age' | 'sex' | 'pancreaticSteatosisGrade' | 'metabolicSyndrome', PaperCorrelation>
  >;
  readonly women: { readonly ageP: number; readonly metabolicSyndromeP: number };
  readonly majorityPercent: number;
}

/** The printed values of Zhang et al. 2020, and what follows from them by the t approximation. */
export function paperValues(): PaperValues {
  const { patients, grades } = COHORT;
  const larger = Math.max(...Object.values(grades).map(({ men, women }) => men + women));
  return {
    citation:
      'Zhang Z, Ge R, Zhang L, Zhang C, Li X, Gu Z. An analysis of hepatic steatosis based on radiomics and deep learning. 2020.',
    cohort: COHORT,
    table1: {
      adaboost: { auc: { train: 0.79, test: 0.72 }, accuracyPercent: { train: 78.6, test: 71.33 } },
      gbdt: { auc: { train: 0.73, test: 0.7 }, accuracyPercent: { train: 76.8, test: 67.12 } },
      xgboost: { auc: { train: 0.84, test: 0.81 }, accuracyPercent: { train: 81.94, test: 78.26 } },
      densenet: { auc: { train: 0.76, test: 0.7 }, accuracyPercent: { train: 64.77, test: 66.27 } },
    },
    table2: {
      age: printedPair(0.003, 0.959),
      sex: printedPair(0.035, 0.57),
      pancreaticSteatosisGrade: printedPair(0.702, 0),
      metabolicSyndrome: printedPair(0.89, 0.147),
    },
    women: { ageP: 0.002, metabolicSyndromeP: 0.007 },
    majorityPercent: (100 * larger) / patients,
  };
}

const COHORT: PaperValues['cohort'] = {
  patients: 50,
  grades: { '0': { men: 24, women: 14 }, '1': { men: 6, women: 6 } },
  roisPerPatient: 6,
  rois: 300,
  augmentation: 8,
  featuresExtracted: 126,
  featuresRemoved: 27,
  featuresKept: 93,
};

function printedPair(coefficient: number, p: number): PaperCorrelation {
  return {
    coefficient,
    p,
    impliedN: rowsInWords(rowsOfPair(coefficient, p)),
    pAt50: correlationTest(coefficient, COHORT.patients).p,
  };
}
