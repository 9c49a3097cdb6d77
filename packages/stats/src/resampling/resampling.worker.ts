import { serveTasks } from '@steatosis/core';
import { resamplingTasks } from './resampling.tasks.js';

serveTasks({ ...resamplingTasks() });
