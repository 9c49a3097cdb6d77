import { serveTasks } from '../../src/index.js';
import { tasks } from './tasks.js';

serveTasks(tasks);
