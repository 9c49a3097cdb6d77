import {
  createVolume,
  denseData,
  describeGrid,
  gridOf,
  sameGrid,
  type Volume,
} from '@steatosis/core';
import { FormatError, SeriesError } from '../errors.js';
import { groupBy } from '../group-by.js';
import type { MultiEcho, MultiEchoAcquisition } from '../multi-echo/multi-echo.js';
import { requireRadians } from '../multi-echo/check-phase.js';
import { readNifti } from '../nifti/read.js';
import type { ReadContext } from '../read-context.js';
import type { NamedSource } from '../sources.js';
import { isMegreImage, isMegreSidecar, parseBidsName } from './names.js';
import { type Sidecar, sidecarNumber, sidecarOf } from './sidecar.js';

type Part = 'mag' | 'phase' | 'real' | 'imag';

interface EchoImage {
  name: string;
  part: Part;
  /** Number of the echo in the file's name. */
  echo: number | undefined;
  sidecar: Sidecar;
  echoTimeMs: number;
  volume: Volume;
}

/**
 * The multi-echo acquisition among the files of a BIDS folder.
 *
 * @throws SeriesError when there are several, or when an echo lacks a part
 */
export async function multiEchoOfBids(
  files: readonly NamedSource[],
  where: string,
  context: ReadContext,
): Promise<MultiEcho> {
  const images = files.filter(({ name }) => isMegreImage(name));
  const acquisitions = groupBy(images, ({ name }) => acquisitionOf(name));
  if (acquisitions.size > 1) {
    throw new SeriesError(
      'ambiguous',
      `${where} holds ${acquisitions.size} multi-echo acquisitions (${firstFew([...acquisitions.keys()])}); give the folder or the files of one.`,
      images.map(({ name }) => name),
    );
  }
  const sidecars = files.filter(({ name }) => isMegreSidecar(name));
  const opened = new Map<string, Promise<Sidecar>>();
  const echoes = await Promise.all(
    images.map(async (image) => await echoImage(image, sidecars, opened, context)),
  );
  checkNumbers(echoes, where);
  const parts = groupBy(echoes, ({ part }) => part);
  for (const part of parts.values()) part.sort((a, b) => a.echoTimeMs - b.echoTimeMs);
  const [real, imag, mag, phase] = (['real', 'imag', 'mag', 'phase'] as const).map(
    (part) => parts.get(part) ?? [],
  );
  if (real.length > 0 && imag.length > 0) {
    checkAlike(real, imag);
    return {
      real: joined(real, identity),
      imaginary: joined(imag, identity),
      ...facts([...real, ...imag]),
    };
  }
  const half = real.length + imag.length > 0 && phase.length === 0;
  if (mag.length === 0 || half) {
    throw new SeriesError(
      'incomplete-echo',
      `${where} holds only ${[...parts.keys()].map((part) => `part-${part}`).join(', ')} of its echoes; part-mag, part-mag and part-phase, or part-real and part-imag were expected. Add the images of the part that is missing${half && mag.length > 0 ? `, or take away part-${real.length > 0 ? 'real' : 'imag'} to read magnitudes alone` : ''}.`,
      images.map(({ name }) => name),
    );
  }
  checkAlike(mag, mag);
  const magnitude = joined(mag, identity);
  if (phase.length === 0) return { magnitude, ...facts(mag) };
  checkAlike(mag, phase);
  const angle = joined(phase, radians);
  const [m, p] = [magnitude.data.data, angle.data.data];
  for (let i = 0; i < m.length; i++) {
    const [size, turn] = [m[i], p[i]];
    m[i] = size * Math.cos(turn);
    p[i] = size * Math.sin(turn);
  }
  return { real: magnitude, imaginary: angle, ...facts([...mag, ...phase]) };
}

/** The first five names. */
function firstFew(names: readonly string[]): string {
  return names.length > 5 ? `${names.slice(0, 5).join(', ')}, …` : names.join(', ');
}

/** The name without echo and part: what the images of one acquisition share. */
function acquisitionOf(name: string): string {
  const parsed = parseBidsName(name);
  if (parsed === undefined) {
    throw new FormatError('BIDS', 'its name is not made of key-value pairs', { source: name });
  }
  return Object.entries(parsed.entities)
    .filter(([key]) => key !== 'echo' && key !== 'part')
    .map(([key, value]) => `${key}-${value}`)
    .join('_');
}

async function echoImage(
  image: NamedSource,
  sidecars: readonly NamedSource[],
  opened: Map<string, Promise<Sidecar>>,
  context: ReadContext,
): Promise<EchoImage> {
  const { name } = image;
  const { part = 'mag', echo } = parseBidsName(name)?.entities ?? {};
  if (part !== 'mag' && part !== 'phase' && part !== 'real' && part !== 'imag') {
    throw new FormatError('BIDS', `part-${part} is none of mag, phase, real, imag`, {
      source: name,
    });
  }
  const sidecar = await sidecarOf(name, sidecars, opened);
  const echoTime = sidecarNumber(sidecar, 'EchoTime', name);
  if (echoTime === undefined || !(echoTime > 0)) {
    throw new SeriesError(
      'missing-attribute',
      `${name} has no EchoTime in a JSON sidecar (seconds, > 0).`,
      [name],
    );
  }
  if (echoTime > 1) {
    throw new SeriesError(
      'missing-attribute',
      `${name} has an EchoTime of ${echoTime} s; BIDS wants seconds, this looks like milliseconds.`,
      [name],
    );
  }
  const volume = await readNifti({ name, bytes: await image.bytes() }, context);
  return {
    name,
    part,
    echo: echo === undefined ? undefined : Number(echo),
    sidecar,
    echoTimeMs: Number((echoTime * 1000).toPrecision(12)),
    volume,
  };
}

/**
 * The numbers in the names must count the echoes in the order of their echo times, whatever the part. A gap
 * is a file that is missing; another order is a sidecar that belongs to another image.
 */
function checkNumbers(echoes: readonly EchoImage[], where: string): void {
  const numbered = echoes.filter((image) => image.echo !== undefined);
  const numbers = [...new Set(numbered.map((image) => image.echo!))].sort((a, b) => a - b);
  const gap = numbers.findIndex((number, i) => number !== i + 1);
  if (gap >= 0) {
    throw new SeriesError(
      'incomplete-echo',
      `${where} holds the echoes ${numbers.join(', ')}; echo-${gap + 1} is missing. Add its files, or number the echoes from 1 without a gap if it was left out on purpose.`,
      numbered.map(({ name }) => name),
    );
  }
  const ordered = [...numbered].sort((a, b) => a.echo! - b.echo!);
  const wrong = ordered.findIndex((image, i) => {
    if (i === 0) return false;
    const step = image.echoTimeMs - ordered[i - 1].echoTimeMs;
    return image.echo === ordered[i - 1].echo ? Math.abs(step) > 1e-3 : step < -1e-3;
  });
  if (wrong > 0) {
    const [before, after] = [ordered[wrong - 1], ordered[wrong]];
    throw new SeriesError(
      'incomplete-echo',
      `The sidecars contradict the names: ${before.name} has an EchoTime of ${before.echoTimeMs} ms and ${after.name} of ${after.echoTimeMs} ms. All parts of an echo share its time, and later echoes have longer ones.`,
      [before.name, after.name],
    );
  }
}

/** Two lists of echoes must have the same echo times, each once, on one grid. */
function checkAlike(a: readonly EchoImage[], b: readonly EchoImage[]): void {
  const times = (list: readonly EchoImage[]): string => list.map((e) => e.echoTimeMs).join(', ');
  if (
    a.length !== b.length ||
    a.some((echo, i) => Math.abs(echo.echoTimeMs - b[i].echoTimeMs) > 1e-3)
  ) {
    throw new SeriesError(
      'incomplete-echo',
      `The parts ${a[0].part} and ${b[0].part} have different echo times: ${times(a)} ms and ${times(b)} ms. A file is missing.`,
      [...a, ...b].map(({ name }) => name),
    );
  }
  const twice = a.find((echo, i) => i > 0 && echo.echoTimeMs - a[i - 1].echoTimeMs < 1e-3);
  if (twice !== undefined) {
    throw new SeriesError(
      'duplicate-slice',
      `${twice.name} has the same echo time (${twice.echoTimeMs} ms) as another image of its part.`,
      [twice.name],
    );
  }
  for (const echo of [...a, ...b]) {
    if (echo.volume.data.shape.length !== 3 || !sameGrid(a[0].volume, echo.volume)) {
      throw new SeriesError(
        'mixed-size',
        `${echo.name} lies on another grid (${describeGrid(gridOf(echo.volume))}) than ${a[0].name} (${describeGrid(gridOf(a[0].volume))}), or has a fourth axis.`,
        [a[0].name, echo.name],
      );
    }
  }
}

function joined(
  echoes: readonly EchoImage[],
  factorOf: (echo: EchoImage) => number,
): Volume<Float32Array> {
  const [first] = echoes;
  const voxels = first.volume.data.size;
  const data = new Float32Array(voxels * echoes.length);
  echoes.forEach((echo, i) => {
    const values = denseData(echo.volume);
    const factor = factorOf(echo);
    const offset = i * voxels;
    if (factor === 1) data.set(values, offset);
    else for (let v = 0; v < voxels; v++) data[offset + v] = values[v] * factor;
  });
  return createVolume(data, [...first.volume.data.shape, echoes.length], first.volume);
}

function identity(): number {
  return 1;
}

/** Factor from the stored unit of a phase image to rad: BIDS knows `rad` and `arbitrary`. */
function radians({ name, sidecar, volume }: EchoImage): number {
  const units = sidecar['Units'];
  const values = denseData(volume);
  if (units === 'rad') {
    requireRadians(values, name);
    return 1;
  }
  let largest = 0;
  for (let i = 0; i < values.length; i++)
    if (Math.abs(values[i]) > largest) largest = Math.abs(values[i]);
  if (units === undefined && largest > 1 && largest <= Math.PI * 1.001) return 1;
  throw new SeriesError(
    'missing-attribute',
    `${name} is a phase image whose sidecar says "Units": ${JSON.stringify(units) ?? 'nothing'}, and its values reach ${largest}. Convert it to radians and write "Units": "rad".`,
    [name],
  );
}

/** How the images were made, on which all sidecars must agree; the echo times are those of the first part. */
function facts(images: readonly EchoImage[]): MultiEchoAcquisition {
  const [{ name, part }] = images;
  const field = shared(images, 'MagneticFieldStrength');
  if (field === undefined || !(field > 0)) {
    throw new SeriesError(
      'missing-attribute',
      `The sidecars of ${name} and its other echoes give the MagneticFieldStrength ${field ?? 'nothing'}; one field strength in tesla was expected. Write it into the sidecars, as "MagneticFieldStrength": 1.5.`,
      images.map((image) => image.name),
    );
  }
  const repetition = shared(images, 'RepetitionTimeExcitation') ?? shared(images, 'RepetitionTime');
  return {
    echoTimesMs: images.filter((image) => image.part === part).map((image) => image.echoTimeMs),
    fieldStrengthT: field,
    flipAngleDeg: shared(images, 'FlipAngle'),
    repetitionTimeMs:
      repetition === undefined ? undefined : Number((repetition * 1000).toPrecision(12)),
  };
}

/** The one value that all sidecars give for a key. */
function shared(images: readonly EchoImage[], key: string): number | undefined {
  const values = images.map(({ sidecar, name }) => sidecarNumber(sidecar, key, name));
  if (values.every((value) => value === values[0])) return values[0];
  throw new SeriesError(
    'missing-attribute',
    `The sidecars of ${images[0].name} and its other echoes give the ${key} ${values.map((v) => v ?? 'nothing').join(', ')}; one value for all was expected.`,
    images.map((image) => image.name),
  );
}
