import { serveTasks } from '@steatosis/core';
import { shareTasks } from '../extract/parallel/share.tasks.js';
import { batchTasks } from './batch.tasks.js';

// Both kinds of work in one worker, whose source is in the package once.
serveTasks({ ...batchTasks(), ...shareTasks() });
