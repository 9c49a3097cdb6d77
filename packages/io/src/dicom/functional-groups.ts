import type { DicomDataSet } from './data-set.js';
import type { DicomFile } from './file.js';
import { PRIVATE_TAGS, TAGS } from './tags.js';

/** Groups of the elements in which vendors repeat what a classic file would say. */
const VENDOR_GROUPS = [
  [PRIVATE_TAGS.philipsFrame, 0x2005],
  [PRIVATE_TAGS.siemensFrame, 0x0021],
] as const;

/**
 * The elements of one item of the shared or per-frame functional groups (PS3.3, C.7.6.16) as a classic file
 * has them: side by side instead of each in a sequence of its own. Each group has one item; further ones
 * (several echoes averaged into one frame) are not looked at.
 *
 * Of the vendors' copies of a classic header only their own group and Image Type are taken: what the
 * standard's groups say about place and value must not be contradicted.
 */
export function flattened(file: DicomFile, item: DicomDataSet): DicomDataSet {
  const elements: DicomDataSet = new Map();
  for (const group of item.values()) {
    if ((group.tag >>> 16) % 2 === 1) continue;
    const [first] = file.items(group);
    for (const element of first?.values() ?? []) {
      if ((element.tag >>> 16) % 2 === 0) elements.set(element.tag, element);
    }
  }
  const frameType = elements.get(TAGS.FrameType.tag);
  if (frameType !== undefined) {
    elements.set(TAGS.ImageType.tag, { ...frameType, tag: TAGS.ImageType.tag });
  }
  for (const [known, group] of VENDOR_GROUPS) {
    const [copy] = file.items(file.privateElement(known, item));
    for (const element of copy?.values() ?? []) {
      if (element.tag >>> 16 === group || element.tag === TAGS.ImageType.tag) {
        elements.set(element.tag, element);
      }
    }
  }
  return elements;
}
