/** A made-up outcome of a study, for the tests of the report: no number of it was computed. */
import { createRandom } from '@steatosis/core';
import { renderReport } from '../src/report/report.js';
import type { ReportInput } from '../src/report/report-input.js';
import { DESIGN_DESCRIPTIONS, DESIGNS, type DesignName, MODELS } from '../src/study/designs.js';
import { paperValues } from '../src/study/paper-values.js';
import type { CorrelationPair, PartResult, StudyResults } from '../src/study/results.js';
import { resolveSettings } from '../src/study/settings.js';

export function madeUpReport(changes: Partial<StudyResults> = {}): string {
  return renderReport(madeUpInput(changes));
}

export function madeUpInput(changes: Partial<StudyResults> = {}): ReportInput {
  const curve = (bend: number) => ({
    falsePositiveRate: [0, 0.1, 0.4, 1],
    truePositiveRate: [0, 0.3 + bend, 0.6 + bend, 1],
  });
  const curves = Object.fromEntries(MODELS.map((model, i) => [model, curve(i / 20)]));
  return {
    results: { ...madeUpResults(), ...changes },
    curves: {
      roi: { augmentThenSplit: curves, byRoi: curves, byPatient: curves },
      patient: curves,
    },
    shown: [patient('sub-07', 0, 4), patient('sub-31', 1, 14)],
  };
}

export function madeUpResults(): StudyResults {
  const designs = (make: (design: DesignName) => unknown) =>
    Object.fromEntries(DESIGNS.map((design) => [design, make(design)]));
  const class2 = (negative: number, positive: number) => ({ negative, positive });
  const part = { patients: class2(27, 8), rois: class2(162, 48), rows: class2(1296, 384) };
  const pair: CorrelationPair = {
    spearman: correlation('Spearman', 0.31),
    pearson: correlation('Pearson', 0.28),
  };
  const bySex = { age: pair, pancreaticSteatosisGrade: pair, metabolicSyndrome: pair };
  return {
    settings: resolveSettings(),
    versions: { steatosis: '0.0.0' },
    seed: 1,
    permutedLabels: false,
    cohort: {
      patients: 50,
      rois: 300,
      grades: { '0': 38, '1': 12 },
      positives: 12,
      pdffSources: { echoes: 50, maps: 0 },
      table: [
        {
          label: 'Age, years',
          overall: { kind: 'mean', mean: 51.3, sd: 11.2, n: 50 },
          negative: { kind: 'mean', mean: 50.9, sd: 11, n: 38 },
          positive: { kind: 'mean', mean: 52.4, sd: null, n: 1 },
        },
        {
          label: 'Women',
          overall: { kind: 'count', count: 20, n: 50 },
          negative: { kind: 'count', count: 14, n: 38 },
          positive: { kind: 'missing' },
        },
      ],
    },
    features: { extracted: 126, kept: 93, names: ['original_glcm_Contrast'] },
    densenetLossPerStep: { augmentThenSplit: [0.7, 0.4], byRoi: [0.7, 0.5], byPatient: [0.7, 0.6] },
    splits: designs((design) => ({
      ...DESIGN_DESCRIPTIONS[design],
      fit: part,
      train: part,
      test: part,
      featuresUsed: 93,
    })) as StudyResults['splits'],
    designs: designs((design) =>
      Object.fromEntries(
        MODELS.map((model, i) => [
          model,
          {
            train: partResult('roi', 0.9),
            test: partResult('roi', design === 'byPatient' ? 0.6 + i / 20 : 0.97),
            trainPatient: partResult('patient', 0.9),
            testPatient: partResult('patient', 0.62 + i / 20),
            threshold: model === 'meanPdff' ? 5.6 : 0.5,
            thresholdSource: 'fixed',
          },
        ]),
      ),
    ) as StudyResults['designs'],
    publishedThresholds: [
      { thresholdPercent: 5.1, source: 'Kühn', result: partResult('patient', 0.9) },
    ],
    correlations: { age: pair, sex: pair, pancreaticSteatosisGrade: pair, metabolicSyndrome: pair },
    correlationsBySex: { women: bySex, men: bySex },
    paper: paperValues(),
  };
}

function correlation(name: string, coefficient: number) {
  return {
    coefficient,
    interval: [coefficient - 0.2, coefficient + 0.2] as [number, number],
    p: 0.0004,
    logP: Math.log(0.0004),
    n: 50,
    method: name,
  };
}

function partResult(unit: 'roi' | 'patient', auc: number): PartResult {
  const proportion = { value: 0.75, interval: [0.5, 0.9] as [number, number] };
  return {
    auc,
    aucInterval: [Math.max(0, auc - 0.15), Math.min(1, auc + 0.15)],
    accuracy: 0.8,
    accuracyInterval: [0.6, 0.9],
    counts: { tp: 3, fp: 2, fn: 1, tn: 9 },
    unit,
    n: 15,
    sensitivity: proportion,
    specificity: proportion,
    positivePredictiveValue: proportion,
    negativePredictiveValue: { value: null, interval: null },
    balancedAccuracy: 0.75,
    aucMethod: 'DeLong',
  };
}

function patient(participant: string, grade: number, pdffPercent: number) {
  const [width, height] = [160, 128];
  const random = createRandom(7).split(participant);
  const inside = (i: number) => Math.hypot((i % width) - 80, Math.floor(i / width) - 64) < 55;
  const values = Uint8Array.from({ length: width * height }, (_, i) =>
    inside(i) ? 5 * Math.max(0, pdffPercent + 2 * random.normal()) : 255,
  );
  const outline = (x: number, y: number, label: string) => ({ x, y, width: 16, height: 16, label });
  return {
    participant,
    grade,
    meanPdffPercent: pdffPercent,
    preview: {
      width,
      height,
      voxelAspect: 1.09,
      magnitudeTitle: 'First echo',
      magnitude: values.map((value) => (value === 255 ? 2 : 180 - value)),
      magnitudeSlice: 0,
      slices: [
        { index: 1, pdff: values, outlines: [outline(50, 40, 'S7'), outline(80, 60, 'S3')] },
        { index: 4, pdff: values, outlines: [outline(60, 60, 'S6')] },
      ],
    },
  };
}
