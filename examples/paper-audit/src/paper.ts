import { readFileSync } from 'node:fs';

/** Men and women of one steatosis grade. */
interface BySex {
  men: number;
  women: number;
}

/** What the paper prints. Numbers with decimals stay text, since "0.890" says how it was rounded and 0.89 does not. */
export interface Paper {
  citation: string;
  cohort: { grade0: BySex; grade1: BySex; roisPerPatient: number; augmentation: number };
  /** Training set, test set. */
  table1: Record<string, { auc: [string, string]; accuracyPercent: [string, string] }>;
  table2: Record<string, { coefficient: string; p: string }>;
  /** P of a correlation with the grade among the women alone. */
  women: Record<string, string>;
}

/** The printed numbers beside this program. */
export function readPaper(): Paper {
  return JSON.parse(readFileSync(new URL('../paper.json', import.meta.url), 'utf8')) as Paper;
}
