import { denseData, gridOf } from '@steatosis/core';
import { describe, expect, test } from 'vitest';
import { parseDicom } from '../../src/dicom/file.js';
import { imageOf, storedValues } from '../../src/dicom/image.js';
import { type ComplexMultiEcho, type MultiEcho, readMultiEcho } from '../../src/index.js';
import {
  affineDifference,
  affineLps,
  bundle,
  type Fixture,
  json,
  npy,
  warnings,
} from './bundle.js';

interface Expected {
  echoTimesMs: number[];
  fieldStrengthT: number;
  affineLPS: number[][];
  maxAbsErrorOfDecodedVersusTruth: number;
  rmsErrorOfDecodedVersusTruth: number;
  instances: {
    file: string;
    component: string;
    echo: number;
    slice: number;
    rescaleSlope: number;
    rescaleIntercept: number;
    scaleSlope_2005_100E: number;
  }[];
}

const SETS = [
  'dixon-philips-classic-magphase',
  'dixon-philips-classic-realimag',
  'dixon-ge-classic-realimag',
  'dixon-siemens-classic-magphase',
] as const;
/** What the files of a vendor are multiplied with against the truth; see the sets' `rule`. */
const GAIN: Record<string, number> = {
  'dixon-ge-classic-realimag': 8,
  'dixon-siemens-classic-magphase': 2,
};

const images = (name: string): Fixture[] =>
  [...bundle(name).values()].filter((file) => !/\.(json|npy)$/.test(file.name));

function complex(multiEcho: MultiEcho): ComplexMultiEcho {
  if (multiEcho.magnitude !== undefined) throw new Error('phase is missing');
  return multiEcho;
}

/** Differences of complex echoes from a reference of interleaved values, and the largest of these. */
function compare(multiEcho: MultiEcho, reference: ArrayLike<number>, gain = 1) {
  const { real, imaginary } = complex(multiEcho);
  const [re, im] = [denseData(real), denseData(imaginary)];
  let [max, squares, largest] = [0, 0, 0];
  for (let i = 0; i < re.length; i++) {
    const error = Math.hypot(re[i] / gain - reference[2 * i], im[i] / gain - reference[2 * i + 1]);
    max = Math.max(max, error);
    squares += error * error;
    largest = Math.max(largest, Math.hypot(reference[2 * i], reference[2 * i + 1]));
  }
  return { max, rms: Math.sqrt(squares / re.length), largest };
}

describe('six echoes in the encodings of three vendors', () => {
  const truth = npy(bundle('dixon-truth').get('dixon-truth/complex.npy')!.content).values;

  for (const name of SETS) {
    const files = bundle(name);
    const facts: Expected = json(files.get(`${name}/expected.json`));

    test(`${name}: echoes, geometry, and the distance from the truth that the encoding allows`, async () => {
      const multiEcho = complex(await readMultiEcho(images(name)));
      expect(multiEcho.echoTimesMs).toEqual(facts.echoTimesMs);
      expect(multiEcho.fieldStrengthT).toBe(1.5);
      expect(multiEcho.flipAngleDeg).toBe(5);
      expect(multiEcho.repetitionTimeMs).toBe(10.5);
      expect(multiEcho.real.data.shape).toEqual([64, 52, 4, 6]);
      expect(affineDifference(affineLps(multiEcho.real), facts.affineLPS)).toBeLessThan(1e-9);
      const { max, rms, largest } = compare(multiEcho, truth, GAIN[name]);
      expect(Math.abs(max - facts.maxAbsErrorOfDecodedVersusTruth) / largest).toBeLessThan(1e-6);
      expect(Math.abs(rms - facts.rmsErrorOfDecodedVersusTruth) / largest).toBeLessThan(1e-6);
    });
  }

  test('Philips magnitude and phase: as the reference decoded them, relative 1e-5 wanted', async () => {
    const name = 'dixon-philips-classic-magphase';
    const decoded = npy(bundle(name).get(`${name}/decoded.npy`)!.content).values;
    const { max, largest } = compare(await readMultiEcho(images(name)), decoded);
    expect(max / largest).toBeLessThan(3e-7);
  });

  test('Philips real and imaginary: stored values by the rule of the set, relative 1e-5 wanted', async () => {
    const name = 'dixon-philips-classic-realimag';
    const files = bundle(name);
    const { instances }: Expected = json(files.get(`${name}/expected.json`));
    const { real, imaginary } = complex(await readMultiEcho(images(name)));
    let worst = 0;
    for (const { file, component, echo, slice, rescaleSlope, rescaleIntercept } of instances) {
      const { content } = files.get(`${name}/${file}`)!;
      const stored = storedValues(imageOf(parseDicom({ name: file, bytes: content })));
      const values = denseData(component === 'REAL' ? real : imaginary);
      const offset = stored.length * (slice + 4 * (echo - 1));
      stored.forEach((pv, i) => {
        worst = Math.max(
          worst,
          Math.abs(values[offset + i] - (pv * rescaleSlope + rescaleIntercept)),
        );
      });
    }
    expect(worst / 745).toBeLessThan(3e-7);
  });

  test('the scale slope of every file counts: images of one echo scaled apart', async () => {
    const files = bundle('philips-varying-scale');
    const dicom = [...files.values()].filter(({ name }) => name.endsWith('.dcm'));
    const { real, imaginary, echoTimesMs } = complex(await readMultiEcho(dicom));
    const { shape, values } = npy(files.get('dicom_classic_expected_echoes.npy')!.content);
    expect(real.data.shape).toEqual(shape);
    expect(echoTimesMs).toEqual([1.15, 2.3, 3.45, 4.6, 5.75, 6.9]);
    const [nx, ny, nz, ne] = shape;
    let [worst, largest] = [0, 0];
    for (let x = 0; x < nx; x++) {
      for (let y = 0; y < ny; y++) {
        for (let z = 0; z < nz; z++) {
          for (let e = 0; e < ne; e++) {
            const at = 2 * (((x * ny + y) * nz + z) * ne + e);
            const [re, im] = [values[at], values[at + 1]];
            const error = Math.hypot(
              real.data.get(x, y, z, e) - re,
              imaginary.data.get(x, y, z, e) - im,
            );
            worst = Math.max(worst, error);
            largest = Math.max(largest, Math.hypot(re, im));
          }
        }
      }
    }
    expect(worst / largest).toBeLessThan(3e-7);
  });

  test('the order of the files does not matter', async () => {
    const files = images('dixon-ge-classic-realimag');
    const a = complex(await readMultiEcho(files));
    const b = complex(await readMultiEcho(files.toReversed()));
    expect(denseData(b.real)).toEqual(denseData(a.real));
    expect(denseData(b.imaginary)).toEqual(denseData(a.imaginary));
  });
});

describe('what is missing is told', () => {
  const philips = images('dixon-philips-classic-magphase');
  const facts: Expected = json(
    bundle('dixon-philips-classic-magphase').get('dixon-philips-classic-magphase/expected.json'),
  );
  const of = (choose: (instance: Expected['instances'][number]) => boolean): Fixture[] => {
    const names = new Set(facts.instances.filter(choose).map(({ file }) => file));
    return philips.filter(({ name }) => names.has(name.split('/').at(-1)!));
  };

  test('magnitude alone is read as magnitude', async () => {
    const multiEcho = await readMultiEcho(of(({ component }) => component === 'MAGNITUDE'));
    expect(multiEcho.real).toBeUndefined();
    expect(gridOf(multiEcho.magnitude!).size).toEqual([64, 52, 4]);
  });

  test('a hole in the phase names echo and slice', async () => {
    const files = of(
      ({ component, echo, slice }) => !(component === 'PHASE' && echo === 3 && slice === 1),
    );
    await expect(readMultiEcho(files)).rejects.toMatchObject({
      code: 'IRREGULAR_SERIES',
      problem: 'incomplete-echo',
      message: expect.stringMatching(/Echo 3 \(3\.45 ms\).*slice 2 of 4/),
    });
  });

  test.each([
    [
      'echo',
      ({ component, echo }: Expected['instances'][number]) => component === 'PHASE' && echo === 3,
    ],
    [
      'slice',
      ({ component, slice }: Expected['instances'][number]) => component === 'PHASE' && slice === 0,
    ],
  ])('a whole %s without phase is no magnitude-only acquisition', async (_, lost) => {
    await expect(readMultiEcho(of((instance) => !lost(instance)))).rejects.toMatchObject({
      problem: 'incomplete-echo',
      message: expect.stringMatching(/do not fit each other: magnitude, 6 echoes.*phase, /),
    });
  });

  test('one echo is no acquisition', async () => {
    await expect(readMultiEcho(of(({ echo }) => echo === 1))).rejects.toMatchObject({
      code: 'NO_IMAGES',
      message: expect.stringMatching(/two echo times/),
    });
  });

  test('two acquisitions are ambiguous, and both are named', async () => {
    const ge = images('dixon-ge-classic-realimag');
    await expect(readMultiEcho([...philips, ...ge])).rejects.toMatchObject({
      problem: 'ambiguous',
      message: expect.stringMatching(/2 multi-echo acquisitions.*real \+ imaginary/),
    });
  });

  test('a complex acquisition is preferred over another one without phase, with a warning', async () => {
    const { list, onWarning } = warnings();
    const siemens = images('dixon-siemens-classic-magphase').filter(({ name }) =>
      name.includes('/M_'),
    );
    const multiEcho = await readMultiEcho([...siemens, ...philips], { onWarning });
    expect(multiEcho.real).toBeDefined();
    expect(list).toEqual([expect.stringMatching(/without phase, which were left out/)]);
  });

  test('Philips files without their private scale slope give a warning', async () => {
    const stripped = images('dixon-philips-classic-realimag').map(({ name, content }) => {
      const bytes = content.slice();
      const { elements } = parseDicom({ name, bytes });
      for (const [tag, { offset, length }] of elements) {
        if (tag >>> 16 === 0x2005 && (tag & 0xffff) < 0x100)
          bytes.fill(0x58, offset, offset + length);
      }
      return { name, bytes: () => Promise.resolve(bytes) };
    });
    const { list, onWarning } = warnings();
    await readMultiEcho(stripped, { onWarning });
    expect(list).toEqual([expect.stringMatching(/\(2005,100E\) of Philips is missing/)]);
  });

  test('phase without a unit is refused', async () => {
    const anonymous = philips.map(({ name, content }) => {
      const bytes = content.slice();
      const file = parseDicom({ name, bytes });
      for (const tag of [0x00080070, 0x00281054]) {
        const element = file.elements.get(tag);
        if (element) bytes.fill(0x58, element.offset, element.offset + element.length);
      }
      return { name, bytes: () => Promise.resolve(bytes) };
    });
    await expect(readMultiEcho(anonymous)).rejects.toMatchObject({ feature: 'phase scaling' });
  });
});
