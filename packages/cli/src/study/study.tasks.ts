import { fitModel } from './fit-model.js';
import { measurePatient } from './measure-patient.js';

/** What a worker of the study can do; in-process runs use the very same functions. */
export const studyTasks = { fitModel, measurePatient };
export type StudyTasks = typeof studyTasks;
