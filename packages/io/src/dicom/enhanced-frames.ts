import { FormatError } from '../errors.js';
import { lookup } from '../lookup.js';
import type { DicomDataSet } from './data-set.js';
import { DicomFile } from './file.js';
import { flattened } from './functional-groups.js';
import { frameCountOf, type DicomImage, imageOf } from './image.js';
import { TAGS } from './tags.js';

/** Multi-frame classes whose frames are read. */
const ENHANCED: Readonly<Record<string, string>> = {
  '1.2.840.10008.5.1.4.1.1.4.1': 'Enhanced MR Image',
  '1.2.840.10008.5.1.4.1.1.4.4': 'Legacy Converted Enhanced MR Image',
};

/**
 * The frames of an enhanced MR file as files of one image each; any other file, and one whose pixels are
 * compressed, is given back alone. Pixels are not looked at.
 *
 * @throws FormatError where the functional groups are missing or do not fit the number of frames
 */
export function framesOf(file: DicomFile): DicomFile[] {
  const name = lookup(ENHANCED, file.text('SOPClassUID') ?? '');
  const single = name === undefined || file.parent !== undefined || file.syntax.compressed;
  if (single) return [file];
  const items = file.items(file.element(TAGS.PerFrameFunctionalGroupsSequence.tag));
  const count = frameCountOf(file);
  if (items.length !== count) {
    throw new FormatError(
      'DICOM',
      `its ${count} frames have ${items.length} items of functional groups; one for each frame was expected (${name})`,
      file.place('PerFrameFunctionalGroupsSequence'),
    );
  }
  const [shared] = file.items(file.element(TAGS.SharedFunctionalGroupsSequence.tag));
  const common: DicomDataSet = shared === undefined ? new Map() : flattened(file, shared);
  const base = new DicomFile(file.source, file.bytes, file.syntax, common, file);
  const bits = file.number('BitsAllocated') ?? 0;
  const size = ((file.number('Rows') ?? 0) * (file.number('Columns') ?? 0) * bits) / 8;
  const pixels = file.element(TAGS.PixelData.tag);
  return items.map((item, i) => {
    const elements = flattened(file, item);
    if (pixels !== undefined) {
      const offset = pixels.offset + i * size;
      const length = Math.max(0, Math.min(size, pixels.length - i * size));
      elements.set(TAGS.PixelData.tag, { ...pixels, offset, length });
    }
    return new DicomFile(`${file.source}, frame ${i + 1}`, file.bytes, file.syntax, elements, base);
  });
}

/** The images of a file: one of a classic file, every frame of an enhanced one. */
export function imagesOf(file: DicomFile): DicomImage[] {
  return framesOf(file).map(imageOf);
}
