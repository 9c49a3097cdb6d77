import { serveTasks } from '@steatosis/core';
import { explainTasks } from './explain.tasks.js';

serveTasks(explainTasks());
