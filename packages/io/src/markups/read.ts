import type { Vector3 } from '@steatosis/core';
import { FormatError, UnsupportedFormatError } from '../errors.js';
import { dot } from '../geometry.js';
import { checkedOptions, type ReadOptions } from '../options.js';
import { type ImageSource, openSource } from '../sources.js';

/** A named point, LPS mm. */
export interface MarkupPoint {
  name: string;
  position: Vector3;
}

/** A box with any orientation, LPS mm. */
export interface MarkupBox {
  name: string;
  center: Vector3;
  /** Full edge lengths along the box's own axes, mm. */
  size: Vector3;
  /** 9 numbers, row-major; columns are the directions of the box's axes. */
  axes: readonly number[];
}

/** A curve through points, LPS mm. */
export interface MarkupCurve {
  name: string;
  closed: boolean;
  points: Vector3[];
}

/** What a markups file holds. */
export interface Markups {
  points: MarkupPoint[];
  boxes: MarkupBox[];
  curves: MarkupCurve[];
}

type Json = Readonly<Record<string, unknown>>;

const FORMAT = 'markups';

/**
 * Read a markups file of 3D Slicer (`.mrk.json`): point lists, ROI boxes, open and closed curves. RAS
 * becomes LPS.
 *
 * @throws FormatError when it is no such file, or a number in it is none
 * @example
 * ```ts
 * import { readMarkups } from '@steatosis/io';
 *
 * const box = { type: 'ROI', roiType: 'Box', name: 'seg2', coordinateSystem: 'RAS', center: [10, -20, 5],
 *   size: [28, 28, 3], orientation: [1, 0, 0, 0, 1, 0, 0, 0, 1] };
 * const { boxes } = await readMarkups(new TextEncoder().encode(JSON.stringify({ markups: [box] })));
 * console.log(boxes[0].center); // [ -10, 20, 5 ]
 * ```
 */
export async function readMarkups(
  source: ImageSource,
  options: ReadOptions = {},
): Promise<Markups> {
  checkedOptions('readMarkups', options, ['onWarning']);
  const { name, bytes } = await openSource(source);
  const markups = listOf(bytes, name);
  const result: Markups = { points: [], boxes: [], curves: [] };
  markups.forEach((markup, i) => {
    const reader = new MarkupReader(markup, `markups[${i}]`, name);
    switch (markup['type']) {
      case 'ROI':
        result.boxes.push(reader.box());
        break;
      case 'Fiducial':
        result.points.push(...reader.points());
        break;
      case 'ClosedCurve':
      case 'Curve':
      case 'Line':
        result.curves.push({
          name: reader.name(),
          closed: markup['type'] === 'ClosedCurve',
          points: reader.points().map(({ position }) => position),
        });
        break;
      default:
        options.onWarning?.(`${name}: markups of type ${String(markup['type'])} were left out.`);
    }
  });
  return result;
}

function listOf(bytes: Uint8Array, source: string): Json[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new FormatError(FORMAT, `it is not JSON (${(cause as Error).message})`, {
      source,
      cause,
    });
  }
  const markups = isObject(parsed) ? parsed['markups'] : undefined;
  if (!Array.isArray(markups) || !markups.every(isObject)) {
    throw new FormatError(FORMAT, 'it has no list of markups', { source, field: 'markups' });
  }
  return markups;
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

class MarkupReader {
  private readonly markup: Json;
  private readonly path: string;
  private readonly source: string;
  /** −1 turns x and y of RAS into LPS. */
  private readonly sign: 1 | -1;

  constructor(markup: Json, path: string, source: string) {
    this.markup = markup;
    this.path = path;
    this.source = source;
    this.sign = this.coordinateSign();
  }

  name(): string {
    return typeof this.markup['name'] === 'string' ? this.markup['name'] : '';
  }

  points(): MarkupPoint[] {
    const points = this.markup['controlPoints'] ?? [];
    if (!Array.isArray(points) || !points.every(isObject)) {
      throw this.error('is no list of points', 'controlPoints');
    }
    return points
      .filter((point) => (point['positionStatus'] ?? 'defined') === 'defined')
      .map((point, i) => ({
        name: typeof point['label'] === 'string' ? point['label'] : '',
        position: this.toLps(this.numbers(point['position'], 3, `controlPoints[${i}].position`)),
      }));
  }

  box(): MarkupBox {
    const { roiType = 'Box', insideOut = false } = this.markup;
    if ((roiType !== 'Box' && roiType !== 'BoundingBox') || insideOut !== false) {
      throw new UnsupportedFormatError(
        'ROI',
        `${this.path} is an ROI of type ${String(roiType)}${insideOut === false ? '' : ', inside out'}; boxes are read`,
        { source: this.source, field: `${this.path}.roiType` },
      );
    }
    const size = this.numbers(this.markup['size'], 3, 'size');
    if (size.some((v) => v < 0)) throw this.error('has a negative edge', 'size');
    const given = this.numbers(
      this.markup['orientation'] ?? [1, 0, 0, 0, 1, 0, 0, 0, 1],
      9,
      'orientation',
    );
    const axes = given.map((v, i) => (i < 6 ? v * this.sign : v) + 0);
    const columns = [0, 1, 2].map((c) => [axes[c], axes[3 + c], axes[6 + c]]);
    const orthonormal = [0, 1, 2].every((i) =>
      [0, 1, 2].every((j) => Math.abs(dot(columns[i], columns[j]) - (i === j ? 1 : 0)) < 1e-3),
    );
    if (!orthonormal) throw this.error('is no rotation', 'orientation');
    return {
      name: this.name(),
      center: this.toLps(this.numbers(this.markup['center'], 3, 'center')),
      size: size as Vector3,
      axes,
    };
  }

  private coordinateSign(): 1 | -1 {
    const system = this.markup['coordinateSystem'] ?? 'LPS';
    if (system === 'LPS' || system === 1 || system === '1') return 1;
    // Old files number the systems: 0 is RAS.
    if (system === 'RAS' || system === 0 || system === '0') return -1;
    throw this.error(`is ${JSON.stringify(system)}; LPS or RAS was expected`, 'coordinateSystem');
  }

  private toLps([x, y, z]: number[]): Vector3 {
    return [x * this.sign + 0, y * this.sign + 0, z];
  }

  private numbers(value: unknown, count: number, field: string): number[] {
    const fits =
      Array.isArray(value) &&
      value.length === count &&
      value.every((v) => typeof v === 'number' && Number.isFinite(v));
    if (!fits)
      throw this.error(
        `is ${JSON.stringify(value)?.slice(0, 80)}; ${count} finite numbers were expected`,
        field,
      );
    return value as number[];
  }

  private error(problem: string, field: string): FormatError {
    return new FormatError(FORMAT, `${this.path}.${field} ${problem}`, {
      source: this.source,
      field: `${this.path}.${field}`,
    });
  }
}
