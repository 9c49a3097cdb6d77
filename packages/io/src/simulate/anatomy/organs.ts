import { type Body, CAVITY, cavityLevel, SKIN_MM, WALL_MM } from './body.js';
import { Section } from './ellipsoid.js';
import { CAVA, type LiverSection } from './liver.js';
import { TISSUE } from './tissues.js';

/** A function that names the tissue at a place of one axial plane (body coordinates). */
export type TissueAt = (u: number, v: number) => number;

/** Everything of a body in the plane `w`, except tubes. Where organs meet, the one asked first wins. */
export function cutBody(body: Body, w: number, liver: LiverSection): TissueAt {
  const wall = cutWall(body, w);
  const spine = cutSpine(w);
  const chest = cutChest(w);
  const retroperitoneum = cutRetroperitoneum(w);
  const hollow = cutHollowOrgans(body, w);
  const [du, dv] = body.jitter.spleen;
  const spleen = new Section(
    { centre: [101 + du, 34 + dv, 12], radii: [24, 44, 52], turnDeg: -24 },
    w,
  );
  const [gu, gv] = body.jitter.gallbladder;
  const gallbladder = new Section(
    { centre: [-44 + gu, -40 + gv, -32], radii: [14, 21, 27], turnDeg: 12 },
    w,
  );
  return (u, v) =>
    wall(u, v) ??
    spine(u, v) ??
    chest(u, v) ??
    retroperitoneum(u, v) ??
    (gallbladder.level(u, v) < 1 ? TISSUE.gallbladder : undefined) ??
    (liver.contains(u, v) ? TISSUE.liver : undefined) ??
    (spleen.level(u, v) < 1 && cavityLevel(u, v, -1.5) < 1 ? TISSUE.spleen : undefined) ??
    hollow(u, v) ??
    TISSUE.visceralFat;
}

type TissueOrNone = (u: number, v: number) => number | undefined;

/** Air outside, skin, fat, muscle with ribs; nothing inside the cavity. */
function cutWall(body: Body, w: number): TissueOrNone {
  const grow = WALL_MM / body.scale;
  const fat = grow + body.subcutaneousFatMm / body.scale;
  const skin = fat + SKIN_MM / body.scale;
  return (u, v) => {
    // The furrow over the spine.
    const back = v > 0 ? v + 6 * Math.exp(-((u / 24) ** 2)) : v;
    if (cavityLevel(u, back, skin) >= 1) return TISSUE.air;
    if (cavityLevel(u, v, 0) < 1) return undefined;
    if (cavityLevel(u, back, fat) >= 1) return TISSUE.skin;
    if (cavityLevel(u, v, grow) >= 1) return TISSUE.subcutaneousFat;
    const angle = Math.atan2(v * (CAVITY.halfWidth / CAVITY.halfDepth), u);
    if (Math.cos(11 * angle + w / 9) > 0.62 && !(v < -60 && Math.abs(u) < 45)) {
      const inner = cavityLevel(u, v, 3) >= 1 && cavityLevel(u, v, 9.5) < 1;
      if (inner) {
        const core = cavityLevel(u, v, 4.6) >= 1 && cavityLevel(u, v, 8) < 1;
        return core ? TISSUE.marrow : TISSUE.corticalBone;
      }
    }
    return TISSUE.muscle;
  };
}

/** Vertebra with its canal, and the muscles beside it. */
function cutSpine(w: number): TissueOrNone {
  const bone = new Section({ centre: [0, 52, w], radii: [23, 19, 1] }, w);
  const marrow = new Section({ centre: [0, 52, w], radii: [21.4, 17.4, 1] }, w);
  const canal = new Section({ centre: [0, 78, w], radii: [10, 7.5, 1] }, w);
  const arch = new Section({ centre: [0, 80, w], radii: [17, 13, 1] }, w);
  const muscles = [-1, 1].map(
    (side) =>
      new Section({ centre: [32 * side, 74, w], radii: [27, 17, 1], turnDeg: 10 * side }, w),
  );
  return (u, v) => {
    if (v < 30) return undefined;
    if (marrow.level(u, v) < 1) return TISSUE.marrow;
    if (bone.level(u, v) < 1) return TISSUE.corticalBone;
    if (canal.level(u, v) < 1) return TISSUE.cerebrospinalFluid;
    if (arch.level(u, v) < 1 || (Math.abs(u) < 2.5 && v > 80 && v < 92)) return TISSUE.corticalBone;
    return muscles.some((m) => m.level(u, v) < 1) ? TISSUE.muscle : undefined;
  };
}

/** Height of the diaphragm in body coordinates: two domes, the right one higher, over a rim. */
function diaphragmHeight(u: number, v: number): number {
  const right = 78 - 46 * ((u + 74) / 74) ** 2 - 42 * (v / 78) ** 2;
  const left = 64 - 46 * ((u - 70) / 70) ** 2 - 42 * (v / 78) ** 2;
  return Math.max(right, left, 34);
}

/** Lungs and heart above the diaphragm. */
function cutChest(w: number): TissueOrNone {
  const heart = new Section({ centre: [26, -34, 104], radii: [58, 46, 48], turnDeg: 25 }, w);
  const cavity = new Section({ centre: [30, -34, 106], radii: [42, 30, 36], turnDeg: 25 }, w);
  return (u, v) => {
    if (w < 0) return undefined;
    const height = diaphragmHeight(u, v);
    if (w < height) return undefined;
    if (w < height + 3) return TISSUE.muscle;
    if (cavity.level(u, v) < 1) return TISSUE.blood;
    if (heart.level(u, v) < 1) return TISSUE.heart;
    return Math.abs(u) < 20 && v > -30 ? TISSUE.visceralFat : TISSUE.lung;
  };
}

/** Great vessels, kidneys in their fat. */
function cutRetroperitoneum(w: number): TissueOrNone {
  const aorta = new Section({ centre: [11, 22, w], radii: [10, 10, 1] }, w);
  const cava = new Section({ centre: [CAVA.u, CAVA.v, w], radii: [12, 9, 1] }, w);
  const kidneys = [
    { side: -1, height: -66 },
    { side: 1, height: -46 },
  ].map(({ side, height }) => ({
    capsule: new Section(
      { centre: [60 * side, 52, height], radii: [31, 27, 64], turnDeg: 20 * side },
      w,
    ),
    cortex: new Section(
      { centre: [60 * side, 52, height], radii: [26, 22, 56], turnDeg: 20 * side },
      w,
    ),
    sinus: new Section({ centre: [52 * side, 48, height], radii: [11, 8, 26] }, w),
  }));
  return (u, v) => {
    if (v > 8 && v < 40 && (aorta.level(u, v) < 1 || cava.level(u, v) < 1)) return TISSUE.blood;
    for (const { capsule, cortex, sinus } of kidneys) {
      if (capsule.level(u, v) >= 1) continue;
      const parenchyma = cortex.level(u, v) < 1 && sinus.level(u, v) >= 1;
      return parenchyma ? TISSUE.kidney : TISSUE.visceralFat;
    }
    return undefined;
  };
}

/** Gas collects in front, since the patient lies on the back. */
function cutHollowOrgans(body: Body, w: number): TissueOrNone {
  const [du, dv] = body.jitter.stomach;
  const outer = new Section(
    { centre: [72 + du, -4 + dv, 10], radii: [46, 37, 62], turnDeg: -28 },
    w,
  );
  const inner = new Section(
    { centre: [72 + du, -4 + dv, 10], radii: [41.5, 32.5, 57], turnDeg: -28 },
    w,
  );
  const loops = [
    { centre: [40, -48, -86], radii: [78, 26, 32] },
    { centre: [-70, -44, -104], radii: [40, 30, 26] },
    { centre: [104, 8, -78], radii: [22, 30, 40] },
    { centre: [34, 2, -78], radii: [30, 22, 30] },
  ] as const;
  const bowel = loops.map((loop) => ({
    gasAbove: loop.centre[1] - 6,
    section: new Section(loop, w),
  }));
  return (u, v) => {
    if (outer.level(u, v) < 1 && cavityLevel(u, v, -2) < 1) {
      if (inner.level(u, v) >= 1 || cavityLevel(u, v, -5) >= 1) return TISSUE.stomachWall;
      return v < -14 + dv ? TISSUE.gas : TISSUE.stomachContent;
    }
    for (const { section, gasAbove } of bowel) {
      const level = section.level(u, v);
      if (level >= 1 || cavityLevel(u, v, -2) >= 1) continue;
      return level < 0.7 && v < gasAbove ? TISSUE.gas : TISSUE.bowel;
    }
    return undefined;
  };
}
