import type { Booster, DenseMatrix, LightGBMModel, TreeModel } from '@steatosis/ensembles';
import type { LoadedModel } from './load-model.js';
import type { OutcomeChoice, Task } from './outcome.js';
import { rawOutputs } from './usable-model.js';

type Foreign = Omit<LoadedModel, 'path'>;

/** A model that XGBoost trained: its objective says what it predicts. */
export function fromBooster(booster: Booster): Foreign {
  const { objective, outputs, featureNames, features } = booster;
  const named = {
    origin: 'XGBoost' as const,
    features: featureNames.length > 0 ? featureNames : undefined,
    featureCount: features,
  };
  const best = Number(booster.attributes['best_iteration']);
  // Rounds after the best one are in the file, and XGBoost's own estimators do not use them either.
  const options =
    Number.isInteger(best) && best >= 0 && best < booster.iterationStarts.length - 1
      ? { iterationRange: [0, best + 1] as const }
      : {};
  const raw = rawOutputs({
    predictMargin: (x: DenseMatrix) => booster.predictMargin(x, options),
    predictLeaf: (x: DenseMatrix) => booster.predictLeaf(x, options),
    treeEnsemble: (): ReturnType<TreeModel['treeEnsemble']> => ({
      ...booster.treeEnsemble(),
      ...options,
    }),
  });
  if (objective.startsWith('multi:')) {
    return {
      ...named,
      task: 'classification',
      outcome: asItIs('classification'),
      target: 'class',
      classes: numbered(outputs),
      model: {
        ...raw,
        outputs,
        predictions: (x) => softmax(booster.predictMargin(x, options), outputs),
      },
    };
  }
  if (objective === 'binary:logistic' || objective === 'reg:logistic') {
    return {
      ...named,
      task: 'classification',
      outcome: asItIs('classification'),
      target: 'class',
      classes: numbered(2),
      model: { ...raw, outputs: 2, predictions: (x) => bothSides(booster.predict(x, options)) },
    };
  }
  return {
    ...named,
    task: 'regression',
    outcome: asItIs('regression'),
    target: 'value',
    classes: [],
    model: {
      ...raw,
      outputs: 1,
      predictions: (x) => Float64Array.from(booster.predict(x, options)),
    },
  };
}

/** Objectives of LightGBM that predict probabilities. */
const CLASSIFIES = ['binary', 'cross_entropy', 'multiclass', 'multiclassova'];

/** A model that LightGBM trained. */
export function fromLightGbm(model: LightGBMModel): Foreign {
  const { objective, outputs, featureNames, features } = model;
  const named = {
    origin: 'LightGBM' as const,
    // What LightGBM writes where its data had no names.
    features: featureNames.every((name, i) => name === `Column_${i}`) ? undefined : featureNames,
    featureCount: features,
  };
  const raw = rawOutputs(model);
  if (!CLASSIFIES.includes(objective)) {
    return {
      ...named,
      task: 'regression',
      outcome: asItIs('regression'),
      target: 'value',
      classes: [],
      model: { ...raw, outputs, predictions: (x) => model.predict(x) },
    };
  }
  const classes = outputs === 1 ? 2 : outputs;
  return {
    ...named,
    task: 'classification',
    outcome: asItIs('classification'),
    target: 'class',
    classes: numbered(classes),
    model: {
      ...raw,
      outputs: classes,
      predictions: (x) =>
        outputs === 1 ? bothSides(model.predict(x)) : Float64Array.from(model.predict(x)),
    },
  };
}

/** Outcomes are read as they stand in the table. */
function asItIs(task: Task): OutcomeChoice {
  return { task, positiveGrade: undefined, positive: undefined };
}

/** Names of classes that the file does not name: 0, 1, … */
function numbered(classes: number): string[] {
  return Array.from({ length: classes }, (_, k) => String(k));
}

/** The probability of each of two classes from that of the second. */
function bothSides(probabilities: ArrayLike<number>): Float64Array {
  const both = new Float64Array(2 * probabilities.length);
  for (let row = 0; row < probabilities.length; row++) {
    both[2 * row] = 1 - probabilities[row]!;
    both[2 * row + 1] = probabilities[row]!;
  }
  return both;
}

function softmax(margins: ArrayLike<number>, classes: number): Float64Array {
  const probabilities = Float64Array.from(margins);
  for (let at = 0; at < probabilities.length; at += classes) {
    const row = probabilities.subarray(at, at + classes);
    const greatest = row.reduce((a, b) => Math.max(a, b));
    row.set(row.map((margin) => Math.exp(margin - greatest)));
    const sum = row.reduce((a, b) => a + b);
    row.set(row.map((value) => value / sum));
  }
  return probabilities;
}
