import { createRandom, type OnProgress, throwIfAborted } from '@steatosis/core';
import type { DenseMatrix } from '../data/matrix.js';
import type { EngineMemory } from '../engine/memory.js';
import type { Steps, Team } from '../engine/team.js';
import { binMatrix } from './binning/bin-matrix.js';
import { binningSteps } from './binning/steps.js';
import { EarlyStopping } from './early-stopping.js';
import { type EvaluationHistory, WatchedSet } from './evaluation.js';
import { growingSteps, TreeGrower } from './growing/tree-grower.js';
import { metricFor } from './metrics/metric-named.js';
import type { Metric } from './metrics/metric.js';
import { customObjective } from './objectives/custom-objective.js';
import { gradientSteps } from './objectives/gradient-steps.js';
import { objectiveFor } from './objectives/objective-for.js';
import type { Objective } from './objectives/objective.js';
import type { TrainingObjective } from './objectives/training-objective.js';
import { Round } from './round.js';
import type { BoostingParameters, TrainedModel, TrainingSetup } from './training-setup.js';
import type { RegressionTree } from './tree.js';
import { addTrees } from './predict/predict.js';

const { fround } = Math;

/** What a training run works with beside its setup. */
export interface TrainingContext {
  readonly engine: EngineMemory;
  /** Its steps are {@link trainingSteps} of the same matrix. */
  readonly team: Team;
  readonly signal?: AbortSignal | undefined;
  readonly report?: OnProgress | undefined;
}

/** The steps that {@link trainBooster} asks a team for. */
export function trainingSteps(engine: EngineMemory, x: DenseMatrix<Float32Array>): Steps {
  return { ...binningSteps(engine, x), ...gradientSteps(engine), ...growingSteps(engine) };
}

/** The loss that a run minimises and whose predictions its model makes. */
export function trainingObjective(
  parameters: BoostingParameters,
  weighted: boolean,
): TrainingObjective {
  const { objective, outputs, scalePosWeight, maxDeltaStep } = parameters;
  const base = objectiveFor(objective, { classes: outputs, scalePosWeight, maxDeltaStep });
  return parameters.customObjective
    ? customObjective(parameters.customObjective, base, weighted)
    : base;
}

/**
 * Boost trees round by round.
 *
 * @throws AbortedError when `signal` aborts
 */
export function trainBooster(setup: TrainingSetup, context: TrainingContext): TrainedModel {
  const { parameters, x, weights } = setup;
  const { engine, team, signal, report } = context;
  throwIfAborted(signal);
  const objective = trainingObjective(parameters, weights !== undefined);
  const binned = binMatrix(engine, team, x, {
    maxBin: parameters.maxBin,
    weights,
    featureTypes: parameters.featureTypes,
  });
  throwIfAborted(signal);
  const baseScores = setup.initial?.baseScores ?? startingScores(setup, objective);
  const grower = new TreeGrower(engine, team, binned, growerSettings(parameters, objective));
  const round = new Round({ engine, team, grower, objective, setup });
  round.start(startingMargins(setup, objective, baseScores, x, setup.baseMargins));
  const watched = setup.evaluations.map((rows) => {
    if (rows.follows) return new WatchedSet(rows, objective.outputs);
    const margins = startingMargins(setup, objective, baseScores, rows.x, rows.baseMargins);
    return new WatchedSet(rows, objective.outputs, margins);
  });
  const metrics = metricsFor(parameters, objective);
  const stopping = stoppingRule(parameters, metrics);
  const trees: RegressionTree[] = [...(setup.initial?.trees ?? [])];
  const treeInfo = [...(setup.initial?.treeInfo ?? [])];
  const starts = [...(setup.initial?.iterationStarts ?? [0])];
  const firstRound = starts.length - 1;
  const history: EvaluationHistory = {};
  const random = createRandom(parameters.seed);
  for (let done = 0; done < parameters.rounds; done++) {
    for (const { tree, output } of round.grow(random.split(firstRound + done))) {
      for (const set of watched) set.add(tree, output);
      trees.push(tree);
      treeInfo.push(output);
    }
    starts.push(trees.length);
    let last = Number.NaN;
    for (const set of watched) last = set.measure(objective, metrics, history, round.margins);
    report?.({
      done: done + 1,
      total: parameters.rounds,
      message: progressMessage(watched.at(-1)?.name, metrics.at(-1)?.name, last),
    });
    throwIfAborted(signal);
    if (stopping?.isOver(firstRound + done, last)) break;
  }
  return {
    baseScores,
    trees,
    treeInfo: Int32Array.from(treeInfo),
    iterationStarts: Int32Array.from(starts),
    history,
    ...(stopping && { best: { iteration: stopping.bestIteration, score: stopping.bestScore } }),
  };
}

function startingScores(
  { parameters, labels, weights }: TrainingSetup,
  objective: TrainingObjective,
): Float32Array {
  const { baseScore } = parameters;
  return baseScore === undefined
    ? objective.estimateBaseScores({ labels, weights })
    : new Float32Array(objective.outputs).fill(baseScore);
}

/** Base scores as margins or the margins given, and the trees of the model that is continued. */
function startingMargins(
  { initial }: TrainingSetup,
  objective: Objective,
  baseScores: Float32Array,
  x: DenseMatrix<Float32Array>,
  given: Float32Array | undefined,
): Float32Array {
  const { outputs } = objective;
  const base = baseScores.map((score) => objective.marginOf(score));
  const margins = given?.slice() ?? new Float32Array(x.rows * outputs);
  if (!given) for (let i = 0; i < margins.length; i++) margins[i] = base[i % outputs]!;
  if (initial) {
    const forest = { ...initial, features: x.columns, outputs };
    addTrees(forest, x, margins, { begin: 0, end: initial.trees.length });
  }
  return margins;
}

function growerSettings(parameters: BoostingParameters, objective: TrainingObjective) {
  const { monotoneConstraints, interactionConstraints, numParallelTree } = parameters;
  return {
    maxDepth: parameters.maxDepth,
    maxLeaves: parameters.maxLeaves,
    growPolicy: parameters.growPolicy,
    // The trees of a forest are averaged.
    learningRate: fround(fround(parameters.learningRate) / numParallelTree),
    lambda: fround(parameters.lambda),
    alpha: fround(parameters.alpha),
    gamma: fround(parameters.gamma),
    minChildWeight: fround(parameters.minChildWeight),
    maxDeltaStep: fround(parameters.maxDeltaStep ?? objective.maxDeltaStep),
    maxCatToOnehot: parameters.maxCatToOnehot,
    maxCatThreshold: parameters.maxCatThreshold,
    ...(monotoneConstraints && { monotoneConstraints }),
    ...(interactionConstraints && { interactionConstraints }),
  };
}

function metricsFor({ metrics }: BoostingParameters, objective: TrainingObjective): Metric[] {
  return (metrics.length > 0 ? metrics : [objective.metric]).map(metricFor);
}

function stoppingRule(
  { earlyStoppingRounds }: BoostingParameters,
  metrics: readonly Metric[],
): EarlyStopping | undefined {
  return earlyStoppingRounds === undefined
    ? undefined
    : new EarlyStopping(earlyStoppingRounds, metrics.at(-1)!.maximise);
}

function progressMessage(set: string | undefined, metric: string | undefined, value: number) {
  return set === undefined
    ? 'boosting rounds'
    : `boosting rounds, ${metric} of ${set} ${value.toPrecision(6)}`;
}
