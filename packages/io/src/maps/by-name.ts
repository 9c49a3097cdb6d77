import { parseBidsName } from '../bids/names.js';
import type { ScannerMapKind } from '../dicom/component.js';
import { lookup } from '../lookup.js';
import { baseName } from '../sources.js';

/** What a NIfTI file's name says that it is. */
export interface NamedMap {
  kind: ScannerMapKind;
  /** Unit that BIDS gives to a suffix. */
  unit?: string | undefined;
}

/** Suffixes of BIDS with their units. */
const SUFFIXES: Readonly<Record<string, NamedMap>> = {
  R2starmap: { kind: 'r2star', unit: '1/s' },
  T2starmap: { kind: 't2star', unit: 's' },
};

/** Words for a map, in lower case. */
const WORDS: Readonly<Record<string, ScannerMapKind>> = {
  water: 'water',
  w: 'water',
  fat: 'fat',
  f: 'fat',
  ip: 'inPhase',
  in: 'inPhase',
  inphase: 'inPhase',
  op: 'outOfPhase',
  opp: 'outOfPhase',
  outphase: 'outOfPhase',
  outofphase: 'outOfPhase',
  oppphase: 'outOfPhase',
  pdff: 'fatFraction',
  ff: 'fatFraction',
  fatfrac: 'fatFraction',
  fatfraction: 'fatFraction',
  r2star: 'r2star',
  r2s: 'r2star',
  t2star: 't2star',
  t2s: 't2star',
};

/** Beginnings of GE's series descriptions: `WATER: Ax IDEAL IQ`. */
const PREFIXES: Readonly<Record<string, ScannerMapKind>> = {
  water: 'water',
  fat: 'fat',
  inphase: 'inPhase',
  outphase: 'outOfPhase',
  fatfrac: 'fatFraction',
  'r2*': 'r2star',
  't2*': 't2star',
};

/** Ends of Siemens' series descriptions: `q-dixon_FF`. */
const ENDINGS: Readonly<Record<string, ScannerMapKind>> = {
  w: 'water',
  f: 'fat',
  in: 'inPhase',
  opp: 'outOfPhase',
  ff: 'fatFraction',
  r2star: 'r2star',
  'r2*': 'r2star',
  t2star: 't2star',
  't2*': 't2star',
};

/**
 * The map that a NIfTI file holds by its name: `…_desc-pdff_map.nii.gz` (derivatives of BIDS),
 * `…_R2starmap.nii.gz`, or a last word such as `water`, `ff` or `r2star`; `undefined` for all others.
 */
export function mapOfName(path: string): NamedMap | undefined {
  const match = /^(.+?)\.nii(\.gz)?$/i.exec(baseName(path));
  if (match === null) return undefined;
  const bids = parseBidsName(path);
  if (bids?.suffix === 'map') return wordOf(bids.entities['desc'] ?? '');
  const suffix = bids === undefined ? undefined : lookup(SUFFIXES, bids.suffix);
  return suffix ?? wordOf(match[1].replace(/^.*[_\-. ]/, ''));
}

/** The map that a series description names in the manner of GE or Siemens. */
export function kindOfDescription(description: string): ScannerMapKind | undefined {
  const text = description.trim().toLowerCase();
  const prefix = /^([a-z0-9*]+)\s*:/.exec(text)?.[1];
  const ending = /_([a-z0-9*]+)$/.exec(text)?.[1];
  return lookup(PREFIXES, prefix ?? '') ?? lookup(ENDINGS, ending ?? '');
}

function wordOf(word: string): NamedMap | undefined {
  const kind = lookup(WORDS, word.toLowerCase());
  return kind === undefined ? undefined : { kind };
}
