import { createRandom, type Grid, type Volume } from '@steatosis/core';
import { describe, expect, test } from 'vitest';
import { paperAcquisition, simulateCohort, type SimulatedPatient } from '../src/index.js';
import { drawBody } from '../src/simulate/anatomy/body.js';
import { paintSlice } from '../src/simulate/anatomy/paint.js';
import { TISSUE, TISSUES } from '../src/simulate/anatomy/tissues.js';
import { patientRandom } from '../src/simulate/clinical-draw.js';
import {
  checkedCohortSettings,
  type CohortSettings,
  simulatePatient,
} from '../src/simulate/cohort.js';
import { cohortCells } from '../src/simulate/composition.js';
import { examineBody } from '../src/simulate/examined-body.js';
import { RandomField } from '../src/simulate/random-field.js';
import { placeRois, ROI_MARGIN_VOXELS, ROI_SEGMENTS, ROI_VOXELS } from '../src/simulate/rois.js';

const patientOf = (settings: CohortSettings, index: number): SimulatedPatient => {
  const checked = checkedCohortSettings(settings);
  return simulatePatient(checked, index, cohortCells(checked.patients, checked.seed)[index]);
};

const columns = 320;
const rows = 256;
const place = (zMm: number) => ({
  xsMm: Float64Array.from({ length: columns }, (_, i) => (i - 159.5) * 1.25),
  ysMm: Float64Array.from({ length: rows }, (_, i) => (i - 127.5) * (350 / 256)),
  zMm,
});

describe('one patient', () => {
  const patient = patientOf({ seed: 2 }, 0);
  const { multiEcho, truth } = patient;

  test("lies on the paper's grid, centred on the scanner", () => {
    const { real } = multiEcho;
    expect(real.data.shape).toEqual([320, 256, 6, 6]);
    expect(real.spacing).toEqual([1.25, 350 / 256, 3]);
    expect(real.origin).toEqual([-199.375, -127.5 * (350 / 256), -7.5]);
    expect(multiEcho.echoTimesMs).toEqual(paperAcquisition.echoTimesMs);
    expect(multiEcho).toMatchObject({
      fieldStrengthT: 1.5,
      flipAngleDeg: 5,
      repetitionTimeMs: 10.3,
    });
  });

  test('echoes are whole numbers within 16 bits', () => {
    for (const { data } of [multiEcho.real, multiEcho.imaginary]) {
      expect(data.data.every((v) => Number.isInteger(v) && Math.abs(v) <= 32767)).toBe(true);
    }
  });

  test('is deterministic to the last bit', () => {
    const again = patientOf({ seed: 2 }, 0);
    expect(sameBits(again.multiEcho.imaginary, multiEcho.imaginary)).toBe(true);
    expect(again.clinical).toEqual(patient.clinical);
    const other = patientOf({ seed: 3 }, 0);
    expect(sameBits(other.multiEcho.imaginary, multiEcho.imaginary)).toBe(false);
  });

  test('noise in air has the SD that the SNR asks for: liver signal 512, SNR 40', () => {
    const corner: number[] = [];
    const { data } = multiEcho.real;
    for (let k = 0; k < 6; k++) {
      for (let z = 0; z < 6; z++) {
        for (let y = 0; y < 12; y++) for (let x = 0; x < 12; x++) corner.push(data.get(x, y, z, k));
      }
    }
    const variance = corner.reduce((s, v) => s + v * v, 0) / corner.length;
    // Rounding to whole numbers adds 1/12.
    const expected = 12.8 ** 2 + 1 / 12;
    expect(Math.abs(variance / expected - 1)).toBeLessThan(5 * Math.sqrt(2 / corner.length));
  });

  test('its liver has the fat it was drawn with, more on the right, and R2* rising with it', () => {
    const pdff = truth.pdffPercent.data.data;
    const r2star = truth.r2starPerSecond.data.data;
    const sides = { left: [0, 0], right: [0, 0] };
    truth.segment.data.data.forEach((segment, i) => {
      if (segment === 0) return;
      const side = segment >= 5 ? sides.right : sides.left;
      side[0] += pdff[i];
      side[1] += 1;
      const expected =
        truth.hepaticR2starPerSecond + 0.9 * (pdff[i] - truth.hepaticFat.pdffPercent);
      expect(Math.abs(r2star[i] - expected)).toBeLessThan(1e-4);
    });
    const [left, right] = [sides.left[0] / sides.left[1], sides.right[0] / sides.right[1]];
    const whole = (sides.left[0] + sides.right[0]) / (sides.left[1] + sides.right[1]);
    expect(Math.abs(whole / truth.hepaticFat.pdffPercent - 1)).toBeLessThan(0.25);
    expect(right / left).toBeGreaterThan(0.8);
    expect(right / left).toBeLessThan(1.4);
  });

  test('regions say where they are, in voxels, in millimetres and as labels', () => {
    expect(patient.rois.map((roi) => roi.segment)).toEqual([2, 3, 4, 6, 7, 8]);
    const labels = patient.roiLabels.data.data;
    for (const { segment, startVoxel, centreLps, pdffPercent } of patient.rois) {
      const inside: number[] = [];
      labels.forEach((label, i) => label === segment && inside.push(i));
      expect(inside).toHaveLength(256);
      expect(inside[0]).toBe(startVoxel[0] + 320 * (startVoxel[1] + 256 * startVoxel[2]));
      const mean =
        inside.reduce((sum, i) => sum + truth.pdffPercent.data.data[i], 0) / inside.length;
      expect(pdffPercent).toBeCloseTo(mean, 10);
      expect(centreLps[0]).toBeCloseTo(-199.375 + 1.25 * (startVoxel[0] + 7.5), 10);
      expect(centreLps[2]).toBeCloseTo(-7.5 + 3 * startVoxel[2], 10);
    }
  });

  test('echoes follow the signal model with T1 weighting: liver magnitude at the first echo', () => {
    const { snr, seed } = { snr: Infinity, seed: 2 };
    const silent = patientOf({ seed, snr, slices: 2 }, 0);
    const unweighted = patientOf({ seed, snr, slices: 2, t1Weighting: false }, 0);
    const { m0, pdffPercent, r2starPerSecond, tissue } = silent.truth;
    const phasor = fatPhasor(1.15);
    let checked = 0;
    for (let i = 0; i < m0.data.data.length; i += 37) {
      if (m0.data.data[i] === 0) continue;
      checked += 1;
      const fat = (m0.data.data[i] * pdffPercent.data.data[i]) / 100;
      const water = m0.data.data[i] - fat;
      const decay = Math.exp(-r2starPerSecond.data.data[i] * 1.15e-3);
      const magnitude = (gain: number): number =>
        decay * Math.hypot(water + gain * fat * phasor.re, gain * fat * phasor.im);
      const found = (p: SimulatedPatient): number =>
        Math.hypot(p.multiEcho.real.data.data[i], p.multiEcho.imaginary.data.data[i]);
      expect(Math.abs(found(silent) - magnitude(1.0798092605581324))).toBeLessThan(0.8);
      expect(Math.abs(found(unweighted) - magnitude(1))).toBeLessThan(0.8);
    }
    expect(checked).toBeGreaterThan(1000);
    expect(new Set(tissue.data.data)).toContain(TISSUE.liver);
  });
});

describe('regions of interest', () => {
  test.each([
    [6, 6],
    [2, 6],
  ])('%i slices: inside their segment with 8 voxels of parenchyma around', (slices, patients) => {
    for (let i = 0; i < patients; i++) {
      const random = patientRandom(1000 + i, i);
      const body = drawBody(random.split('body'), i % 2 === 0 ? 'M' : 'F');
      const segment = new Uint8Array(columns * rows * slices);
      for (let z = 0; z < slices; z++) {
        const painted = paintSlice(body, place((z + 0.5 - slices / 2) * 3));
        segment.set(painted.segment, z * columns * rows);
      }
      const rois = placeRois(random.split('rois'), segment, [columns, rows, slices]);
      expect(rois.map((roi) => roi.segment)).toEqual([...ROI_SEGMENTS]);
      for (const { segment: label, start } of rois) {
        const [x0, y0, z] = start;
        // Segments 2, 7 and 8 lie above the portal plane, 3 and 6 below it.
        if ([2, 7, 8].includes(label)) expect(z).toBeGreaterThanOrEqual(slices / 2);
        if ([3, 6].includes(label)) expect(z).toBeLessThan(slices / 2);
        let wrong = 0;
        for (let y = -ROI_MARGIN_VOXELS; y < ROI_VOXELS + ROI_MARGIN_VOXELS; y++) {
          for (let x = -ROI_MARGIN_VOXELS; x < ROI_VOXELS + ROI_MARGIN_VOXELS; x++) {
            const found = segment[x0 + x + columns * (y0 + y + rows * z)];
            const inBox = x >= 0 && y >= 0 && x < ROI_VOXELS && y < ROI_VOXELS;
            if (found === 0 || (inBox && found !== label)) wrong += 1;
          }
        }
        expect(wrong).toBe(0);
      }
    }
  });

  test('a segment without room is left out', () => {
    const segment = new Uint8Array(64 * 64).fill(2);
    const rois = placeRois(createRandom(1), segment, [64, 64, 1]);
    expect(rois.map((roi) => roi.segment)).toEqual([2]);
  });

  const gridOf = (size: [number, number, number], firstMm: number): Grid => ({
    size,
    spacing: [400 / size[0], 350 / size[1], 3],
    origin: [-200 + 200 / size[0], -175 + 175 / size[1], firstMm],
    direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  });

  test('a body without room gives way to the next one', () => {
    // So coarse that few bodies have room.
    const grid = gridOf([256, 224, 2], -1.5);
    const random = createRandom(3);
    const examined = Array.from({ length: 3 }, (_, i) => examineBody(random.split(i), 'F', grid));
    const firstDrawn = examined.filter(({ body }, i) => {
      const first = drawBody(random.split(i).split(0).split('body'), 'F');
      return JSON.stringify(first) === JSON.stringify(body);
    });
    expect(firstDrawn.length).toBeLessThan(3);
    for (const { rois } of examined) expect(rois).toHaveLength(6);
  });

  test('a grid that shows no liver is an error that names a segment', () => {
    expect(() => examineBody(createRandom(1), 'M', gridOf([64, 64, 1], 100))).toThrow(
      expect.objectContaining({ code: 'NO_PLACE_FOR_ROI', segment: 2 }) as Error,
    );
  });
});

describe('anatomy', () => {
  const body = drawBody(createRandom(11), 'M');
  const at = (zMm: number): Set<number> => new Set(paintSlice(body, place(zMm)).tissue);

  test('a slice at the portal plane shows the organs of the upper abdomen', () => {
    const slice = at(1.5);
    for (const name of [
      'air',
      'skin',
      'subcutaneousFat',
      'visceralFat',
      'muscle',
      'marrow',
      'cerebrospinalFluid',
      'liver',
      'blood',
      'spleen',
      'kidney',
      'stomachContent',
      'gas',
    ] as const) {
      expect(slice, name).toContain(TISSUE[name]);
    }
    expect(slice).not.toContain(TISSUE.lung);
  });

  test('lungs and heart lie above, kidneys and gallbladder below', () => {
    expect(at(85)).toContain(TISSUE.lung);
    expect(at(100)).toContain(TISSUE.heart);
    expect(at(-30)).toContain(TISSUE.gallbladder);
    expect(at(-100)).not.toContain(TISSUE.lung);
  });

  test('the full height holds all eight segments, the upper ones above the lower ones', () => {
    const found = new Map<number, { low: number; high: number }>();
    for (let zMm = -103.5; zMm <= 103.5; zMm += 9) {
      for (const segment of new Set(paintSlice(body, place(zMm)).segment)) {
        const range = found.get(segment) ?? { low: zMm, high: zMm };
        found.set(segment, { low: range.low, high: zMm });
      }
    }
    expect([...found.keys()].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    for (const upper of [2, 7, 8]) expect(found.get(upper)!.low).toBeGreaterThan(0);
    for (const lower of [3, 5, 6]) expect(found.get(lower)!.high).toBeLessThan(0);
  });

  test('labels and properties of tissues belong together', () => {
    expect(Object.values(TISSUE)).toEqual(TISSUES.map((_, label) => label));
    expect(TISSUES[TISSUE.liver].m0).toBe(1);
    expect(TISSUES[TISSUE.gas].m0).toBe(0);
  });
});

test('a random field has mean 0, SD 1, and the same values on any grid', () => {
  const scales = [
    { knotMm: 10, share: 0.7 },
    { knotMm: 4, share: 0.3 },
  ];
  const values = new Float32Array(columns * rows);
  let sum = 0;
  let squares = 0;
  for (let z = 0; z < 20; z++) {
    new RandomField(3, scales).fillSlice(values, place(37.7 * z));
    for (const value of values) {
      sum += value;
      squares += value * value;
    }
  }
  const n = 20 * values.length;
  expect(Math.abs(sum / n)).toBeLessThan(0.02);
  expect(Math.abs(Math.sqrt(squares / n) - 1)).toBeLessThan(0.02);

  new RandomField(3, scales).fillSlice(values, place(12));
  const coarse = new Float32Array(1);
  const { xsMm, ysMm } = place(12);
  new RandomField(3, scales).fillSlice(coarse, {
    xsMm: xsMm.slice(100, 101),
    ysMm: ysMm.slice(50, 51),
    zMm: 12,
  });
  expect(coarse[0]).toBe(values[100 + columns * 50]);
});

describe('simulateCohort', () => {
  test('yields every patient in turn, as a lone patient would be', async () => {
    const settings = { patients: 2, seed: 6, slices: 2 };
    const ids: string[] = [];
    for await (const patient of simulateCohort(settings)) {
      const alone = patientOf(settings, ids.length);
      expect(sameBits(patient.multiEcho.real, alone.multiEcho.real)).toBe(true);
      ids.push(patient.id);
    }
    expect(ids).toEqual(['sub-01', 'sub-02']);
  });

  test('stops when told to', async () => {
    const controller = new AbortController();
    const seen: string[] = [];
    const run = async (): Promise<void> => {
      for await (const { id } of simulateCohort({
        patients: 9,
        seed: 1,
        slices: 2,
        signal: controller.signal,
      })) {
        seen.push(id);
        controller.abort();
      }
    };
    await expect(run()).rejects.toMatchObject({ code: 'ABORTED' });
    expect(seen).toEqual(['sub-01']);
  });

  test('refuses unknown options', async () => {
    const options = { patients: 2, seed: 1, colour: 'red' };
    await expect(simulateCohort(options).next()).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT',
    });
  });
});

/** Volumes of millions of voxels are compared as bytes: an element-wise comparison takes seconds. */
function sameBits(a: Volume<Float32Array>, b: Volume<Float32Array>): boolean {
  return Buffer.from(a.data.data.buffer).equals(Buffer.from(b.data.data.buffer));
}

/** Fat of one unit at 1.5 T, by its nine peaks. */
function fatPhasor(timeMs: number): { re: number; im: number } {
  const ppm = [0.9, 1.3, 1.6, 2.02, 2.24, 2.75, 4.2, 5.19, 5.29];
  const amplitudes = [0.088, 0.642, 0.058, 0.062, 0.058, 0.006, 0.039, 0.01, 0.037];
  const turns = ppm.map((shift) => 42.577478518 * 1.5 * (shift - 4.7) * timeMs * 1e-3);
  const sum = (wave: (angle: number) => number): number =>
    turns.reduce((s, turn, i) => s + amplitudes[i] * wave(2 * Math.PI * turn), 0);
  return { re: sum(Math.cos), im: sum(Math.sin) };
}
