import { serveTasks } from '@steatosis/core';
import { mapTasks } from './maps.tasks.js';

serveTasks(mapTasks());
