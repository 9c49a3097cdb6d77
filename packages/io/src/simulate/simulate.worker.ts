import { serveTasks } from '@steatosis/core';
import { simulateTasks } from './simulate.tasks.js';

serveTasks(simulateTasks());
