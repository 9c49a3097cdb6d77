import { serveTasks } from '@steatosis/core';
import { batchTasks } from './batch.tasks.js';

serveTasks(batchTasks());
