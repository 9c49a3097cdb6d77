import { serveTasks } from '@steatosis/core';
import { dixonTasks } from './dixon.tasks.js';

serveTasks(dixonTasks());
