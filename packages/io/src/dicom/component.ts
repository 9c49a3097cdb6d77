import { lookup } from '../lookup.js';
import type { DicomFile } from './file.js';
import { PRIVATE_TAGS } from './tags.js';

/** What the values of an image are: a part of the complex signal, or something computed from it. */
export type ImageComponent = 'magnitude' | 'phase' | 'real' | 'imaginary' | 'derived';

const LETTERS: Readonly<Record<string, ImageComponent>> = {
  M: 'magnitude',
  P: 'phase',
  R: 'real',
  I: 'imaginary',
};

const GE_TYPES: readonly ImageComponent[] = ['magnitude', 'phase', 'real', 'imaginary'];

const WORDS: Readonly<Record<string, ImageComponent>> = {
  ...LETTERS,
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

/** Values of Image Type that name a map or a separated image, as the vendors write them. */
const DERIVED: readonly string[] = [
  'W',
  'F',
  'IP',
  'OP',
  'FF',
  'WATER',
  'FAT',
  'IN_PHASE',
  'OUT_PHASE',
  'OPP_PHASE',
  'OUT_OF_PHASE',
  'FAT_FRACTION',
  'R2_STAR',
  'R2_STAR_MAP',
  'T2_STAR',
  'T2_STAR_MAP',
  'B0',
];

/**
 * Which component an image is, by GE's private image type, the standard's Complex Image Component, and
 * the third and later values of Image Type (Philips, Siemens). Images that say nothing are magnitude.
 */
export function componentOf(file: DicomFile): ImageComponent {
  const words = file.texts('ImageType').map((word) => word.toUpperCase());
  if (words.slice(2).some((word) => DERIVED.includes(word))) return 'derived';
  const ge = file.privateNumber(PRIVATE_TAGS.geImageType);
  if (ge !== undefined && GE_TYPES[ge] !== undefined) return GE_TYPES[ge];
  const standard = file.text('ComplexImageComponent')?.toUpperCase();
  if (standard !== undefined && WORDS[standard] !== undefined) return WORDS[standard];
  const named = words
    .slice(2)
    .map((word) => WORDS[word])
    .find((c) => c !== undefined);
  if (named !== undefined) return named;
  return lookup(LETTERS, file.privateText(PRIVATE_TAGS.philipsImageType) ?? '') ?? 'magnitude';
}
