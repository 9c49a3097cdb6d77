import { type TaskContext, throwIfAborted } from '@steatosis/core';
import { fitErrors } from './calibration/error-fit.js';
import { type Candidates, findCandidates } from './candidates.js';
import { type EchoRun, interleavedRun } from './echo-run.js';
import { chooseField, type ChosenFields } from './field/choose-field.js';
import { chooseSides } from './magnitude-choice.js';
import {
  MagnitudeEstimator,
  type MagnitudeSolutions,
  type MagnitudeStarts,
} from './magnitude-estimates.js';
import type { FieldProblem } from './message-passing.js';
import { MixedEstimator } from './mixed-estimates.js';
import { createSignalModel, type ModelParameters } from './signal-model.js';
import { estimateVoxels, type VoxelEstimates } from './voxel-estimates.js';

/** Echoes of a run of voxels: where they lie, or (re, im, re, im, …), one voxel after the other. */
type Echoes = EchoRun | Float32Array;

/** Input of the task `candidates`. */
interface CandidatesInput {
  model: ModelParameters;
  echoes: Echoes;
}

/** Input of the task `estimate`, and of `estimateMixed` with the second form of echoes. */
interface EstimateInput<Form extends Echoes> {
  model: ModelParameters;
  echoes: Form;
  fieldHz: Float32Array;
  r2starPerSecond: Float32Array | undefined;
  commonPhase: boolean;
}

/** Input of the task `solveMagnitude`. */
interface MagnitudeInput {
  model: ModelParameters;
  /** Magnitudes of a run of voxels, one voxel after the other. */
  magnitudes: Float32Array;
  /** SD of the noise in the real and imaginary part of an echo; 0 for no noise floor. */
  noiseFloorSd: number;
}

/** Input of the task `estimateMagnitude`. */
interface MagnitudeEstimateInput extends MagnitudeInput {
  starts: MagnitudeStarts;
}

/** Input of the task `choose`. */
interface ChooseInput {
  problem: FieldProblem;
  /** Variance of the noise in one channel, in squared units of the echoes. */
  noiseVariance: number;
}

function runOf(echoes: Echoes, { echoTimesMs }: ModelParameters): EchoRun {
  return echoes instanceof Float32Array ? interleavedRun(echoes, echoTimesMs.length) : echoes;
}

function candidates({ model, echoes }: CandidatesInput): Candidates {
  return findCandidates(createSignalModel(model), runOf(echoes, model));
}

function choose(input: ChooseInput, context: TaskContext): Promise<ChosenFields> {
  return chooseField(input.problem, input.noiseVariance, async () => {
    await nextTurn();
    throwIfAborted(context.signal);
  });
}

function estimate(input: EstimateInput<Echoes>): VoxelEstimates {
  const { model, echoes, fieldHz, r2starPerSecond, commonPhase } = input;
  const run = runOf(echoes, model);
  return estimateVoxels(createSignalModel(model), run, fieldHz, r2starPerSecond, commonPhase);
}

function estimateMixed(input: EstimateInput<Float32Array>): VoxelEstimates {
  const { model, echoes, fieldHz, r2starPerSecond, commonPhase } = input;
  const estimator = new MixedEstimator(createSignalModel(model), commonPhase);
  return estimator.estimate(echoes, fieldHz, r2starPerSecond);
}

function solveMagnitude({ model, magnitudes, noiseFloorSd }: MagnitudeInput): MagnitudeSolutions {
  return new MagnitudeEstimator(createSignalModel(model), noiseFloorSd).solve(magnitudes);
}

function estimateMagnitude(input: MagnitudeEstimateInput): VoxelEstimates {
  const { model, magnitudes, noiseFloorSd, starts } = input;
  const estimator = new MagnitudeEstimator(createSignalModel(model), noiseFloorSd);
  return estimator.estimate(magnitudes, starts);
}

/** Let timers and input events of the calling thread run, so that an abort can arrive. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve);
  });
}

/** What a worker of water–fat separation can do. */
export function dixonTasks(): {
  candidates: typeof candidates;
  choose: typeof choose;
  chooseSides: typeof chooseSides;
  estimate: typeof estimate;
  estimateMagnitude: typeof estimateMagnitude;
  estimateMixed: typeof estimateMixed;
  fitErrors: typeof fitErrors;
  solveMagnitude: typeof solveMagnitude;
} {
  return {
    candidates,
    choose,
    chooseSides,
    estimate,
    estimateMagnitude,
    estimateMixed,
    fitErrors,
    solveMagnitude,
  };
}
