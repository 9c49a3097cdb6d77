import { serveTasks } from '@steatosis/core';
import { studyTasks } from './study.tasks.js';

serveTasks(studyTasks);
