import {
  AdaBoostClassifier,
  GradientBoostingClassifier,
  XGBClassifier,
} from '@steatosis/ensembles';
import { createDenseNet, fit } from '@steatosis/densenet';
import ndarray from 'ndarray';
import type { LearnedModelName } from './designs.js';
import type { Table } from './scaling.js';
import type { StudySettings } from './settings.js';

/** Patches of rows: `rows × channels × edge × edge`, row-major. */
export interface PatchTable {
  data: Float32Array;
  rows: number;
  channels: number;
  edge: number;
}

/** One model to fit and the rows that it is to score; the ensembles draw nothing and ignore the seed. */
export type FitInput = {
  seed: number;
  settings: StudySettings['models'];
  labels: Uint8Array;
} & (
  | { model: Exclude<LearnedModelName, 'densenet'>; fitted: Table; judged: Table }
  | { model: 'densenet'; fitted: PatchTable; judged: PatchTable }
);

/** What a fitted model says. */
export interface FitOutput {
  /** Probability of the positive class for each judged row. */
  probabilities: Float64Array;
  /** A DenseNet's loss at each training step; empty for the ensembles. */
  lossPerStep: Float64Array;
}

/** Fit one model on the rows given and judge the others. */
export async function fitModel(input: FitInput): Promise<FitOutput> {
  return input.model === 'densenet' ? await fitDenseNet(input) : fitEnsemble(input);
}

function fitEnsemble(input: Extract<FitInput, { fitted: Table }>): FitOutput {
  const { settings } = input;
  const model =
    input.model === 'adaboost'
      ? new AdaBoostClassifier(settings.adaboost)
      : input.model === 'gbdt'
        ? new GradientBoostingClassifier(settings.gbdt)
        : new XGBClassifier(settings.xgboost);
  model.fit(input.fitted, input.labels);
  const probabilities = model.predictProba(input.judged);
  return {
    probabilities: Float64Array.from({ length: input.judged.rows }, (_, i) =>
      probabilities.get(i, 1),
    ),
    lossPerStep: new Float64Array(0),
  };
}

async function fitDenseNet(input: Extract<FitInput, { model: 'densenet' }>): Promise<FitOutput> {
  const { fitted, judged, labels, seed } = input;
  const { epochs, batchSize, learningRate, growthRate, blocks, compression } =
    input.settings.densenet;
  const channels = channelScaling(fitted);
  const net = createDenseNet({
    growthRate,
    blocks,
    compression,
    inChannels: fitted.channels,
    classes: 2,
    stem: 'cifar',
    inputSize: fitted.edge,
    seed,
  });
  const { loss } = await fit(
    net,
    { patches: standardised(fitted, channels), labels },
    {
      epochs,
      batchSize,
      optimizer: { name: 'adam', learningRate },
      shuffle: true,
      seed,
    },
  );
  const probabilities = await net.predict(standardised(judged, channels));
  net.dispose();
  return {
    probabilities: Float64Array.from({ length: judged.rows }, (_, i) => probabilities.get(i, 1)),
    lossPerStep: Float64Array.from(loss),
  };
}

/** Mean and SD of each channel over the rows that are fitted on. */
function channelScaling(patches: PatchTable): { mean: number; sd: number }[] {
  const area = patches.edge * patches.edge;
  return Array.from({ length: patches.channels }, (_, channel) => {
    const sums: Sums = { sum: 0, squares: 0 };
    for (let row = 0; row < patches.rows; row++) {
      const offset = (row * patches.channels + channel) * area;
      addValues(patches.data, offset, offset + area, sums);
    }
    const { sum, squares } = sums;
    const n = patches.rows * area;
    const mean = sum / n;
    return { mean, sd: Math.sqrt(Math.max(0, squares / n - mean * mean)) || 1 };
  });
}

interface Sums {
  sum: number;
  squares: number;
}

/**
 * A short call for each patch, not one long loop: a long one is replaced while it runs, which is where an engine
 * was seen to miscount (`compiler.ts`).
 */
function addValues(data: Float32Array, from: number, to: number, sums: Sums): void {
  let { sum, squares } = sums;
  for (let i = from; i < to; i++) {
    const value = data[i]!;
    sum += value;
    squares += value * value;
  }
  sums.sum = sum;
  sums.squares = squares;
}

function standardised(patches: PatchTable, channels: readonly { mean: number; sd: number }[]) {
  const { data, rows, edge } = patches;
  const area = edge * edge;
  const scaled = data.map((value, i) => {
    const { mean, sd } = channels[Math.floor(i / area) % channels.length]!;
    return (value - mean) / sd;
  });
  return ndarray(scaled, [rows, channels.length, edge, edge]);
}
