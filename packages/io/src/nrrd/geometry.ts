import type { Vector3 } from '@steatosis/core';
import { FormatError, UnsupportedFormatError } from '../errors.js';
import { type Placement, placementOf } from '../geometry.js';
import { lookup } from '../lookup.js';
import type { NrrdHeader } from './header.js';

/** Which axes of the file are x, y, z, which one holds components, and where the voxels lie. */
export interface NrrdAxes {
  spatial: number[];
  /** Axes without a direction in space. */
  lists: number[];
  placement: Placement;
}

/** Signs that turn the axes of an anatomical space into LPS. */
const TO_LPS: Readonly<Record<string, Vector3>> = {
  'left-posterior-superior': [1, 1, 1],
  lps: [1, 1, 1],
  'right-anterior-superior': [-1, -1, 1],
  ras: [-1, -1, 1],
  'left-anterior-superior': [1, -1, 1],
  las: [1, -1, 1],
};

/** Spaces without an anatomical meaning: taken as LPS, with a warning. */
const UNKNOWN_SPACES: readonly string[] = ['scanner-xyz', '3d-right-handed', '3d-left-handed'];

const MILLIMETRES: Readonly<Record<string, number>> = {
  mm: 1,
  millimeter: 1,
  millimeters: 1,
  cm: 10,
  m: 1000,
  um: 0.001,
  µm: 0.001,
  micron: 0.001,
};

/** @throws FormatError, UnsupportedFormatError when the axes make up no image in space */
export function axesOfNrrd(
  header: NrrdHeader,
  source: string,
  onWarning: (message: string) => void,
): NrrdAxes {
  const directions = header.fields.get('space directions');
  return directions === undefined
    ? withoutDirections(header, source)
    : withDirections(header, directions, source, onWarning);
}

function withDirections(
  header: NrrdHeader,
  directions: string,
  source: string,
  onWarning: (message: string) => void,
): NrrdAxes {
  const place = { source, field: 'space directions' };
  const vectors = directions.match(/\([^)]*\)|none/gi) ?? [];
  if (vectors.length !== header.sizes.length) {
    throw new FormatError(
      'NRRD',
      `it has ${vectors.length} space directions for ${header.sizes.length} axes`,
      place,
    );
  }
  const { signs, dimension } = spaceOf(header, source, onWarning);
  const spatial: number[] = [];
  const lists: number[] = [];
  const steps: Vector3[] = [];
  const scale = unitsOf(header, source);
  vectors.forEach((text, axis) => {
    if (text.toLowerCase() === 'none') {
      lists.push(axis);
      return;
    }
    spatial.push(axis);
    const v = vectorOf(text, dimension, source, 'space directions');
    steps.push(v.map((value, i) => value * signs[i] * scale + 0) as Vector3);
  });
  const originText = header.fields.get('space origin');
  if (originText === undefined) {
    onWarning(`${source}: no space origin; its first voxel was put at (0, 0, 0).`);
  }
  const origin =
    originText === undefined
      ? ([0, 0, 0] as Vector3)
      : (vectorOf(originText, dimension, source, 'space origin').map(
          (value, i) => value * signs[i] * scale + 0,
        ) as Vector3);
  if (spatial.length === 0 || spatial.length > 3) {
    throw new FormatError('NRRD', `${spatial.length} of its axes lie in space`, place);
  }
  const placement = placementOf(completed(steps), origin);
  if (placement === undefined) {
    throw new FormatError('NRRD', `its space directions ${directions} do not span space`, place);
  }
  return { spatial, lists, placement };
}

/** Without `space directions`: axes along x, y, z from the origin, as far as `spacings` says. */
function withoutDirections(header: NrrdHeader, source: string): NrrdAxes {
  const { sizes, fields } = header;
  const kinds = fields.get('kinds')?.toLowerCase().split(/\s+/) ?? [];
  const isList = (kind: string | undefined): boolean =>
    kind !== undefined && !['domain', 'space', 'time', '???', 'none'].includes(kind);
  let lists = sizes.flatMap((_, axis) => (isList(kinds[axis]) ? [axis] : []));
  let spatial = sizes.flatMap((_, axis) => (isList(kinds[axis]) ? [] : [axis]));
  lists = [...lists, ...spatial.slice(3)];
  spatial = spatial.slice(0, 3);
  const spacings = fields.get('spacings')?.split(/\s+/).map(Number);
  const place = { source, field: 'spacings' };
  if (spatial.length === 0) {
    throw new FormatError('NRRD', 'none of its axes lies in space', { source, field: 'kinds' });
  }
  if (spacings !== undefined && spacings.length !== sizes.length) {
    throw new FormatError(
      'NRRD',
      `it has ${spacings.length} spacings for ${sizes.length} axes`,
      place,
    );
  }
  const steps = spatial.map((axis, i): Vector3 => {
    const step = spacings === undefined ? 1 : Math.abs(spacings[axis]);
    return [0, 1, 2].map((row) => (row === i ? step : 0)) as Vector3;
  });
  const placement = placementOf(completed(steps), [0, 0, 0]);
  if (placement === undefined) {
    throw new FormatError('NRRD', `its spacings are "${fields.get('spacings')}"`, place);
  }
  return { spatial, lists, placement };
}

/** Steps for the axes that a line or plane does not have: 1 mm, perpendicular to the others. */
function completed(steps: readonly Vector3[]): Vector3[] {
  if (steps.length === 3) return [...steps];
  const [a] = steps;
  const perpendicular = (u: Vector3, v: Vector3): Vector3 => {
    const n: Vector3 = [
      u[1] * v[2] - u[2] * v[1],
      u[2] * v[0] - u[0] * v[2],
      u[0] * v[1] - u[1] * v[0],
    ];
    const length = Math.hypot(...n) || 1;
    return n.map((value) => value / length) as Vector3;
  };
  const smallest = a.map(Math.abs).indexOf(Math.min(...a.map(Math.abs)));
  const b = steps[1] ?? perpendicular([0, 1, 2].map((i) => (i === smallest ? 1 : 0)) as Vector3, a);
  return [a, b, perpendicular(a, b)];
}

function spaceOf(
  header: NrrdHeader,
  source: string,
  onWarning: (message: string) => void,
): { signs: Vector3; dimension: 2 | 3 } {
  const space = header.fields.get('space')?.toLowerCase();
  if (space === undefined) {
    const dimension = Number(header.fields.get('space dimension') ?? 3);
    if (dimension !== 2 && dimension !== 3) {
      throw new UnsupportedFormatError(
        `NRRD space dimension ${dimension}`,
        `its space has ${header.fields.get('space dimension')} dimensions; 2 and 3 are read`,
        { source, field: 'space dimension' },
      );
    }
    onWarning(`${source}: it names no anatomical space; its axes were taken as LPS.`);
    return { signs: [1, 1, 1], dimension };
  }
  const signs = lookup(TO_LPS, space);
  if (signs !== undefined) return { signs, dimension: 3 };
  if (UNKNOWN_SPACES.includes(space)) {
    onWarning(`${source}: the space "${space}" has no anatomical meaning; it was taken as LPS.`);
    return { signs: [1, 1, 1], dimension: 3 };
  }
  throw new UnsupportedFormatError(
    `NRRD space ${space}`,
    `its space is ${JSON.stringify(space)}; left-posterior-superior, right-anterior-superior and left-anterior-superior are read`,
    { source, field: 'space' },
  );
}

function unitsOf(header: NrrdHeader, source: string): number {
  const text = header.fields.get('space units');
  if (text === undefined) return 1;
  const units = [...text.matchAll(/"([^"]*)"/g)].map((match) => match[1].trim().toLowerCase());
  const scales = units.map((unit) => (unit === '' ? 1 : lookup(MILLIMETRES, unit)));
  if (scales.some((scale) => scale === undefined || scale !== scales[0])) {
    throw new UnsupportedFormatError(
      `NRRD space units ${text}`,
      `its space units are ${text}; one unit of length for all axes was expected`,
      { source, field: 'space units' },
    );
  }
  return scales[0] ?? 1;
}

function vectorOf(text: string, dimension: 2 | 3, source: string, field: string): Vector3 {
  const numbers = /^\(([^()]*)\)$/
    .exec(text.trim())?.[1]
    .split(',')
    .map((part) => part.trim());
  const values = numbers?.map((part) => (part === '' ? Number.NaN : Number(part)));
  if (values === undefined || values.length !== dimension || !values.every(Number.isFinite)) {
    throw new FormatError(
      'NRRD',
      `${field} holds ${JSON.stringify(text.slice(0, 60))}; a vector of ${dimension} finite numbers was expected`,
      { source, field },
    );
  }
  return [values[0], values[1], values[2] ?? 0];
}
