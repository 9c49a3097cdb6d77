/** One element of a DICOM data set; the value stays in the file's bytes. */
export interface DicomElement {
  /** Group × 65536 + element. */
  tag: number;
  /** Two letters; `'UN'` where the encoding does not say. */
  vr: string;
  /** Byte offset of the value. */
  offset: number;
  /** Bytes of the value; for a sequence the bytes of all its items. */
  length: number;
  /** Items of a sequence. */
  items?: DicomDataSet[];
  /** Pixel data in compressed fragments instead of plain values. */
  encapsulated?: true;
}

/** Elements by tag. */
export type DicomDataSet = Map<number, DicomElement>;

/** `(0018,0081)` */
export function showTag(tag: number): string {
  const hex = (n: number): string => n.toString(16).toUpperCase().padStart(4, '0');
  return `(${hex(tag >>> 16)},${hex(tag & 0xffff)})`;
}
