import { SteatosisError } from '@steatosis/core';
import type { EngineMemory } from './memory.js';

/**
 * A piece of work that every member of a team does its share of, at the same time.
 *
 * Members have an index 0 … count − 1, the lead 0. What a step needs to know beside the memory's contents comes as
 * numbers. The division of the work may depend on `count`, the result must not.
 */
type Step = (index: number, count: number, args: Float64Array) => void;

/** The steps that a team can be asked for; every member makes the same ones over its own kernels. */
export type Steps = Readonly<Record<string, Step>>;

/** Most numbers that a step can be given. */
const MOST_ARGUMENTS = 24;

/** Control words, 32 bits each: a line of its own for what the lead writes and for what the others do. */
const GENERATION = 0;
const STEP = 1;
const DONE = 16;
const FAILED = 17;
const WORDS = 32;
/** Bytes of the control block: words, then arguments. */
const CONTROL_BYTES = WORDS * 4 + MOST_ARGUMENTS * 8;

/** Step that sends the others home. */
const GO_HOME = -1;

/**
 * Looks at a word before a thread goes to sleep. Steps follow each other within microseconds, and waking a
 * sleeper takes longer than most of them.
 */
const LOOKS = 4000;

/** Runs steps and returns when every member is done. */
export interface Team {
  /** Number of members. */
  readonly size: number;
  run(step: string, ...args: number[]): void;
  /** Let the others go home; no step may follow. */
  dismiss(): void;
}

/** Code of the error that the lead throws when another member has thrown. */
export const TEAM_FAILED = 'TEAM_FAILED';

/** Another member has thrown; what, only its own thread knows. */
class TeamError extends SteatosisError {
  readonly code = TEAM_FAILED;
  readonly step: string;

  constructor(step: string) {
    super(`A member of the team failed in step ${step}.`);
    this.step = step;
  }
}

/** The calling thread alone. */
export function soloTeam(steps: Steps): Team {
  const args = new Float64Array(MOST_ARGUMENTS);
  return {
    size: 1,
    run(step, ...values) {
      args.set(values);
      steps[step](0, 1, args);
    },
    dismiss: () => undefined,
  };
}

/** Where a team meets: the first place that every member reserves in a new memory, which is all zero. */
export function reserveControl(engine: EngineMemory): number {
  return engine.reserve(CONTROL_BYTES);
}

/** The lead's end of a team whose other members run {@link serveTeam}. */
export function leadTeam(engine: EngineMemory, control: number, size: number, steps: Steps): Team {
  const names = Object.keys(steps);
  const words = engine.i32At(control, WORDS);
  const args = engine.f64At(control + WORDS * 4, MOST_ARGUMENTS);
  const announce = (step: number) => {
    Atomics.store(words, STEP, step);
    Atomics.store(words, DONE, 0);
    Atomics.add(words, GENERATION, 1);
    Atomics.notify(words, GENERATION);
  };
  return {
    size,
    run(step, ...values) {
      args.set(values);
      announce(names.indexOf(step));
      steps[step](0, size, args);
      for (let done = 0; done !== size - 1;) done = waitWhile(words, DONE, done);
      if (Atomics.load(words, FAILED) !== 0) {
        throw new TeamError(step);
      }
    },
    dismiss: () => announce(GO_HOME),
  };
}

/**
 * Do this member's share of every step until the lead sends the team home. For workers: it sleeps between steps.
 *
 * @throws what a step of this member throws; the lead then fails too
 */
export function serveTeam(
  engine: EngineMemory,
  control: number,
  { index, size, steps }: { index: number; size: number; steps: Steps },
): void {
  const order = Object.values(steps);
  const words = engine.i32At(control, WORDS);
  const args = engine.f64At(control + WORDS * 4, MOST_ARGUMENTS);
  for (let generation = 0; ;) {
    generation = waitWhile(words, GENERATION, generation);
    const step = Atomics.load(words, STEP);
    if (step === GO_HOME) return;
    try {
      order[step](index, size, args);
    } catch (error) {
      Atomics.store(words, FAILED, 1);
      throw error;
    } finally {
      Atomics.add(words, DONE, 1);
      Atomics.notify(words, DONE);
    }
  }
}

/** The word's next value that is not `value`. */
function waitWhile(words: Int32Array, at: number, value: number): number {
  for (let look = 0; look < LOOKS; look++) {
    const now = Atomics.load(words, at);
    if (now !== value) return now;
  }
  for (;;) {
    Atomics.wait(words, at, value);
    const now = Atomics.load(words, at);
    if (now !== value) return now;
  }
}
