import { createVolume } from '@steatosis/core';
import { FormatError, NoImagesError, SeriesError } from '../errors.js';
import { groupBy } from '../group-by.js';
import { requireRadians } from '../multi-echo/check-phase.js';
import type { MultiEcho, MultiEchoAcquisition } from '../multi-echo/multi-echo.js';
import { componentOf, type ImageComponent } from './component.js';
import type { DicomFile } from './file.js';
import { framesOf, imagesOf } from './enhanced-frames.js';
import { echoTimeOf, hasPixels, imageOf } from './image.js';
import { seriesFiles } from './read-series.js';
import { lacksScaleSlope, phaseScalingOrThrow, signalScaling } from './scaling.js';
import { echoTimesOf, type Stack, stackOf } from './stack.js';
import { repetitionsOf, sameStack, scaledVolume } from './volumes.js';

/** γ/2π of hydrogen. */
const PROTON_MHZ_PER_T = 42.577478518;

/** Components that show the same slices at the same echo times. */
interface Acquisition {
  study: string;
  series: string;
  stacks: Partial<Record<ImageComponent, Stack>>;
}

/**
 * The multi-echo acquisition among DICOM files, in one series or (magnitude and phase of Siemens) in two.
 *
 * @throws NoImagesError when nothing has two echo times or more
 * @throws SeriesError when it is irregular, or when there are several acquisitions
 */
export function multiEchoOfDicom(
  files: readonly DicomFile[],
  where: string,
  onWarning: (message: string) => void,
): MultiEcho {
  const components = seriesFiles(files).flatMap(([uid, group]) => componentsOf(uid, group));
  const acquisitions = paired(components);
  const complex = acquisitions.filter(isComplex);
  const candidates = complex.length > 0 ? complex : acquisitions;
  if (candidates.length === 0) {
    // Where a file cannot be read at all (compressed, another multi-frame class) that is the reason to tell.
    files.filter(hasPixels).forEach(imagesOf);
    if (components.length > 0) {
      throw new SeriesError(
        'incomplete-echo',
        `${where} holds only parts of echoes: ${components.slice(0, 5).map(describe).join('; ')}. Add the magnitude images of the same acquisition, or real and imaginary ones.`,
        components.map(({ stacks }) => Object.values(stacks)[0].slots[0][0].file.source),
      );
    }
    throw new NoImagesError(
      where,
      `multi-echo acquisition: ${files.length} DICOM files are there, but no series has images of two echo times or more`,
    );
  }
  if (candidates.length > 1) {
    throw new SeriesError(
      'ambiguous',
      `${where} holds ${candidates.length} multi-echo acquisitions; give the files of one: ${candidates.slice(0, 5).map(describe).join('; ')}${candidates.length > 5 ? '; …' : ''}.`,
      candidates.flatMap(({ stacks: s }) => Object.values(s).map((x) => x.slots[0][0].file.source)),
    );
  }
  if (complex.length === 0) checkUnpaired(candidates[0], components, onWarning);
  if (acquisitions.length > 1) {
    onWarning(
      `${where} also holds ${acquisitions.length - 1} multi-echo acquisitions without phase, which were left out.`,
    );
  }
  const [{ stacks }] = candidates;
  Object.values(stacks).forEach(checkEchoNumbers);
  const unscaled = Object.values(stacks)
    .flatMap(({ slots }) => slots.flat())
    .find(lacksScaleSlope);
  if (unscaled !== undefined) {
    onWarning(
      `${unscaled.file.source}: the private scale slope (2005,100E) of Philips is missing, so images may be scaled differently. Export the series with its private attributes.`,
    );
  }
  return combined(candidates[0]);
}

/** The most echo times at which a series holds magnitude or real images, told by attributes alone. */
export function echoCountOf(files: readonly DicomFile[]): number {
  const counts = seriesFiles(files.filter(hasPixels)).map(([, series]) => {
    const echoes = series
      .flatMap(framesOf)
      .filter((file) => ['magnitude', 'real'].includes(componentOf(file)));
    return new Set(echoes.flatMap((file) => echoTimeOf(file)?.toFixed(3) ?? [])).size;
  });
  return Math.max(0, ...counts);
}

/** Echoes are numbered as they are recorded; a gap in the numbers is an echo that was lost on the way. */
function checkEchoNumbers({ slots, echoTimesMs }: Stack): void {
  const numbers = slots.map(([{ file }]) => file.number('EchoNumbers') ?? Number.NaN);
  const gap = numbers.findIndex((number, i) => i > 0 && number - numbers[i - 1] > 1);
  if (gap < 0 || numbers.some((number, i) => i > 0 && !(number > numbers[i - 1]))) return;
  throw new SeriesError(
    'incomplete-echo',
    `Echo ${numbers[gap - 1] + 1} is missing: (0018,0086) EchoNumbers are ${numbers.join(', ')} at ${echoTimesMs.join(', ')} ms. Add its files; if it was left out on purpose, convert the others to BIDS and number them from 1.`,
    slots.map(([{ file }]) => file.source),
  );
}

/**
 * Magnitudes alone are a fair result where nothing else was kept. Beside a phase that does not fit them they
 * would hide a missing file.
 */
function checkUnpaired(
  magnitudes: Acquisition,
  components: readonly Acquisition[],
  onWarning: (message: string) => void,
): void {
  const others = components.filter(
    ({ study, stacks }) => study === magnitudes.study && stacks.magnitude === undefined,
  );
  const beside = others.find(({ series }) => series === magnitudes.series);
  if (beside !== undefined) {
    throw new SeriesError(
      'incomplete-echo',
      `The parts of one series do not fit each other: ${describe(magnitudes)}; ${describe(beside)}. A file is missing; add it, or remove the files of the incomplete part.`,
      [magnitudes, beside].map(({ stacks }) => Object.values(stacks)[0].slots[0][0].file.source),
    );
  }
  if (others.length > 0) {
    onWarning(
      `Magnitudes only were read: the other images with several echoes do not fit them (${others.slice(0, 5).map(describe).join('; ')}).`,
    );
  }
}

/** Every component of a series that has several echo times, as an acquisition of its own. */
function componentsOf(series: string, files: readonly DicomFile[]): Acquisition[] {
  // The echo time decides before anything is checked: a localizer beside the acquisition is no error.
  const candidates = files
    .filter(hasPixels)
    .flatMap(framesOf)
    .filter((file) => echoTimeOf(file) !== undefined);
  if (new Set(candidates.map(echoTimeOf)).size < 2) return [];
  const study = candidates[0].text('StudyInstanceUID') ?? '';
  const images = candidates.map(imageOf).filter(({ component }) => component !== 'derived');
  return [...groupBy(images, ({ component }) => component).entries()]
    .filter(([, part]) => echoTimesOf(part).length >= 2)
    .flatMap(([component, part]) =>
      repetitionsOf(part).map((repeated) => ({
        study,
        series,
        stacks: { [component]: stackOf(repeated) },
      })),
    );
}

/** Put components together that fit each other: of one series first, then across series. */
function paired(components: readonly Acquisition[]): Acquisition[] {
  const inSeries = joined(components, (a, b) => a.series === b.series);
  return joined(inSeries, (a, b) => !isComplex(a) && !isComplex(b)).filter(
    (acquisition) => isComplex(acquisition) || acquisition.stacks.magnitude !== undefined,
  );
}

function joined(
  parts: readonly Acquisition[],
  allowed: (a: Acquisition, b: Acquisition) => boolean,
): Acquisition[] {
  const out: Acquisition[] = [];
  for (const part of parts) {
    const home = out.find(
      (other) =>
        other.study === part.study &&
        Object.keys(part.stacks).every((component) => !(component in other.stacks)) &&
        sameStack(Object.values(other.stacks)[0], Object.values(part.stacks)[0]) &&
        allowed(other, part),
    );
    if (home === undefined) out.push({ ...part, stacks: { ...part.stacks } });
    else Object.assign(home.stacks, part.stacks);
  }
  return out;
}

function isComplex({ stacks }: Acquisition): boolean {
  return (
    (stacks.real !== undefined && stacks.imaginary !== undefined) ||
    (stacks.magnitude !== undefined && stacks.phase !== undefined)
  );
}

function combined({ stacks }: Acquisition): MultiEcho {
  const { real, imaginary, magnitude, phase } = stacks;
  if (real !== undefined && imaginary !== undefined) {
    return {
      real: volumeOf(real, scaledVolume(real, signalScaling)),
      imaginary: volumeOf(imaginary, scaledVolume(imaginary, signalScaling)),
      ...acquisitionOf(real),
    };
  }
  const size = scaledVolume(magnitude!, signalScaling);
  if (phase === undefined)
    return { magnitude: volumeOf(magnitude!, size), ...acquisitionOf(magnitude!) };
  const angle = scaledVolume(phase, phaseScalingOrThrow);
  requireRadians(angle, phase.slots[0][0].file.source);
  for (let i = 0; i < size.length; i++) {
    const [m, p] = [size[i], angle[i]];
    size[i] = m * Math.cos(p);
    angle[i] = m * Math.sin(p);
  }
  return {
    real: volumeOf(magnitude!, size),
    imaginary: volumeOf(magnitude!, angle),
    ...acquisitionOf(magnitude!),
  };
}

function volumeOf({ columns, rows, slots, placement }: Stack, data: Float32Array) {
  return createVolume(data, [columns, rows, slots[0].length, slots.length], placement);
}

/** How the images were made, by the first file. */
function acquisitionOf({ slots, echoTimesMs }: Stack): MultiEchoAcquisition {
  const { file } = slots[0][0];
  return {
    echoTimesMs,
    fieldStrengthT: fieldStrengthOf(file),
    flipAngleDeg: file.number('FlipAngle'),
    repetitionTimeMs: file.number('RepetitionTime'),
  };
}

/** Field strength in tesla, else what the frequency of hydrogen in an enhanced file says. */
function fieldStrengthOf(file: DicomFile): number {
  const field = file.number('MagneticFieldStrength');
  // Some GE systems write gauss.
  if (field !== undefined && field > 0) return field > 100 ? field / 10000 : field;
  const frequency = file.number('TransmitterFrequency');
  if (frequency !== undefined && frequency > 0) {
    return Number((frequency / PROTON_MHZ_PER_T).toPrecision(4));
  }
  throw new FormatError(
    'DICOM',
    'its field strength is missing; write it in tesla into the files, or convert them to BIDS with "MagneticFieldStrength" in the sidecars',
    file.place('MagneticFieldStrength'),
  );
}

function describe({ stacks }: Acquisition): string {
  const [stack] = Object.values(stacks);
  return `${Object.keys(stacks).join(' + ')}, ${stack.echoTimesMs.length} echoes, ${stack.columns}×${stack.rows}×${stack.slots[0].length}, from ${stack.slots[0][0].file.source}`;
}
