import { SteatosisError } from '@steatosis/core';

/** The platform has no SHA-256: browsers offer it on secure pages only. */
class HashUnavailableError extends SteatosisError {
  readonly code = 'HASH_UNAVAILABLE';

  constructor() {
    super(
      'crypto.subtle is missing, so no DICOM UIDs can be made: serve the page over https or from localhost.',
    );
  }
}

/** @throws HashUnavailableError on pages that are not secure */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  // Absent on insecure pages, whatever the type says.
  const subtle = globalThis.crypto?.subtle as SubtleCrypto | undefined;
  if (subtle === undefined) throw new HashUnavailableError();
  return new Uint8Array(await subtle.digest('SHA-256', bytes));
}

/**
 * A UID below 2.25 (PS3.5, annex B.2) made from a hash: a UUID of version 8, whose bits are free to choose.
 * The same content has the same UID everywhere, and nothing can be read back from it.
 */
export function uidOfHash(hash: Uint8Array): string {
  let value = 0n;
  hash.subarray(0, 16).forEach((byte, i) => {
    const bits = i === 6 ? (byte & 0x0f) | 0x80 : i === 8 ? (byte & 0x3f) | 0x80 : byte;
    value = (value << 8n) | BigInt(bits);
  });
  return `2.25.${value}`;
}
