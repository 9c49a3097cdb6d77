import type { Steps, Team } from '../../src/engine/team.js';

/** A team of so many members that do their shares one after the other on one thread, the last member first. */
export function sequentialTeam(size: number, steps: Steps): Team {
  const args = new Float64Array(24);
  return {
    size,
    run(step, ...values) {
      args.set(values);
      for (let member = size - 1; member >= 0; member--) steps[step](member, size, args);
    },
    dismiss: () => undefined,
  };
}
