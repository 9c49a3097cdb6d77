import { describe, expect, it } from 'vitest';
import { separateWaterFat } from '../../src/index.js';
import {
  type ErrorsAt,
  scanOf,
  type ScanProtocol,
  scoreOf,
  simulatedPatient,
} from './scanner-errors.js';

const even = (first: number, step: number, count = 6) =>
  Array.from({ length: count }, (_, k) => first + k * step);
const at1p5T = { fieldStrengthT: 1.5, t1: { waterMs: 586, fatMs: 343 } };
const at3T = { fieldStrengthT: 3, t1: { waterMs: 809, fatMs: 382 } };
const sequence = { flipAngleDeg: 5, repetitionTimeMs: 10.3, snr: 40 };

interface Case extends Omit<ScanProtocol, 'seed'> {
  name: string;
  patient: number;
  /** Swaps without calibration in %, at least. */
  swapped: number;
  errorsAt: ErrorsAt;
}

const cases: Case[] = [
  {
    name: 'mild errors',
    patient: 1,
    swapped: 0,
    ...at1p5T,
    ...sequence,
    echoTimesMs: even(1.15, 1.15),
    errorsAt: (x, y) => ({ bipolar: 0.1 + 0.15 * x, first: 0.1 + 0.05 * y, amplitude: 0.01 }),
  },
  {
    name: 'strong errors along the other axis, long echoes',
    patient: 2,
    swapped: 40,
    ...at1p5T,
    flipAngleDeg: 8,
    repetitionTimeMs: 14,
    snr: 40,
    echoTimesMs: even(1.2, 1.9),
    errorsAt: (x, y) => ({
      bipolar: 0.3 + 0.6 * y,
      first: -0.5 + 0.2 * x + 0.2 * y,
      amplitude: -0.05,
    }),
  },
  {
    name: '3 T',
    patient: 3,
    swapped: 4,
    ...at3T,
    flipAngleDeg: 3,
    repetitionTimeMs: 6.5,
    snr: 40,
    echoTimesMs: even(0.95, 0.7),
    errorsAt: (x, y) => ({ bipolar: -0.2 + 0.4 * x, first: 0.3 + 0.2 * y, amplitude: 0.03 }),
  },
  {
    name: '3 T, more than half of the voxels swapped',
    patient: 4,
    swapped: 50,
    ...at3T,
    ...sequence,
    snr: 30,
    echoTimesMs: even(1.1, 0.9),
    errorsAt: (x, _, z) => ({
      bipolar: 0.6 + 0.8 * x + 0.1 * z,
      first: -0.6 + 0.3 * x,
      amplitude: 0.06,
    }),
  },
  {
    name: '3 T, errors with a part that is not linear',
    patient: 5,
    swapped: 5,
    ...at3T,
    flipAngleDeg: 3,
    repetitionTimeMs: 8,
    snr: 40,
    echoTimesMs: even(1.1, 0.8),
    errorsAt: (x, y) => ({
      bipolar: 0.15 + 0.3 * x + 0.1 * x * x,
      first: 0.2 + 0.1 * x - 0.1 * y + 0.08 * y * y,
      amplitude: 0.02,
    }),
  },
  {
    name: 'four echoes',
    patient: 7,
    swapped: 5,
    ...at1p5T,
    ...sequence,
    echoTimesMs: even(1.15, 1.15, 4),
    errorsAt: (x) => ({ bipolar: 0.1 + 0.2 * x, first: 0.2, amplitude: 0.02 }),
  },
  {
    name: 'eight echoes',
    patient: 6,
    swapped: 0,
    ...at1p5T,
    ...sequence,
    echoTimesMs: even(1.1, 1.3, 8),
    errorsAt: (x) => ({ bipolar: -0.2 + 0.4 * x, first: 0.2, amplitude: 0.02 }),
  },
  {
    name: 'uneven echoes',
    patient: 8,
    swapped: 0,
    ...at1p5T,
    ...sequence,
    echoTimesMs: [1.2, 2.2, 3.5, 4.5, 5.9, 7.2],
    errorsAt: (x) => ({ bipolar: 0.1 + 0.3 * x, first: 0.2, amplitude: 0.02 }),
  },
  {
    name: '3 T, echoes in and opposed phase',
    patient: 11,
    swapped: 10,
    ...at3T,
    ...sequence,
    echoTimesMs: even(1.15, 1.15),
    errorsAt: (x) => ({ bipolar: 0.2 + 0.4 * x, first: 0.3, amplitude: 0.03 }),
  },
];

describe('patients of other scanners, with calibration and T1 correction', () => {
  it.each(cases)('$name: bias of the liver within 0.25 %, no swaps', async (protocol) => {
    const patient = await simulatedPatient(protocol.patient);
    const scan = scanOf(patient, 2, { ...protocol, seed: 5 });
    const before = scoreOf(await separateWaterFat(scan.multiEcho), scan);
    const options = { calibrate: true, t1Correction: true };
    const after = scoreOf(await separateWaterFat(scan.multiEcho, options), scan);
    expect(before.swapped).toBeGreaterThanOrEqual(protocol.swapped);
    expect(Math.max(Math.abs(before.bias), before.swapped)).toBeGreaterThan(1);
    expect(Math.abs(after.bias)).toBeLessThan(0.25);
    expect(after.swapped).toBe(0);
  });

  it('full size, without errors: nothing is taken out, and little time taken', async () => {
    const patient = await simulatedPatient(1);
    const protocol = { ...at1p5T, ...sequence, echoTimesMs: even(1.15, 1.15), seed: 5 };
    const { multiEcho } = scanOf(patient, 1, { ...protocol, errorsAt: () => ({}) });
    const slice = (part: 'real' | 'imaginary') => {
      const { data, ...grid } = multiEcho[part];
      return { ...grid, data: data.lo(0, 0, 3, 0).hi(320, 256, 1, 6) };
    };
    const one = { ...multiEcho, real: slice('real'), imaginary: slice('imaginary') };
    const timed = async (calibrate: boolean) => {
      const start = process.cpuUsage();
      const { report } = await separateWaterFat(one, { calibrate });
      const { user, system } = process.cpuUsage(start);
      return { report, seconds: (user + system) / 1e6 };
    };
    await timed(true);
    const [plain, calibrated] = [await timed(false), await timed(true)];
    expect(calibrated.report.calibration!.kinds).toEqual([]);
    expect(calibrated.seconds - plain.seconds).toBeLessThan(1);
  });
});
