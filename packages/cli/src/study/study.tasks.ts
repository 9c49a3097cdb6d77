import { fitModel } from './fit-model.js';
import { processPatient } from './process-patient.js';
import { simulatePatient } from './simulate-patient.js';

/** What a worker of the study can do; in-process runs use the very same functions. */
export const studyTasks = { fitModel, processPatient, simulatePatient };
export type StudyTasks = typeof studyTasks;
