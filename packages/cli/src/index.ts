export { runCli } from './cli.js';
export type { CliIo, TextSink } from './terminal/io.js';
export type { StudyOptions } from './study/options.js';
export type { StudyOutcome } from './study/outcome.js';
export type { StudyResults } from './study/results.js';
export { runStudy } from './study/run-study.js';
export { PatientError } from './study/patient-error.js';
export { UnusableCohortError } from './study/cohort.js';
