import { UnsupportedFormatError } from '../errors.js';
import { lookup } from '../lookup.js';

/** How a transfer syntax encodes the data set and the pixels. */
export interface TransferSyntax {
  uid: string;
  name: string;
  explicit: boolean;
  /** Pixels are compressed in fragments. */
  compressed: boolean;
}

const READABLE: Readonly<Record<string, [name: string, explicit: boolean]>> = {
  '1.2.840.10008.1.2': ['Implicit VR Little Endian', false],
  '1.2.840.10008.1.2.1': ['Explicit VR Little Endian', true],
};

const COMPRESSED: Readonly<Record<string, string>> = {
  '1.2.840.10008.1.2.4.50': 'JPEG Baseline',
  '1.2.840.10008.1.2.4.51': 'JPEG Extended',
  '1.2.840.10008.1.2.4.57': 'JPEG Lossless',
  '1.2.840.10008.1.2.4.70': 'JPEG Lossless, First-Order Prediction',
  '1.2.840.10008.1.2.4.80': 'JPEG-LS Lossless',
  '1.2.840.10008.1.2.4.81': 'JPEG-LS Near-Lossless',
  '1.2.840.10008.1.2.4.90': 'JPEG 2000 Lossless',
  '1.2.840.10008.1.2.4.91': 'JPEG 2000',
  '1.2.840.10008.1.2.4.201': 'HTJ2K Lossless',
  '1.2.840.10008.1.2.4.202': 'HTJ2K Lossless RPCL',
  '1.2.840.10008.1.2.4.203': 'HTJ2K',
  '1.2.840.10008.1.2.5': 'RLE Lossless',
};

const OTHERS: Readonly<Record<string, string>> = {
  '1.2.840.10008.1.2.2': 'Explicit VR Big Endian',
  '1.2.840.10008.1.2.1.99': 'Deflated Explicit VR Little Endian',
};

/** @throws UnsupportedFormatError where not even the tags can be read */
export function transferSyntaxOf(uid: string, source: string): TransferSyntax {
  const readable = lookup(READABLE, uid);
  if (readable !== undefined) {
    return { uid, name: readable[0], explicit: readable[1], compressed: false };
  }
  const compressed = lookup(COMPRESSED, uid);
  if (compressed !== undefined) return { uid, name: compressed, explicit: true, compressed: true };
  throw unreadableSyntax(uid, lookup(OTHERS, uid) ?? 'unknown', source);
}

/** The error for pixels (or whole files) in a syntax that is not read, and what to do about it. */
export function unreadableSyntax(
  uid: string,
  name: string,
  source: string,
): UnsupportedFormatError {
  return new UnsupportedFormatError(
    uid,
    `its transfer syntax ${uid} (${name}) is not read; uncompressed little endian is: convert it, for example with "gdcmconv --raw in.dcm out.dcm" or "dcmconv +te in.dcm out.dcm" (compressed JPEG: "dcmdjpeg")`,
    { source, field: '(0002,0010) TransferSyntaxUID' },
  );
}
