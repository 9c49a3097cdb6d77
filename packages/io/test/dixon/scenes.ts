import { createRandom, createVolume } from '@steatosis/core';
import { type ComplexMultiEcho, simulateMultiEcho, type SpectrumName } from '../../src/index.js';

/** How a scene is measured. */
export interface SceneProtocol {
  size: [number, number, number];
  spacing: [number, number, number];
  fieldStrengthT: number;
  echoTimesMs: number[];
  snr: number;
  seed: number;
  /** Hz from one side of the field of view to the other, along x, y and z. */
  rampHz: [number, number, number];
  /** Hz that a cosine of one and a half periods over the field of view adds. Default 0. */
  waveHz?: number;
  /** Hz that the field has fallen by at the left and right edge, with the fourth power of x. Default 0. */
  edgeHz?: number;
  /** Spectrum of the fat that is simulated. Default `hamilton9`. */
  spectrum?: SpectrumName;
}

/** A body in the scanner, with what is true in each voxel. */
export interface Scene {
  multiEcho: ComplexMultiEcho;
  /** 1 where there is tissue. */
  mask: Uint8Array;
  fieldHz: Float32Array;
  pdffPercent: Float32Array;
  /** Number of the body part that a voxel belongs to, 0 in air. */
  part: Uint8Array;
}

/** A cylinder or ellipsoid; places in units of half the field of view, from −1 to 1. */
export interface Shape {
  centre: [number, number, number];
  radius: [number, number, number];
  /** Shapes of one part touch each other; different parts do not. */
  part: number;
  m0: number;
  pdff: number;
  r2star: number;
  /** Air in or beside this shape shifts the field around it, by this at the poles. */
  airHz?: number;
}

const ENDLESS = 1e6;

/** A limb or trunk along z with a rim of fat, muscle inside and fatty marrow in the middle. */
function limb(part: number, x: number, y: number, rx: number, ry: number, rim = 0.2): Shape[] {
  const tube = (share: number, pdff: number, m0: number, r2star: number): Shape => ({
    centre: [x, y, 0],
    radius: [rx * share, ry * share, ENDLESS],
    part,
    m0,
    pdff,
    r2star,
  });
  return [tube(1, 92, 1.1, 28), tube(1 - rim, 4, 0.7, 35), tube(0.25, 85, 0.7, 70)];
}

/** Air in the shape of an ellipsoid, which shifts the field around it. */
function air(
  centre: [number, number, number],
  radius: [number, number, number],
  airHz: number,
): Shape {
  return { centre, radius, part: 0, m0: 0, pdff: 0, r2star: 0, airHz };
}

/** An ellipsoid of one tissue. */
function organ(
  part: number,
  centre: [number, number, number],
  radius: [number, number, number],
  pdff: number,
  r2star = 40,
): Shape {
  return { centre, radius, part, m0: 1, pdff, r2star };
}

/** Later shapes replace earlier ones. */
export function scene(shapes: readonly Shape[], protocol: SceneProtocol): Scene {
  const [nx, ny, nz] = protocol.size;
  const total = nx * ny * nz;
  const m0 = new Float32Array(total);
  const pdffPercent = new Float32Array(total);
  const r2star = new Float32Array(total);
  const fieldHz = new Float32Array(total);
  const part = new Uint8Array(total);
  const phase = new Float32Array(total);
  const half = protocol.size.map((n, axis) => (n * protocol.spacing[axis]) / 2);
  const random = createRandom(protocol.seed).split('scene');
  const grain = Float32Array.from({ length: total }, () => random.normal());
  const balls = shapes.filter((shape) => (shape.airHz ?? 0) !== 0);
  for (let z = 0, at = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++) {
      for (let x = 0; x < nx; x++, at++) {
        const place = [x, y, z].map((i, axis) => (2 * (i + 0.5)) / protocol.size[axis] - 1);
        // A voxel holds what its four quarters hold, so that borders are mixtures.
        let water = 0;
        let decay = 0;
        for (let quarter = 0; quarter < 4; quarter++) {
          const dx = ((quarter & 1) - 0.5) / protocol.size[0];
          const dy = ((quarter >> 1) - 0.5) / protocol.size[1];
          const shape = shapes.findLast(({ centre, radius }) => {
            const u = (place[0] + dx - centre[0]) / radius[0];
            const v = (place[1] + dy - centre[1]) / radius[1];
            const w = (place[2] - centre[2]) / radius[2];
            return u * u + v * v + w * w <= 1;
          });
          if (shape === undefined || shape.m0 === 0) continue;
          m0[at] += shape.m0 / 4;
          water += (shape.m0 / 4) * (1 - shape.pdff / 100);
          decay += (shape.m0 / 4) * shape.r2star;
          part[at] = shape.part;
        }
        // Less than half a voxel of tissue is left to the air.
        if (m0[at] < 0.35) m0[at] = part[at] = 0;
        if (m0[at] > 0) {
          pdffPercent[at] = Math.max(
            0,
            Math.min(100, 100 - (100 * water) / m0[at] + 2 * grain[at]),
          );
          r2star[at] = decay / m0[at];
        }
        let field = 0;
        place.forEach((p, axis) => (field += 0.5 * protocol.rampHz[axis] * p));
        field +=
          (protocol.waveHz ?? 0) *
          Math.cos(1.5 * Math.PI * place[0]) *
          Math.cos(Math.PI * place[1]);
        field -= (protocol.edgeHz ?? 0) * place[0] ** 4;
        for (const ball of balls) {
          const mm = place.map((p, axis) => (p - ball.centre[axis]) * half[axis]);
          const radius = Math.min(ball.radius[0] * half[0], ball.radius[1] * half[1]);
          const r2 = Math.max(mm[0] ** 2 + mm[1] ** 2 + mm[2] ** 2, radius ** 2);
          field += ball.airHz! * (radius ** 2 / r2) ** 1.5 * ((3 * mm[1] ** 2) / r2 - 1);
        }
        fieldHz[at] = field;
        phase[at] = 1 + 0.8 * place[0] - 0.6 * place[1];
      }
    }
  }
  const volume = (data: Float32Array) =>
    createVolume(data, protocol.size, { spacing: protocol.spacing });
  const multiEcho = simulateMultiEcho(
    {
      m0: volume(m0),
      pdffPercent: volume(pdffPercent),
      r2starPerSecond: volume(r2star),
      fieldMapHz: volume(fieldHz),
      phaseRad: volume(phase),
    },
    {
      echoTimesMs: protocol.echoTimesMs,
      fieldStrengthT: protocol.fieldStrengthT,
      spectrum: protocol.spectrum ?? 'hamilton9',
    },
    { snr: protocol.snr, seed: protocol.seed },
  );
  return {
    multiEcho,
    mask: Uint8Array.from(m0, (value) => (value > 0 ? 1 : 0)),
    fieldHz,
    pdffPercent,
    part,
  };
}

/** Echo times `first + n · step` in ms. */
export function evenEchoes(first: number, step: number, count = 6): number[] {
  return Array.from({ length: count }, (_, n) => first + n * step);
}

/** A trunk with liver and spleen and two arms at a distance of `gap` (half fields of view) from it. */
export function armsBody(gap: number): Shape[] {
  const arm = 0.13;
  const trunk = 0.98 - 2 * arm - gap;
  return [
    ...limb(1, 0, 0, trunk, 0.7, 0.14),
    organ(1, [-0.3 * trunk, -0.1, 0], [0.5 * trunk, 0.4, 4], 15),
    organ(1, [0.55 * trunk, 0.1, 0], [0.2 * trunk, 0.25, 4], 3),
    ...limb(2, -0.98 + arm, 0.1, arm, 0.22),
    ...limb(3, 0.98 - arm, 0.1, arm, 0.22),
  ];
}

/** A chest wall around air, with heart, liver dome and spleen as islands in it. */
export function chestBody(airHz: number): Shape[] {
  return [
    ...limb(1, 0, 0, 0.95, 0.8, 0.12).slice(0, 2),
    air([0, 0, 0], [0.72, 0.55, 4], airHz),
    organ(2, [0.2, -0.15, 0], [0.2, 0.22, 3], 2, 45),
    organ(3, [-0.35, 0.12, -0.2], [0.24, 0.24, 1.1], 8, 45),
    organ(4, [0.45, 0.25, -0.3], [0.12, 0.14, 0.9], 1, 30),
  ];
}

/** Two legs of nearly equal size. */
export function legsBody(): Shape[] {
  return [...limb(1, -0.45, 0, 0.36, 0.6, 0.22), ...limb(2, 0.47, 0.05, 0.37, 0.58, 0.2)];
}

/** A dome of the liver under air: steep field and a thinning top. */
export function domeBody(airHz: number): Shape[] {
  return [
    ...limb(1, 0, 0, 0.95, 0.8, 0.12).slice(0, 2),
    air([-0.3, 0, 1], [0.4, 0.45, 1.6], airHz),
    organ(1, [-0.3, 0, -1], [0.45, 0.5, 1.2], 12, 45),
  ];
}
