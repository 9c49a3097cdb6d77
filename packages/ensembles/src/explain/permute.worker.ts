import { serveTasks } from '@steatosis/core';
import { permuteTasks } from './permute.tasks.js';

serveTasks(permuteTasks());
