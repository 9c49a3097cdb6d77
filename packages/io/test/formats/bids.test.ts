import path from 'node:path';
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync, mkdirSync } from 'node:fs';
import { createRandom, createVolume, denseData } from '@steatosis/core';
import { describe, expect, test } from 'vitest';
import type { ComplexMultiEcho } from '../../src/index.js';
import { readMultiEcho, writeMultiEchoBids } from '../../src/node.js';
import { emptyFolder } from './bundle.js';

/** A small acquisition with random signal. */
function acquisition(): ComplexMultiEcho {
  const random = createRandom(7);
  const values = (): Float32Array =>
    Float32Array.from({ length: 5 * 4 * 3 * 3 }, () => 800 * random.normal());
  const grid = { spacing: [1.25, 1.5, 3], origin: [-20, 11, 40] } as const;
  const volume = () =>
    createVolume(values(), [5, 4, 3, 3], { spacing: [...grid.spacing], origin: [...grid.origin] });
  return {
    real: volume(),
    imaginary: volume(),
    echoTimesMs: [1.15, 2.3, 3.45],
    fieldStrengthT: 1.5,
    flipAngleDeg: 5,
    repetitionTimeMs: 10.3,
  };
}

function largestError(a: ComplexMultiEcho, b: ComplexMultiEcho): number {
  const [re, im, re2, im2] = [a.real, a.imaginary, b.real, b.imaginary].map(denseData);
  return Math.max(...re.map((v, i) => Math.hypot(v - re2[i], im[i] - im2[i])));
}

describe('a BIDS folder', () => {
  test.each([
    ['real-imag', 'float32', 0],
    ['real-imag', 'int16', 0.1],
    ['mag-phase', 'float32', 1e-3],
    ['mag-phase', 'int16', 0.4],
  ] as const)('%s as %s comes back', async (part, dataType, limit) => {
    const folder = emptyFolder();
    const original = acquisition();
    const files = await writeMultiEchoBids(folder, '01', original, { part, dataType });
    expect(files).toHaveLength(6);
    expect(path.basename(files[0])).toBe(
      `sub-01_echo-1_part-${part === 'real-imag' ? 'real' : 'mag'}_MEGRE.nii.gz`,
    );
    for (const source of [
      folder,
      path.join(folder, 'sub-01'),
      path.join(folder, 'sub-01', 'anat'),
      files[3],
    ]) {
      const back = (await readMultiEcho(source)) as ComplexMultiEcho;
      expect(back.echoTimesMs).toEqual([1.15, 2.3, 3.45]);
      expect([back.fieldStrengthT, back.flipAngleDeg, back.repetitionTimeMs]).toEqual([
        1.5, 5, 10.3,
      ]);
      expect(back.real.spacing).toEqual([1.25, 1.5, 3]);
      expect(back.real.origin).toEqual([-20, 11, 40]);
      expect(largestError(original, back)).toBeLessThanOrEqual(limit);
    }
  });

  test('magnitude only', async () => {
    const { real, ...facts } = acquisition();
    const folder = emptyFolder();
    const magnitude = { ...facts, magnitude: real, real: undefined, imaginary: undefined };
    await writeMultiEchoBids(folder, 'sub-A1', magnitude, { dataType: 'float32' });
    const back = await readMultiEcho(folder);
    expect(denseData(back.magnitude!)).toEqual(denseData(real));
  });

  test('sidecars are inherited: common values may stand above, nearer ones win', async () => {
    const folder = emptyFolder();
    await writeMultiEchoBids(folder, '01', acquisition(), { dataType: 'float32' });
    const anat = path.join(folder, 'sub-01', 'anat');
    for (const name of readdirSync(anat).filter((n) => n.endsWith('.json'))) {
      const { EchoTime } = JSON.parse(readFileSync(path.join(anat, name), 'utf8')) as {
        EchoTime: number;
      };
      rmSync(path.join(anat, name));
      const both = name.replace(/_part-[a-z]+/, '');
      writeFileSync(path.join(anat, both), JSON.stringify({ EchoTime, FlipAngle: 7 }));
    }
    const common = { MagneticFieldStrength: 3, FlipAngle: 5, RepetitionTimeExcitation: 0.02 };
    writeFileSync(path.join(folder, 'MEGRE.json'), JSON.stringify(common));
    for (const source of [folder, anat]) {
      const back = await readMultiEcho(source);
      expect(back).toMatchObject({ fieldStrengthT: 3, flipAngleDeg: 7, repetitionTimeMs: 20 });
    }
  });

  test('sessions are two acquisitions: ambiguous at the top, readable one by one', async () => {
    const folder = emptyFolder();
    for (const session of ['ses-1', 'ses-2']) {
      await writeMultiEchoBids(folder, '01', acquisition(), { dataType: 'float32' });
      const from = path.join(folder, 'sub-01', 'anat');
      const to = path.join(folder, 'sub-01', session, 'anat');
      mkdirSync(to, { recursive: true });
      for (const name of readdirSync(from)) {
        renameSync(
          path.join(from, name),
          path.join(to, name.replace('sub-01_', `sub-01_${session}_`)),
        );
      }
    }
    await expect(readMultiEcho(folder)).rejects.toMatchObject({ problem: 'ambiguous' });
    expect((await readMultiEcho(path.join(folder, 'sub-01', 'ses-2'))).echoTimesMs).toHaveLength(3);
  });
});

describe('a BIDS folder with something wrong', () => {
  /** Write an acquisition, spoil it, read it. */
  async function spoiled(
    spoil: (anat: string) => void,
    part: 'real-imag' | 'mag-phase' = 'real-imag',
  ) {
    const folder = emptyFolder();
    await writeMultiEchoBids(folder, '01', acquisition(), { part, dataType: 'float32' });
    const anat = path.join(folder, 'sub-01', 'anat');
    spoil(anat);
    return await readMultiEcho(anat);
  }
  const edit = (
    anat: string,
    match: RegExp,
    change: (sidecar: Record<string, unknown>) => void,
  ): void => {
    for (const name of readdirSync(anat).filter((n) => n.endsWith('.json') && match.test(n))) {
      const file = path.join(anat, name);
      const sidecar = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
      change(sidecar);
      writeFileSync(file, JSON.stringify(sidecar));
    }
  };

  test.each<[string, (anat: string) => void, object]>([
    [
      'a part of one echo absent',
      (anat) => rmSync(path.join(anat, 'sub-01_echo-2_part-imag_MEGRE.nii.gz')),
      { problem: 'incomplete-echo' },
    ],
    [
      'a whole echo absent',
      (anat) => {
        for (const name of readdirSync(anat).filter((n) => n.includes('echo-2'))) {
          rmSync(path.join(anat, name));
        }
      },
      {
        problem: 'incomplete-echo',
        message: expect.stringMatching(/echoes 1, 3; echo-2 is missing/),
      },
    ],
    [
      'the sidecars of two echoes of one part exchanged',
      (anat) => {
        const of = (echo: number): string =>
          path.join(anat, `sub-01_echo-${echo}_part-real_MEGRE.json`);
        const [first, second] = [readFileSync(of(1)), readFileSync(of(2))];
        writeFileSync(of(1), second);
        writeFileSync(of(2), first);
      },
      { problem: 'incomplete-echo', message: expect.stringMatching(/contradict the names/) },
    ],
    [
      'another flip angle in one sidecar',
      (anat) => edit(anat, /echo-2/, (s) => (s['FlipAngle'] = 30)),
      { message: expect.stringMatching(/FlipAngle 5, 30, 5/) },
    ],
    [
      'another field strength in the imaginary part',
      (anat) => edit(anat, /imag/, (s) => (s['MagneticFieldStrength'] = 3)),
      { message: expect.stringMatching(/MagneticFieldStrength/) },
    ],
    [
      'no echo time',
      (anat) => edit(anat, /echo-2/, (s) => delete s['EchoTime']),
      { problem: 'missing-attribute' },
    ],
    [
      'an echo time in ms',
      (anat) => edit(anat, /echo-2/, (s) => (s['EchoTime'] = 2.3)),
      { message: expect.stringMatching(/milliseconds/) },
    ],
    [
      'an echo time in words',
      (anat) => edit(anat, /echo-2/, (s) => (s['EchoTime'] = 'short')),
      { code: 'MALFORMED_FILE', field: 'EchoTime' },
    ],
    [
      'no field strength',
      (anat) => edit(anat, /./, (s) => delete s['MagneticFieldStrength']),
      { message: expect.stringMatching(/MagneticFieldStrength/) },
    ],
    [
      'two field strengths',
      (anat) => edit(anat, /echo-3/, (s) => (s['MagneticFieldStrength'] = 3)),
      { message: expect.stringMatching(/1\.5, 1\.5, 3/) },
    ],
    [
      'the same echo time twice',
      (anat) => edit(anat, /echo-2/, (s) => (s['EchoTime'] = 0.00115)),
      { problem: 'duplicate-slice' },
    ],
    [
      'a sidecar that is no JSON',
      (anat) => writeFileSync(path.join(anat, 'sub-01_echo-1_part-real_MEGRE.json'), '{'),
      { code: 'MALFORMED_FILE' },
    ],
    [
      'a cut image',
      (anat) => {
        const file = path.join(anat, 'sub-01_echo-1_part-real_MEGRE.nii.gz');
        writeFileSync(file, readFileSync(file).subarray(0, 200));
      },
      { code: 'MALFORMED_FILE' },
    ],
  ])('%s', async (_, spoil, error) => {
    await expect(spoiled(spoil)).rejects.toMatchObject(error);
  });

  test('phase in arbitrary units is refused; phase without a unit within ±π is taken as rad', async () => {
    const arbitrary = (anat: string): void =>
      edit(anat, /phase/, (s) => (s['Units'] = 'arbitrary'));
    await expect(spoiled(arbitrary, 'mag-phase')).rejects.toThrow(/"Units": "rad"/);
    const silent = (anat: string): void => edit(anat, /phase/, (s) => delete s['Units']);
    expect((await spoiled(silent, 'mag-phase')).echoTimesMs).toHaveLength(3);
  });
});
