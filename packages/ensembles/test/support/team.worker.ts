import { serveTasks } from '@steatosis/core';
import { tasks } from './team.tasks.js';

serveTasks(tasks);
