import { lookup } from '../lookup.js';
import type { DicomFile } from './file.js';
import { PRIVATE_TAGS } from './tags.js';

/** What the values of an image are: a part of the complex signal, or something computed from it. */
export type ImageComponent = 'magnitude' | 'phase' | 'real' | 'imaginary' | 'derived';

/** What a scanner computes from the echoes of a Dixon acquisition. */
export type ScannerMapKind =
  'water' | 'fat' | 'inPhase' | 'outOfPhase' | 'fatFraction' | 'r2star' | 't2star';

const GE_TYPES: readonly ImageComponent[] = ['magnitude', 'phase', 'real', 'imaginary'];

const WORDS: Readonly<Record<string, ImageComponent>> = {
  M: 'magnitude',
  P: 'phase',
  R: 'real',
  I: 'imaginary',
  M_FFE: 'magnitude',
  M_SE: 'magnitude',
  MAGNITUDE: 'magnitude',
  P_FFE: 'phase',
  PHASE: 'phase',
  'PHASE MAP': 'phase',
  R_FFE: 'real',
  REAL: 'real',
  I_FFE: 'imaginary',
  IMAGINARY: 'imaginary',
};

/**
 * Values of Image Type and Frame Type that name a map or a separated image, as the vendors and the standard
 * (PS3.3, C.8.13.3.1.1) write them; `undefined` for those that are no map of {@link ScannerMapKind}.
 */
const DERIVED: Readonly<Record<string, ScannerMapKind | undefined>> = {
  W: 'water',
  WATER: 'water',
  F: 'fat',
  FAT: 'fat',
  IP: 'inPhase',
  IN_PHASE: 'inPhase',
  OP: 'outOfPhase',
  OUT_PHASE: 'outOfPhase',
  OPP_PHASE: 'outOfPhase',
  OUT_OF_PHASE: 'outOfPhase',
  FF: 'fatFraction',
  FAT_FRAC: 'fatFraction',
  FAT_FRACTION: 'fatFraction',
  R2_STAR: 'r2star',
  R2_STAR_MAP: 'r2star',
  T2_STAR: 't2star',
  T2_STAR_MAP: 't2star',
  WATER_FRACTION: undefined,
  B0: undefined,
  'B0 MAP': undefined,
  FIELD_MAP: undefined,
};

/** Which map an image is, by its Image Type or Frame Type; `undefined` for all that is no map. */
export function mapKindOf(file: DicomFile): ScannerMapKind | undefined {
  return typeWords(file)
    .map((word) => lookup(DERIVED, word))
    .find((kind) => kind !== undefined);
}

/**
 * Which component an image is, by GE's private image type, the standard's Complex Image Component, and
 * the third and later values of Image Type (Philips, Siemens) or Frame Type. What names a map is derived,
 * whatever its component is said to be. Images that say nothing are magnitude.
 */
export function componentOf(file: DicomFile): ImageComponent {
  const words = typeWords(file);
  if (words.some((word) => Object.hasOwn(DERIVED, word))) return 'derived';
  const ge = file.privateNumber(PRIVATE_TAGS.geImageType);
  if (ge !== undefined && GE_TYPES[ge] !== undefined) return GE_TYPES[ge];
  const standard = lookup(WORDS, file.text('ComplexImageComponent')?.toUpperCase() ?? '');
  if (standard !== undefined) return standard;
  return words.map((word) => lookup(WORDS, word)).find((c) => c !== undefined) ?? 'magnitude';
}

/** The values of Image Type that say what is shown: those after ORIGINAL or DERIVED and PRIMARY or SECONDARY. */
function typeWords(file: DicomFile): string[] {
  const siemens = file.privateText(PRIVATE_TAGS.siemensImageType)?.split('\\') ?? [];
  const types = [file.texts('ImageType'), siemens, file.texts('FrameType')];
  const philips = file.privateText(PRIVATE_TAGS.philipsImageType) ?? '';
  return [...types.flatMap((values) => values.slice(2)), philips].map((word) =>
    word.trim().toUpperCase(),
  );
}
