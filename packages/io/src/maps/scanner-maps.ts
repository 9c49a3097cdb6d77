import type { Volume } from '@steatosis/core';
import type { ScannerMapKind } from '../dicom/component.js';

/** What a scanner reconstructed from a Dixon acquisition, each `[x, y, z]`, all on one grid. */
export interface ScannerMaps {
  /** Water signal, arbitrary unit. */
  water?: Volume<Float32Array>;
  /** Fat signal in the unit of `water`. */
  fat?: Volume<Float32Array>;
  /** Signal with water and fat in phase. */
  inPhase?: Volume<Float32Array>;
  /** Signal with water and fat in opposed phase. */
  outOfPhase?: Volume<Float32Array>;
  /** Proton density fat fraction in percent. */
  pdffPercent?: Volume<Float32Array>;
  /** R2* in 1/s. */
  r2starPerSecond?: Volume<Float32Array>;
}

/** A map as its file has it, before its unit is settled. */
export interface FoundMap {
  kind: ScannerMapKind;
  /** Name of its file, for messages. */
  source: string;
  volume: Volume<Float32Array>;
  /** Unit by the file or its format; `undefined` where nothing says. */
  unit: string | undefined;
  /** Stored integers without a rescale slope of a scanner that writes PDFF in tenths of a percent. */
  tenths: boolean;
}

/** Words for messages. */
export const MAP_NAMES: Readonly<Record<ScannerMapKind, string>> = {
  water: 'water',
  fat: 'fat',
  inPhase: 'in-phase',
  outOfPhase: 'out-of-phase',
  fatFraction: 'fat fraction',
  r2star: 'R2*',
  t2star: 'T2*',
};
