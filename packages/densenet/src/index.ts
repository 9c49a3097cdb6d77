export type { DenseNetConfig, ResolvedConfig } from './architecture/config.js';
export type { BlockSummary, NetSummary } from './architecture/summary.js';
export { densenet121, type DenseNet121Options } from './architecture/torchvision.js';
export { setWasmPath } from './engine/backend.js';
export {
  BackendError,
  NetStateError,
  SafetensorsError,
  TrainingDivergedError,
  WeightsMismatchError,
} from './errors.js';
export { createDenseNet, type DenseNet, type PredictOptions } from './model/dense-net.js';
export type { Patches } from './model/patches.js';
export { fit, type FitOptions, type TrainingHistory } from './training/fit.js';
export {
  lossAndGradients,
  type LossAndGradients,
  type TrainingData,
} from './training/gradients.js';
export type { LossOptions } from './training/loss.js';
export type { AdamOptions, OptimizerOptions, SgdOptions } from './training/optimizer.js';
export type { Schedule, SchedulePosition } from './training/schedule.js';
export { loadSafetensors, saveSafetensors } from './weights/state-dict.js';
