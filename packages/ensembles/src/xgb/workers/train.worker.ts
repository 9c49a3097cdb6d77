import { serveTasks } from '@steatosis/core';
import { trainTasks } from './train.tasks.js';

serveTasks(trainTasks());
