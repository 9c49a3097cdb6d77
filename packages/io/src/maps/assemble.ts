import { GridMismatchError, gridOf, sameGrid } from '@steatosis/core';
import type { ScannerMapKind } from '../dicom/component.js';
import { SeriesError } from '../errors.js';
import { groupBy } from '../group-by.js';
import { type FoundMap, MAP_NAMES, type ScannerMaps } from './scanner-maps.js';
import { pdffOfSignals, pdffPercentOf, r2starOfT2star, r2starPerSecondOf } from './units.js';

/** The kinds by how much they say about which acquisition is meant. */
const KINDS = [
  'fatFraction',
  'water',
  'fat',
  'r2star',
  't2star',
  'inPhase',
  'outOfPhase',
] as const satisfies readonly ScannerMapKind[];

/**
 * One map of each kind, in common units, all on one grid.
 *
 * @throws SeriesError when a kind occurs twice, GridMismatchError when two maps lie on different grids
 */
export function assembled(
  found: readonly FoundMap[],
  where: string,
  onWarning: (message: string) => void,
): ScannerMaps {
  const maps = chosen(found, where, onWarning);
  const first = KINDS.map((kind) => maps[kind]).find((map) => map !== undefined);
  for (const map of Object.values(maps)) {
    if (sameGrid(first!.volume, map.volume)) continue;
    const name = ({ kind, source }: FoundMap): string => `${MAP_NAMES[kind]} map (${source})`;
    throw new GridMismatchError(gridOf(first!.volume), gridOf(map.volume), name(first!), name(map));
  }
  const { water, fat, inPhase, outOfPhase, fatFraction, r2star, t2star } = maps;
  const result: ScannerMaps = {};
  if (water !== undefined) result.water = water.volume;
  if (fat !== undefined) result.fat = fat.volume;
  if (inPhase !== undefined) result.inPhase = inPhase.volume;
  if (outOfPhase !== undefined) result.outOfPhase = outOfPhase.volume;
  if (fatFraction !== undefined) result.pdffPercent = pdffPercentOf(fatFraction, onWarning);
  else if (water !== undefined && fat !== undefined) {
    result.pdffPercent = pdffOfSignals(water.volume, fat.volume);
    onWarning(
      `${where} holds no fat fraction: PDFF was computed as 100·F/(W + F) from ${water.source} and ${fat.source}. These are magnitudes, so noise makes a floor in lean livers; where an image is clipped, filtered or scaled on its own, or has swaps, the value is wrong.`,
    );
  }
  if (r2star !== undefined) result.r2starPerSecond = r2starPerSecondOf(r2star, onWarning);
  else if (t2star !== undefined) result.r2starPerSecond = r2starOfT2star(t2star, onWarning);
  return result;
}

function chosen(
  found: readonly FoundMap[],
  where: string,
  onWarning: (message: string) => void,
): Partial<Record<ScannerMapKind, FoundMap>> {
  const byKind = groupBy(found, ({ kind }) => kind);
  const anchor = KINDS.map((kind) => byKind.get(kind) ?? []).find(
    (group) => group.length === 1,
  )?.[0];
  const maps: Partial<Record<ScannerMapKind, FoundMap>> = {};
  for (const [kind, group] of byKind) {
    // Another Dixon acquisition of the same examination usually lies on another grid.
    const alike =
      group.length > 1 && anchor !== undefined
        ? group.filter(({ volume }) => sameGrid(anchor.volume, volume))
        : group;
    if (alike.length === 1) {
      [maps[kind]] = alike;
      if (group.length > 1) {
        onWarning(
          `${where} holds ${group.length} ${MAP_NAMES[kind]} maps; ${alike[0].source} is taken, which lies on the grid of ${anchor!.source}.`,
        );
      }
      continue;
    }
    const names = group.map(({ source }) => source);
    const shown = `${names.slice(0, 5).join(', ')}${names.length > 5 ? ', …' : ''}`;
    if (kind === 'inPhase' || kind === 'outOfPhase') {
      onWarning(
        `${where} holds ${group.length} ${MAP_NAMES[kind]} images, all left out: ${shown}.`,
      );
      continue;
    }
    throw new SeriesError(
      'ambiguous',
      `${where} holds ${group.length} ${MAP_NAMES[kind]} maps (${shown}); give the files or the folder of one acquisition.`,
      names,
    );
  }
  return maps;
}
