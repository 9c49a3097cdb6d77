import { describe, expect, it } from 'vitest';
import { EngineMemory } from '../src/engine/memory.js';
import { soloTeam } from '../src/engine/team.js';
import { binMatrix } from '../src/xgb/binning/bin-matrix.js';
import { binningSteps } from '../src/xgb/binning/steps.js';
import { findCuts } from '../src/xgb/cuts.js';
import { readTable } from './support/fixtures.js';

it('try', () => {
  for (const t of ['radio6000x4', 'radiomics2400x93', 'missing600x10', 'weighted_bc']) {
    const table = readTable(t);
    const weights = table.weight && Float32Array.from(table.weight);
    const engine = new EngineMemory();
    const r = binMatrix(engine, soloTeam(binningSteps(engine, table.x)), table.x, { maxBin: 256, weights });
    const cuts = findCuts(table.x, weights, 256);
    expect(r.cuts.pointers).toEqual(cuts.pointers);
    expect(r.cuts.values).toEqual(cuts.values);
    expect(r.cuts.minimums).toEqual(cuts.minimums);
  }
});
