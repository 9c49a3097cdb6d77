import { denseData, type Volume, volumeLike } from '@steatosis/core';
import { type CohortCase, type MultiEcho, separateWaterFat } from '@steatosis/io/node';
import { PatientError } from './patient-error.js';

/** Where a patient's PDFF comes from. */
export type PdffSource = 'echoes' | 'maps';

/** What the study looks at of one patient, all on one grid. */
export interface PatientImages {
  source: PdffSource;
  pdffPercent: Volume;
  water: Volume | undefined;
  fat: Volume | undefined;
  /** Absent where the scanner's maps are all there is. */
  echoes: MultiEcho | undefined;
  /** An image with the contours of the organs, for pictures. */
  anatomy: { title: string; volume: Volume };
}

/**
 * Separate the echoes of a patient; of one who has none, take the maps that the scanner made.
 *
 * @throws PatientError when neither gives a PDFF
 */
export async function readPatientImages(found: CohortCase): Promise<PatientImages> {
  return (await found.imageKind()) === 'echoes' ? await fromEchoes(found) : await fromMaps(found);
}

/** Magnitude of one echo. */
export function firstMagnitude(echoes: MultiEcho): Volume<Float32Array> {
  const volume = echoes.magnitude ?? echoes.real;
  const [nx = 1, ny = 1, nz = 1] = volume.data.shape;
  const first = denseData(volume).slice(0, nx * ny * nz);
  if (echoes.magnitude !== undefined) return volumeLike(volume, first);
  const imaginary = denseData(echoes.imaginary);
  return volumeLike(
    volume,
    first.map((value, i) => Math.hypot(value, imaginary[i]!)),
  );
}

async function fromEchoes(found: CohortCase): Promise<PatientImages> {
  const echoes = await found.readMultiEcho();
  const { pdffPercent, water, fat } = await separateWaterFat(echoes);
  const anatomy = { title: 'First echo', volume: firstMagnitude(echoes) };
  return { source: 'echoes', pdffPercent, water, fat, echoes, anatomy };
}

async function fromMaps(found: CohortCase): Promise<PatientImages> {
  const { pdffPercent, water, fat, inPhase } = await found.readMaps();
  if (pdffPercent === undefined) {
    throw new PatientError(
      found.id,
      'it has no echoes, and among its maps is neither a PDFF nor water and fat. Add one of them.',
    );
  }
  const both = water !== undefined && fat !== undefined ? sumOf(water, fat) : undefined;
  const signal = inPhase ?? both;
  const anatomy =
    signal === undefined
      ? { title: 'PDFF', volume: pdffPercent }
      : { title: 'In phase', volume: signal };
  return { source: 'maps', pdffPercent, water, fat, echoes: undefined, anatomy };
}

function sumOf(water: Volume<Float32Array>, fat: Volume<Float32Array>): Volume<Float32Array> {
  const added = denseData(fat);
  return volumeLike(
    water,
    denseData(water).map((value, i) => value + added[i]!),
  );
}
