import { isAborted, type LongTaskOptions, TaskPool, throwIfAborted } from '@steatosis/core';
