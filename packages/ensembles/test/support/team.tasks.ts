import { type Seat, takeSeat } from '../../src/engine/seat.js';
import type { EngineMemory } from '../../src/engine/memory.js';
import { leadTeam, serveTeam, type Steps } from '../../src/engine/team.js';

/** Members note what they were asked for; one of them refuses when told to. */
function steps(engine: EngineMemory): Steps {
  return {
    note: (index, count, args) => {
      engine.f64[args[0] / 8 + index] = args[1] * 100 + index * 10 + count;
    },
    addUp: (index, count, args) => {
      const [address = 0, length = 0, sums = 0] = args;
      let sum = 0;
      for (let i = index; i < length; i += count) sum += engine.f64[address / 8 + i];
      engine.f64[sums / 8 + index] = sum;
    },
    refuse: (index) => {
      if (index === 1) throw new RangeError('member 1 refuses');
    },
  };
}

function lead({ seat, rounds, fail }: { seat: Seat; rounds: number; fail: boolean }): number[] {
  const { engine, control } = takeSeat(seat);
  const team = leadTeam(engine, control, seat.size, steps(engine));
  try {
    const notes = engine.reserve(8 * seat.size);
    team.run('note', notes, 7);
    const noted = Array.from(engine.f64At(notes, seat.size));
    if (fail) team.run('refuse');
    // The memory grows while the others hold views of what it was.
    const length = 300000;
    const numbers = engine.reserve(8 * length);
    engine.f64At(numbers, length).forEach((_, i, all) => (all[i] = i));
    let total = 0;
    for (let round = 0; round < rounds; round++) {
      team.run('addUp', numbers, round === 0 ? length : 10, notes);
      total += engine.f64At(notes, seat.size).reduce((sum, value) => sum + value, 0);
    }
    return [...noted, total];
  } finally {
    team.dismiss();
  }
}

function serve({ seat }: { seat: Seat }): void {
  const { engine, control } = takeSeat(seat);
  serveTeam(engine, control, { index: seat.index, size: seat.size, steps: steps(engine) });
}

export const tasks = { lead, serve };
