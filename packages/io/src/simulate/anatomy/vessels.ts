import { CAVA } from './liver.js';
import type { Tube } from './tubes.js';

/**
 * Vessels of the liver wide enough to be avoided by a reader. Hepatic veins run in the planes between the
 * sectors and join the vena cava below the diaphragm; the portal vein divides in the plane w = 0.
 *
 * @param planesRad azimuths of the umbilical, the middle and the right plane
 */
export function liverVessels(planesRad: readonly number[]): Tube[] {
  return [...hepaticVeins(planesRad), ...PORTAL_BRANCHES];
}

function hepaticVeins([umbilical, middle, right]: readonly number[]): Tube[] {
  // Distance from the vena cava, height, radius.
  const courses: [number, readonly (readonly [number, number, number])[]][] = [
    [
      right,
      [
        [6, 52, 5],
        [45, 30, 4.5],
        [72, 4, 3.4],
        [100, -34, 1.6],
      ],
    ],
    [
      middle,
      [
        [6, 54, 5],
        [40, 34, 4.5],
        [66, 6, 3.3],
        [92, -32, 1.6],
      ],
    ],
    [
      umbilical,
      [
        [6, 54, 4.5],
        [42, 36, 3.8],
        [72, 12, 2.4],
        [86, 2, 1.4],
      ],
    ],
  ];
  return courses.map(([azimuth, course]) =>
    course.map(([distance, w, radius]) => [
      CAVA.u - distance * Math.sin(azimuth),
      CAVA.v - distance * Math.cos(azimuth),
      w,
      radius,
    ]),
  );
}

const PORTAL_BRANCHES: readonly Tube[] = [
  [
    [12, 16, -52, 6.5],
    [-10, 6, -24, 6.5],
    [-28, 2, -2, 6.5],
    [-46, 0, 1, 5.5],
    [-60, -2, 2, 5],
  ],
  [
    [-60, -2, 2, 4.2],
    [-72, -14, 12, 3.2],
    [-84, -28, 30, 2],
  ],
  [
    [-60, -2, 2, 4.2],
    [-74, 4, -3, 3],
    [-92, 14, -20, 1.8],
  ],
  [
    [-28, 2, -2, 5],
    [-6, -9, 3, 4.6],
    [8, -24, 3, 4.4],
    [13, -38, -1, 4],
  ],
  [
    [8, -24, 3, 3],
    [26, -31, 9, 2],
    [44, -36, 22, 1.2],
  ],
  [
    [13, -38, -1, 3],
    [24, -46, -10, 2.2],
    [44, -56, -26, 1.2],
  ],
];

/** Pancreas from its head to the hilum of the spleen. */
export const PANCREAS: Tube = [
  [-20, 8, -42, 11],
  [-8, 2, -28, 10],
  [6, -6, -16, 7.5],
  [30, -3, -8, 8],
  [52, 10, -3, 8],
  [76, 24, 4, 6.5],
];

/** Behind the pancreas, on its way to the portal vein. */
export const SPLENIC_VEIN: Tube = [
  [10, 10, -24, 4],
  [32, 9, -8, 3.6],
  [56, 21, -2, 3.2],
  [86, 34, 6, 2.6],
];
