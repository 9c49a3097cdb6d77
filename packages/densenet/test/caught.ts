/** The typed error that a call ends with, as the facts that tests look at. */
import { isSteatosisError } from '@steatosis/core';

export interface Caught {
  code: string;
  message: string;
}

export function caught(run: () => unknown): Caught {
  try {
    run();
  } catch (error) {
    return facts(error);
  }
  throw new Error('The call went through; an error was expected.');
}

export async function caughtLater(promise: Promise<unknown>): Promise<Caught> {
  try {
    await promise;
  } catch (error) {
    return facts(error);
  }
  throw new Error('The promise was fulfilled; an error was expected.');
}

function facts(error: unknown): Caught {
  if (!isSteatosisError(error)) throw error;
  return { code: error.code, message: error.message };
}
