import { serveTasks } from '@steatosis/core';
import { selectionTasks } from './selection.tasks.js';

serveTasks(selectionTasks());
