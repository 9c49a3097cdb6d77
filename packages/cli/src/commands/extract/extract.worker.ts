import { serveTasks } from '@steatosis/core';
import { extractTasks } from './extract.tasks.js';

serveTasks(extractTasks);
