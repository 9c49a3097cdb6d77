import { serveTasks } from '@steatosis/core';
import { fitTasks } from '../../models/fit.tasks.js';

serveTasks(fitTasks);
