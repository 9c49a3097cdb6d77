export {
  AbortedError,
  InvalidArgumentError,
  isSteatosisError,
  SteatosisError,
  throwIfAborted,
  WasmSimdMissingError,
} from './errors.js';
export type { LongTaskOptions, OnProgress, Progress } from './progress.js';
export { createRandom, type Random } from './random/random.js';
export { reviveError, type SerialisedError, serialiseError } from './tasks/error-transport.js';
export { TaskPool, type TaskPoolOptions } from './tasks/pool.js';
export type { Task, TaskContext, TaskInput, TaskMap, TaskOutput } from './tasks/protocol.js';
export { serveTasks } from './tasks/serve.js';
export { WarmPools } from './tasks/warm-pools.js';
export type { WorkerCode } from './tasks/worker-thread.js';
export { cropVolume, type Box } from './volume/crop.js';
export {
  describeGrid,
  type Grid,
  GridMismatchError,
  gridOf,
  indexToWorld,
  sameGrid,
  sameGridOrThrow,
  worldToIndex,
} from './volume/grid.js';
export { orientationOf, reorient } from './volume/reorient.js';
export {
  createVolume,
  denseData,
  firstAxisFastest,
  type TypedArray,
  type Vector3,
  type Volume,
  volumeLike,
} from './volume/volume.js';
export { compileKernel } from './wasm/compile-kernel.js';
