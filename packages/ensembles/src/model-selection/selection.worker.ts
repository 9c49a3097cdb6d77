import { serveTasks } from '@steatosis/core';
import { permuteTasks } from '../explain/permute.tasks.js';
import { selectionTasks } from './selection.tasks.js';

// All that needs every model of the package, in one worker whose source is in the package once.
serveTasks({ ...selectionTasks(), ...permuteTasks() });
