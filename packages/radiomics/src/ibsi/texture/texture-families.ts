import { evaluateGlszm } from '../../features/evaluate-level-size.js';
import type { IbsiTable } from '../ibsi-feature.js';
import { cooccurrenceTable } from './cooccurrence.js';
import { evaluateCooccurrences } from './cooccurrence-measures.js';
import { dependenceTable } from './dependence.js';
import { measureDependences } from './dependence-measures.js';
import { distanceZoneTable } from './distance-zone.js';
import { measureDistanceZones } from './distance-zone-measures.js';
import { runLengthTable } from './run-length.js';
import { evaluateRunLengths } from './run-length-measures.js';
import { sizeZoneTable } from './size-zone.js';
import type { TextureSource } from './texture-source.js';
import { toneDifferenceTable } from './tone-difference.js';
import { measureToneDifferences } from './tone-difference-measures.js';

/** A family of texture features: its table, and its matrices' features for the volume or a slice. */
export interface TextureFamily {
  readonly table: Readonly<Record<string, { tag: string; name: string }>>;
  /** What follows the extent in the tag: matrices by direction are averaged or combined. */
  readonly suffixes: readonly ['_avg', '_comb'] | readonly [''];
  /** For each suffix one row of values a matrix, in the order of the table; no row where there is no matrix. */
  readonly evaluate: (source: TextureSource) => number[][][];
}

/** Every texture family of IBSI 1 by the first part of its tags. */
export const textureFamilies = {
  cm: {
    table: cooccurrenceTable,
    suffixes: ['_avg', '_comb'],
    evaluate: (source) => {
      const { apart, merged } = evaluateCooccurrences(functionsOf(cooccurrenceTable), source);
      return [apart, merged];
    },
  },
  rlm: {
    table: runLengthTable,
    suffixes: ['_avg', '_comb'],
    evaluate: (source) => {
      const { apart, merged } = evaluateRunLengths(functionsOf(runLengthTable), source);
      return [apart, merged];
    },
  },
  szm: {
    table: sizeZoneTable,
    suffixes: [''],
    evaluate: ({ grid, adjacent }) => [[evaluateGlszm(functionsOf(sizeZoneTable), grid, adjacent)]],
  },
  dzm: {
    table: distanceZoneTable,
    suffixes: [''],
    evaluate: ({ grid, adjacent, edge, workspace }) => {
      const measures = measureDistanceZones(grid, adjacent, edge(), workspace);
      return [[valuesOf(distanceZoneTable, measures)]];
    },
  },
  ngt: {
    table: toneDifferenceTable,
    suffixes: [''],
    evaluate: ({ grid, around }) => {
      const measures = measureToneDifferences(grid, around);
      return [measures === undefined ? [] : [valuesOf(toneDifferenceTable, measures)]];
    },
  },
  ngl: {
    table: dependenceTable,
    suffixes: [''],
    evaluate: ({ grid, around, dependenceCoarseness }) => {
      const measures = measureDependences(grid, around, dependenceCoarseness);
      return [[valuesOf(dependenceTable, measures)]];
    },
  },
} as const satisfies Record<string, TextureFamily>;

function functionsOf<Measured>(table: IbsiTable<Measured>): ((measured: Measured) => number)[] {
  return Object.values(table).map(({ compute }) => compute);
}

function valuesOf<Measured>(table: IbsiTable<Measured>, measured: Measured): number[] {
  return functionsOf(table).map((feature) => feature(measured));
}
