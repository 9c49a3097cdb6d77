import { availableParallelism } from 'node:os';
import { TaskPool, type WorkerCode } from '@steatosis/core';
import { integer } from './settings.js';
import { studyTasks, type StudyTasks } from './study.tasks.js';

/** Where the study's worker is: beside the bundle that this module is part of. */
export function studyWorkerUrl(): URL {
  return new URL('./study.worker.js', import.meta.url);
}

/** Cores, but at most two: more gain little, since the DenseNets are three. */
export function defaultWorkers(): number {
  return Math.min(2, availableParallelism());
}

/** @throws InvalidArgumentError unless `workers` is an integer 0 … 64 */
export function openStudyPool(workers: number, code: WorkerCode): TaskPool<StudyTasks> {
  return new TaskPool({ tasks: studyTasks, code, workers: integer('workers', workers, 0, 64) });
}
