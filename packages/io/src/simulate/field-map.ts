import type { Random } from '@steatosis/core';
import type { Body } from './anatomy/body.js';

/** Air in the body as a ball whose susceptibility differs from that of water. */
interface AirBall {
  /** mm */
  centre: readonly [number, number, number];
  radiusMm: number;
  /** Field at its poles in Hz. */
  poleHz: number;
}

/** Smooth functions of the place that a scanner adds: none of them has anything to do with disease. */
export interface Background {
  /** Deviation of the main field in Hz. */
  fieldHz(x: number, y: number, z: number): number;
  /** Phase at echo time 0 in rad. */
  phaseRad(x: number, y: number, z: number): number;
  /** Sensitivity of the receiver, about 1. */
  sensitivity(x: number, y: number): number;
}

/**
 * Susceptibility of air against water, 9.4 ppm, at 1.5 T: a ball of air shifts the field outside it by
 * Δχ/3 · γB0/2π · (a/r)³ (3 cos²θ − 1) = 200 Hz · (a/r)³ (3 cos²θ − 1).
 */
const AIR_HZ_PER_T = 400 / 3;

/** Lungs hold tissue too: 70 % of the effect of air. */
const LUNG_SHARE = 0.7;

/**
 * Field map with a dome under each lung and one around the stomach's gas, shimmed to second order, and the
 * slow phase and sensitivity of the coils.
 *
 * @param fieldStrengthT main field; susceptibility effects grow in proportion
 */
export function drawBackground(random: Random, body: Body, fieldStrengthT: number): Background {
  const k = body.scale;
  const ball = (
    centre: readonly [number, number, number],
    radius: number,
    share: number,
  ): AirBall => ({
    centre: [centre[0] * k, centre[1] * k, centre[2] * k],
    radiusMm: radius * k,
    poleHz: share * AIR_HZ_PER_T * fieldStrengthT,
  });
  const [du, dv] = body.jitter.stomach;
  const balls = [
    ball([-74, 4, 148], 62, LUNG_SHARE),
    ball([72, 10, 140], 56, LUNG_SHARE),
    ball([80 + du, -28 + dv, 10], 15, 1),
  ];
  const wave = (sd: number): number => sd * Math.max(-2, Math.min(2, random.normal()));
  const hz = {
    offset: wave(10),
    linear: [wave(8), wave(8), wave(8)],
    quadratic: [wave(14), wave(14), wave(8)],
  };
  const phase = {
    offset: Math.PI * (2 * random.uniform() - 1),
    linear: [wave(0.7), wave(0.7), wave(0.4)],
    quadratic: wave(0.5),
  };
  const gain = { linear: [wave(0.04), wave(0.04)], bowl: 0.1 + wave(0.03) };
  return {
    fieldHz(x, y, z) {
      const [p, q, r] = [x / 170, y / 120, z / 100];
      let field =
        hz.offset +
        hz.linear[0] * p +
        hz.linear[1] * q +
        hz.linear[2] * r +
        hz.quadratic[0] * (p * p - q * q) +
        hz.quadratic[1] * p * q +
        hz.quadratic[2] * (r * r - 0.5 * (p * p + q * q));
      for (const b of balls) field += dipoleHz(b, x, y, z);
      return field;
    },
    phaseRad(x, y, z) {
      const [p, q, r] = [x / 170, y / 120, z / 100];
      return (
        phase.offset +
        phase.linear[0] * p +
        phase.linear[1] * q +
        phase.linear[2] * r +
        phase.quadratic * (p * p + q * q)
      );
    },
    sensitivity(x, y) {
      const [p, q] = [x / 170, y / 120];
      return 1 + gain.linear[0] * p + gain.linear[1] * q + gain.bowl * (p * p + q * q - 0.35);
    },
  };
}

/** Field of a ball of air; inside, where there is nothing to see, that of its surface. */
function dipoleHz({ centre, radiusMm, poleHz }: AirBall, x: number, y: number, z: number): number {
  const dx = x - centre[0];
  const dy = y - centre[1];
  const dz = z - centre[2];
  const r2 = Math.max(dx * dx + dy * dy + dz * dz, radiusMm * radiusMm);
  const ratio2 = (radiusMm * radiusMm) / r2;
  return poleHz * ratio2 * Math.sqrt(ratio2) * ((3 * dz * dz) / r2 - 1);
}
