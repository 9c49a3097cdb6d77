import type { Random } from '@steatosis/core';

/**
 * What differs from one simulated body to the next.
 *
 * Organs are described in body coordinates: LPS millimetres of a body of scale 1, centred on the FOV, with
 * z = 0 in the plane of the portal bifurcation, which divides the liver's upper from its lower segments.
 */
export interface Body {
  /** Millimetres per unit of body coordinates. */
  scale: number;
  /** Thickness of the subcutaneous fat in mm. */
  subcutaneousFatMm: number;
  /** Shift of organ groups in body coordinates. */
  jitter: {
    stomach: [number, number];
    spleen: [number, number];
    gallbladder: [number, number];
    leftLobeReach: number;
  };
  /** Turn of the planes between the liver's segments in degrees: umbilical, middle and right. */
  planesTurnDeg: [number, number, number];
  /** Slow bending of the outlines: amplitude (mm), wave number (1/mm) and phase (rad) of each wave. */
  waves: { amplitudeMm: number; perMm: number; phase: number; along: 'x' | 'y' | 'z' }[];
}

/** Half axes of the abdominal cavity at scale 1, in mm: a superellipse of exponent 2.5. */
export const CAVITY = { halfWidth: 137, halfDepth: 84 } as const;

/** Thickness of muscle and ribs around the cavity, and of the skin, in mm. */
export const WALL_MM = 12;
export const SKIN_MM = 2.5;

/** A body drawn at random; women have more subcutaneous fat and are a little smaller (assumptions). */
export function drawBody(random: Random, sex: 'M' | 'F'): Body {
  const clipped = (mean: number, sd: number, limit: number): number =>
    mean + sd * Math.max(-limit, Math.min(limit, random.normal()));
  const shift = (sd: number): [number, number] => [clipped(0, sd, 2), clipped(0, sd, 2)];
  const along = ['y', 'y', 'x', 'x', 'z', 'z'] as const;
  return {
    scale: clipped(sex === 'M' ? 1.02 : 0.99, 0.025, 2),
    subcutaneousFatMm: sex === 'M' ? clipped(15, 4, 2) : clipped(21, 4.5, 2),
    jitter: {
      stomach: shift(3),
      spleen: shift(2.5),
      gallbladder: shift(3),
      leftLobeReach: clipped(0, 5, 2),
    },
    planesTurnDeg: [clipped(0, 2, 2), clipped(0, 2, 2), clipped(0, 2, 2)],
    waves: along.map((axis, i) => ({
      amplitudeMm: clipped(i % 2 === 0 ? 2.2 : 1.2, 0.6, 2),
      perMm: (2 * Math.PI) / (i % 2 === 0 ? 210 : 95),
      phase: 2 * Math.PI * random.uniform(),
      along: axis,
    })),
  };
}

/** How far a body bends at a place along one axis, in mm. */
export function bendMm(body: Body, along: 'x' | 'y' | 'z', atMm: number): number {
  let sum = 0;
  for (const wave of body.waves) {
    if (wave.along === along) sum += wave.amplitudeMm * Math.sin(atMm * wave.perMm + wave.phase);
  }
  return sum;
}

/** Below 1 inside the cavity grown by `grow` mm on all sides. */
export function cavityLevel(u: number, v: number, grow: number): number {
  const a = Math.abs(u) / (CAVITY.halfWidth + grow);
  const b = Math.abs(v) / (CAVITY.halfDepth + grow);
  return a * a * Math.sqrt(a) + b * b * Math.sqrt(b);
}
