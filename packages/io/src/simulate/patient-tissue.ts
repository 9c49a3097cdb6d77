import { createVolume, type Grid, type Random, type Volume } from '@steatosis/core';
import { TISSUE, TISSUES } from './anatomy/tissues.js';
import { R2STAR_PER_PDFF_PERCENT, type SimulatedTruthValues } from './clinical-draw.js';
import type { ExaminedBody } from './examined-body.js';
import { drawBackground } from './field-map.js';
import { RandomField } from './random-field.js';

/** Maps of what a simulated patient is made of, all `[x, y, z]` on one grid. */
export interface SimulatedMaps {
  /** Water plus fat signal at echo time 0 in scanner units; liver about 512 at the default SNR of 40. */
  m0: Volume<Float32Array>;
  pdffPercent: Volume<Float32Array>;
  r2starPerSecond: Volume<Float32Array>;
  fieldMapHz: Volume<Float32Array>;
  phaseRad: Volume<Float32Array>;
  /** Index into the table of tissues of docs/simulator.md. */
  tissue: Volume<Uint8Array>;
  /** Couinaud segment of liver parenchyma, 0 elsewhere. */
  segment: Volume<Uint8Array>;
}

/** Knots and shares of the variance of fat within a liver: slow drifts, patches and fine grain. */
const FAT_TEXTURE = [
  { knotMm: 32, share: 0.6 },
  { knotMm: 11, share: 0.25 },
  { knotMm: 4.5, share: 0.15 },
] as const;

/** The same for the signal of all tissues. */
const SIGNAL_TEXTURE = [
  { knotMm: 14, share: 0.6 },
  { knotMm: 4.5, share: 0.4 },
] as const;

/** SD of the signal's texture relative to the signal. */
const SIGNAL_TEXTURE_SD = 0.025;

/**
 * SD of fat within a liver in percentage points at a mean PDFF (%): grows with fat, as the between-region SD
 * of 1.33 at 8.18 % (989 subjects) and of 1.9 at 16.1 % (Bonekamp 2014) do.
 */
function fatTextureSd(pdffPercent: number): number {
  return 0.35 + 0.13 * pdffPercent;
}

/** Give every voxel of a body its properties. */
export function makeTissue(
  random: Random,
  examined: ExaminedBody,
  truth: SimulatedTruthValues,
  grid: Grid,
  { fieldStrengthT, liverSignal }: { fieldStrengthT: number; liverSignal: number },
): SimulatedMaps {
  const { body, xsMm, ysMm, zsMm, tissue, segment, lobarPattern } = examined;
  const [nx, ny, nz] = grid.size;
  const slice = nx * ny;
  const make = (): Float32Array<ArrayBuffer> => new Float32Array(slice * nz);
  const [m0, pdff, r2star, fieldMap, phase] = [make(), make(), make(), make(), make()];
  const background = drawBackground(random.split('background'), body, fieldStrengthT);
  const fatField = new RandomField(random.split('fat').uint32(), FAT_TEXTURE);
  const signalField = new RandomField(random.split('signal').uint32(), SIGNAL_TEXTURE);
  const fatTexture = new Float32Array(slice);
  const signalTexture = new Float32Array(slice);
  const liverFat = truth.hepaticFat.pdffPercent;
  const textureSd = fatTextureSd(liverFat);
  for (let z = 0, at = 0; z < nz; z++) {
    const zMm = zsMm[z];
    fatField.fillSlice(fatTexture, { xsMm, ysMm, zMm });
    signalField.fillSlice(signalTexture, { xsMm, ysMm, zMm });
    for (let y = 0, i = 0; y < ny; y++) {
      for (let x = 0; x < nx; x++, i++, at++) {
        const kind = tissue[at];
        const properties = TISSUES[kind];
        if (properties.m0 === 0) continue;
        m0[at] =
          liverSignal *
          properties.m0 *
          (1 + SIGNAL_TEXTURE_SD * signalTexture[i]) *
          background.sensitivity(xsMm[x], ysMm[y]);
        fieldMap[at] = background.fieldHz(xsMm[x], ysMm[y], zMm);
        phase[at] = background.phaseRad(xsMm[x], ysMm[y], zMm);
        pdff[at] = properties.pdffPercent;
        r2star[at] = properties.r2starPerSecond;
        if (kind === TISSUE.liver) {
          const percent = liverFat * (1 + lobarPattern[at]) + textureSd * fatTexture[i];
          pdff[at] = Math.max(0.2, Math.min(95, percent));
          r2star[at] =
            truth.hepaticR2starPerSecond + R2STAR_PER_PDFF_PERCENT * (pdff[at] - liverFat);
        } else if (kind === TISSUE.pancreas) {
          pdff[at] = truth.pancreaticPdffPercent;
        }
      }
    }
  }
  const volume = <T extends Float32Array | Uint8Array>(data: T): Volume<T> =>
    createVolume(data, grid.size, grid);
  return {
    m0: volume(m0),
    pdffPercent: volume(pdff),
    r2starPerSecond: volume(r2star),
    fieldMapHz: volume(fieldMap),
    phaseRad: volume(phase),
    tissue: volume(tissue),
    segment: volume(segment),
  };
}
