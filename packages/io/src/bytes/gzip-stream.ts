import { damaged, tooLong } from './gzip-errors.js';

export interface InflateOptions {
  /** More bytes than these are an error, or with `prefixOnly` left out. */
  limit: number;
  /** Bytes for which memory is set aside at once. */
  reserve: number;
  /** Stop, satisfied, at the limit. */
  prefixOnly: boolean;
  source: string | undefined;
}

/** Places that look like the beginning of a further member but are none: so many are tried. */
const MOST_FALSE_STARTS = 64;

/**
 * Inflate a gzip file with the platform's `DecompressionStream`, which in browsers takes a single member:
 * a file of several is cut at the gzip headers inside. Each cut is proved by the member's checksum.
 *
 * @throws FormatError when the stream is damaged, cut, or longer than the limit
 */
export async function inflateStream(
  bytes: Uint8Array,
  options: InflateOptions,
): Promise<Uint8Array> {
  const whole = await inflateMember(bytes, options);
  if (whole instanceof Uint8Array) return whole;
  const { limit, prefixOnly, source } = options;
  const parts: Uint8Array[] = [];
  let [start, length, failures] = [0, 0, 0];
  const satisfied = (): boolean => start === bytes.length || (prefixOnly && length >= limit);
  for (const next of memberStarts(bytes)) {
    const member = bytes.subarray(start, next);
    const part = await inflateMember(member, { ...options, limit: limit - length, reserve: 0 });
    if (part instanceof Uint8Array) {
      parts.push(part);
      length += part.length;
      start = next;
    } else if (++failures > MOST_FALSE_STARTS) {
      break;
    }
    if (satisfied()) break;
  }
  if (parts.length === 0 || !satisfied()) throw damaged(whole.failure, source);
  const all = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Where a member may end: at every further gzip header, and at the end of the file. */
function* memberStarts(bytes: Uint8Array): Generator<number> {
  for (let at = bytes.indexOf(0x1f, 1); at >= 0; at = bytes.indexOf(0x1f, at + 1)) {
    if (bytes[at + 1] === 0x8b && bytes[at + 2] === 8 && (bytes[at + 3] & 0xe0) === 0) yield at;
  }
  yield bytes.length;
}

/** Damage is returned, not thrown: it may only mean that another member follows. */
async function inflateMember(
  bytes: Uint8Array,
  { limit, reserve, prefixOnly, source }: InflateOptions,
): Promise<Uint8Array | { failure: unknown }> {
  const stream = new Blob([bytes as BlobPart])
    .stream()
    .pipeThrough(new DecompressionStream('gzip'));
  const reader = stream.getReader();
  let out = new Uint8Array(reserve);
  let length = 0;
  try {
    for (;;) {
      const next = await reader.read().catch((failure: unknown) => ({ failure }));
      if ('failure' in next) return next;
      if (next.done) return out.subarray(0, length);
      const { value } = next;
      if (length + value.length > limit) {
        if (!prefixOnly) throw tooLong(limit, source);
        out = grown(out, limit);
        out.set(value.subarray(0, limit - length), length);
        return out.subarray(0, limit);
      }
      out = grown(out, length + value.length);
      out.set(value, length);
      length += value.length;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** At least so many bytes; grows by doubling. */
function grown(bytes: Uint8Array<ArrayBuffer>, length: number): Uint8Array<ArrayBuffer> {
  if (length <= bytes.length) return bytes;
  const larger = new Uint8Array(Math.max(length, bytes.length * 2));
  larger.set(bytes);
  return larger;
}
