import { TaskPool } from '@steatosis/core';
import { describe, expect, it } from 'vitest';
import { errorsOf } from '../../src/dixon/calibration/acquisition-errors.js';
import { dixonTasks } from '../../src/dixon/dixon.tasks.js';
import { EchoSource } from '../../src/dixon/echo-source.js';
import { resolveSpectrum } from '../../src/dixon/spectra.js';
import { findWarnings } from '../../src/dixon/warnings.js';
import {
  type CalibrationReport,
  type ComplexMultiEcho,
  separateWaterFat,
  type SeparateWaterFatOptions,
  type SeparationWarning,
} from '../../src/index.js';
import { acquisitions, readJson, readNpy, rowOfVoxels, volumesOf } from './fixtures.js';
import { conjugateOf, readPhantom, slicesOf } from './phantom.js';
import { withErrors } from './scanner-errors.js';
import { echoesOf } from './simulate.js';

const spectrum = 'ismrm6';

async function warningsOf(
  multiEcho: ComplexMultiEcho,
  options: SeparateWaterFatOptions = {},
): Promise<readonly SeparationWarning[]> {
  const messages: string[] = [];
  const { report } = await separateWaterFat(multiEcho, {
    spectrum,
    onWarning: (message) => messages.push(message),
    ...options,
  });
  expect(messages).toEqual(report.warnings.map((warning) => warning.message));
  // Of which voxels may be swapped other tests speak.
  return report.warnings.filter(
    ({ kind }) => kind.startsWith('calibration') || kind === 'precession',
  );
}

describe('data that fit the settings', () => {
  it.each(['phantom_A_1p5T', 'phantom_B_3T', 'phantom_D_3T_inout_traps'])(
    '%s: no warning',
    async (name) => {
      const { multiEcho } = readPhantom(name);
      expect(await warningsOf(multiEcho)).toEqual([]);
      expect(await warningsOf(multiEcho, { calibrate: true, spectrum: 'hamilton9' })).toEqual([]);
    },
  );

  it('errors that move PDFF by less than half a percent are let pass', async () => {
    const { multiEcho } = readPhantom('phantom_B_3T');
    const small = withErrors(multiEcho, () => ({ bipolar: 0.01, first: 0.01 }));
    expect(await warningsOf(small)).toEqual([]);
  });

  it('a few voxels say nothing of the scanner', async () => {
    const voxel = { water: 1, fat: 0.4, r2star: 30, fieldHz: 10, phase: 0 };
    const one = echoesOf(voxel, acquisitions['1p5T']);
    const row = conjugateOf(rowOfVoxels(Array(49).fill(one).flat(), acquisitions['1p5T']));
    expect(await warningsOf(row)).toEqual([]);
  });
});

describe('acquisition errors', () => {
  it('are reported with evidence and the option to set, and no more once they are taken out', async () => {
    const { multiEcho } = readPhantom('phantom_C_1p5T_confounded');
    const warnings = await warningsOf(multiEcho);
    expect(warnings).toHaveLength(1);
    const [warning] = warnings;
    if (warning.kind !== 'calibration') throw new Error(warning.kind);
    expect(warning.kinds).toEqual(['bipolarPhase', 'firstEchoPhase', 'bipolarAmplitude']);
    expect(warning.residualBefore / warning.residualAfter).toBeGreaterThan(2.5);
    expect(warning.pdffShiftPercent).toBeGreaterThan(2.5);
    expect(warning.errors.bipolarPhase.edgeRad[0]).toBeCloseTo(0.2, 1);
    expect(warning.message).toMatch(
      /alternating .* rad, .*first echo .* rad and amplitudes .* ±2.* %/,
    );
    expect(warning.message).toContain('Set the option calibrate to true');
    expect(await warningsOf(multiEcho, { calibrate: true })).toEqual([]);
  });

  it('of the first echo do not matter to a mixed fit, which does not look at its phase', async () => {
    const { multiEcho } = slicesOf(readPhantom('phantom_B_3T'), 2, 2);
    const wrong = withErrors(multiEcho, () => ({ first: 0.2 }));
    expect(await warningsOf(wrong)).toMatchObject([
      { kind: 'calibration', kinds: ['firstEchoPhase'] },
    ]);
    expect(await warningsOf(wrong, { fit: 'mixed' })).toEqual([]);
  });

  it('that calibration did not settle on are not passed over', async () => {
    const { multiEcho } = readPhantom('phantom_B_3T');
    const { echoTimesMs, fieldStrengthT } = multiEcho;
    const model = { echoTimesMs, fieldStrengthT, spectrum: resolveSpectrum('ismrm6') };
    const pool = new TaskPool({ tasks: dixonTasks(), code: '', workers: 0 });
    const none = errorsOf(new Float64Array(9));
    const calibration: CalibrationReport = {
      kinds: [],
      applied: none,
      sd: none,
      rounds: 8,
      settled: false,
      sampleVoxels: 99,
      residualBefore: 0.3,
      residualAfter: 0.2,
    };
    const echoes = new EchoSource(multiEcho, 1);
    const voxels = Int32Array.from({ length: 100 }, (_, i) => i);
    const maps = { fieldMapHz: new Float32Array(100), r2starPerSecond: new Float32Array(100) };
    const suspects = { ...maps, model, echoes, uncorrected: undefined, calibration, voxels };
    const warnings = await findWarnings(pool, { ...suspects, kinds: [], signal: undefined });
    expect(warnings).toMatchObject([
      {
        kind: 'calibration-unsettled',
        message: expect.stringMatching(/8 rounds.* from 0\.3 to 0\.2 per echo/),
      },
    ]);
    pool.close();
  });
});

describe('the sign of precession', () => {
  it.each(['phantom_A_1p5T', 'phantom_B_3T'])('%s conjugated: warned of', async (name) => {
    const conjugate = conjugateOf(slicesOf(readPhantom(name), 2, 2).multiEcho);
    for (const calibrate of [false, true]) {
      const warnings = await warningsOf(conjugate, { calibrate });
      expect(warnings).toHaveLength(1);
      const [warning] = warnings;
      if (warning.kind !== 'precession') throw new Error(warning.kind);
      expect(warning.residual / warning.residualOfConjugate).toBeGreaterThan(1.4);
      expect(warning.message).toContain('option precession');
    }
    expect(await warningsOf(conjugate, { precession: -1 })).toEqual([]);
  });

  it('of phantom C conjugated, where errors hide it, shows after calibration', async () => {
    const { multiEcho } = slicesOf(readPhantom('phantom_C_1p5T_confounded'), 2, 2);
    const warnings = await warningsOf(conjugateOf(multiEcho), { calibrate: true });
    expect(warnings).toMatchObject([{ kind: 'precession' }]);
  });

  it.each(['hamilton9', 'ismrm6'] as const)(
    'is not called wrong on a real slice whose signs are nearly tied (%s)',
    async (name) => {
      const slice = 'real_3T_6echo_b0nice99';
      const { TE_s_used } = readJson(`${slice}.json`) as { TE_s_used: number[] };
      const multiEcho = volumesOf(readNpy(`${slice}_echoes.npy.gz`), {
        echoTimesMs: TE_s_used.map((s) => s * 1000),
        fieldStrengthT: 3,
      });
      // One of the two with calibration, which must not make up a sign either.
      const calibrate = name === 'ismrm6';
      const options = { spectrum: name, precession: -1, calibrate } as const;
      const kinds = (await warningsOf(multiEcho, options)).map((warning) => warning.kind);
      expect(kinds).not.toContain('precession');
    },
  );
});
