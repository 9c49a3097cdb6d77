import { type Body, cavityLevel } from './body.js';
import { type Ellipsoid, Section } from './ellipsoid.js';

/** Axis of the inferior vena cava, about which the segments' planes turn, in body coordinates. */
export const CAVA = { u: -26, v: 28 } as const;

/**
 * Azimuths of the planes about the vena cava, degrees from anterior towards the patient's right: the
 * umbilical fissure (segments 2, 3 | 4), the middle hepatic vein (4 | 5, 8), the right one (5, 8 | 6, 7).
 */
const PLANES_DEG = [-28, 20, 62] as const;

const RIGHT_LOBE: Ellipsoid = { centre: [-76, -2, -6], radii: [80, 86, 92] };
const MEDIAL_PART: Ellipsoid = { centre: [-20, -36, 5], radii: [64, 50, 76] };
const CAUDATE: Ellipsoid = { centre: [-17, 10, 12], radii: [22, 15, 42] };

/** Gap between the liver and the wall in mm, filled by fat and peritoneum. */
const GAP = 1.6;

/** How strongly neighbouring parts of the liver melt into each other. */
const BLEND = 0.3;

/** The liver in one axial plane. */
export interface LiverSection {
  contains(u: number, v: number): boolean;
  /** Couinaud segment 1 … 8 of a place inside. */
  segment(u: number, v: number): number;
  /** Relative deviation of the fat content from the liver's mean: left lobe lower than right. */
  lobarPattern(u: number, v: number): number;
}

/** Azimuths (rad) of the umbilical, the middle and the right plane of a body. */
export function planesOf(body: Body): number[] {
  return PLANES_DEG.map((deg, i) => ((deg + body.planesTurnDeg[i]) * Math.PI) / 180);
}

/** Cut a body's liver at height `w` (body coordinates). */
export function cutLiver(body: Body, w: number): LiverSection {
  const reach = body.jitter.leftLobeReach;
  const right = new Section(RIGHT_LOBE, w);
  const medial = new Section(MEDIAL_PART, w);
  const left = new Section(
    { centre: [43 + reach / 2, -47, 8], radii: [57 + reach / 2, 38, 62], turnDeg: -4 },
    w,
  );
  const caudate = new Section(CAUDATE, w);
  const [umbilical, middle, rightPlane] = planesOf(body);
  const sin = Math.sin(umbilical);
  const cos = Math.cos(umbilical);
  const upper = w >= 0;
  // The ligament's fissure opens below the portal plane and widens downwards and forwards.
  const fissure = upper ? 0 : Math.min(4, 0.35 * -w);
  const azimuth = (u: number, v: number): number => {
    const angle = Math.atan2(CAVA.u - u, CAVA.v - v);
    // Behind the vena cava lies the right lobe, on whichever side of it the angle jumps.
    return angle < -2.2 ? angle + 2 * Math.PI : angle;
  };
  return {
    contains(u, v) {
      if (cavityLevel(u, v, -GAP) >= 1) return false;
      if (caudate.level(u, v) < 1) return true;
      // Behind the vena cava the liver ends beside the spine.
      if (v > 12 && u + 16 > 0.25 * (12 - v)) return false;
      const level = blend(blend(right.level(u, v), medial.level(u, v)), left.level(u, v));
      if (level >= 1) return false;
      if (fissure === 0) return true;
      const forward = (CAVA.v - v) * cos + (CAVA.u - u) * sin;
      const aside = (CAVA.u - u) * cos - (CAVA.v - v) * sin;
      return forward < 66 || Math.abs(aside) > fissure * Math.min(1, (forward - 66) / 25);
    },
    segment(u, v) {
      if (caudate.level(u, v) < 1) return 1;
      const angle = azimuth(u, v);
      if (angle < umbilical) return upper ? 2 : 3;
      if (angle < middle) return 4;
      if (angle < rightPlane) return upper ? 8 : 5;
      return upper ? 7 : 6;
    },
    lobarPattern: (u, v) => interpolate(azimuth(u, v), upper),
  };
}

/**
 * Mean fat of the sectors relative to the liver's, at the azimuth of each sector's middle. After Bonekamp et al.
 * (J Magn Reson Imaging 2014;39:1525): right lobe 16.5 %, left lobe 15.3 %, whole liver 16.1 %; segment II
 * lowest (14.8 %), VIII highest (16.7 %).
 */
const PATTERN_DEG = [-50, -4, 41, 90] as const;
const PATTERN_UPPER = [-0.09, -0.05, 0.04, 0.025] as const;
const PATTERN_LOWER = [-0.07, -0.05, 0.03, 0.025] as const;

function interpolate(azimuth: number, upper: boolean): number {
  const values = upper ? PATTERN_UPPER : PATTERN_LOWER;
  const deg = (azimuth * 180) / Math.PI;
  if (deg <= PATTERN_DEG[0]) return values[0];
  for (let i = 1; i < PATTERN_DEG.length; i++) {
    if (deg <= PATTERN_DEG[i]) {
      const t = (deg - PATTERN_DEG[i - 1]) / (PATTERN_DEG[i] - PATTERN_DEG[i - 1]);
      return values[i - 1] + t * (values[i] - values[i - 1]);
    }
  }
  return values[3];
}

/** A minimum of two levels without a crease where they are equal. */
function blend(a: number, b: number): number {
  const near = Math.max(BLEND - Math.abs(a - b), 0) / BLEND;
  return Math.min(a, b) - (near * near * BLEND) / 4;
}
