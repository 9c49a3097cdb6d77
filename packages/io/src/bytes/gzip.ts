import { FormatError, UnsupportedFormatError } from '../errors.js';
import { damaged } from './gzip-errors.js';
import { inflateStream } from './gzip-stream.js';

/** DEFLATE cannot make more than this many bytes out of one. */
const MAX_RATIO = 1032;
const CHUNK = 1 << 16;
/** zlib counts the bytes of one output block in 32 bits. */
const LARGEST_BLOCK = 2 ** 30;
/** Node 20 has no longer buffers. */
const LARGEST_OUTPUT = 2 ** 32;

export interface GunzipOptions {
  /** Bytes that should come out; memory is set aside for them where the trailer agrees. */
  expected: number;
  /** Stop with an error beyond so many bytes. */
  limit: number;
  source?: string | undefined;
}

export function isGzip(bytes: Uint8Array): boolean {
  return bytes.length >= 2 && bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * Inflate a gzip file of one or several members.
 *
 * @throws FormatError when the stream is damaged, cut, or holds more than `limit` bytes
 */
export async function gunzip(bytes: Uint8Array, options: GunzipOptions): Promise<Uint8Array> {
  if (options.expected > bytes.length * MAX_RATIO) {
    throw new FormatError(
      'gzip',
      `the header asks for ${options.expected} bytes, but ${bytes.length} compressed bytes cannot hold more than ${bytes.length * MAX_RATIO}`,
      { source: options.source },
    );
  }
  if (options.expected > LARGEST_OUTPUT) {
    throw new UnsupportedFormatError(
      'gzip beyond 4 GiB',
      `it holds ${options.expected} bytes; up to 4 GiB are inflated: decompress it first`,
      { source: options.source },
    );
  }
  const zlib = nodeZlib();
  if (zlib !== undefined) return await gunzipNode(zlib, bytes, options);
  const { expected, limit, source } = options;
  const reserve = trailerAgrees(bytes, expected) ? expected : CHUNK;
  return await inflateStream(bytes, { limit, reserve, prefixOnly: false, source });
}

/** The first `length` bytes of a gzip file, or fewer where it ends before. */
export async function gunzipPrefix(
  bytes: Uint8Array,
  length: number,
  source?: string,
): Promise<Uint8Array> {
  const zlib = nodeZlib();
  if (zlib === undefined) {
    return await inflateStream(bytes, { limit: length, reserve: length, prefixOnly: true, source });
  }
  // Input is fed in growing pieces, so that a bomb costs at most MAX_RATIO times a small piece.
  for (let piece = 4096; ; piece *= 4) {
    const partial = bytes.subarray(0, piece);
    try {
      const out = zlib.gunzipSync(partial, { finishFlush: zlib.constants['Z_SYNC_FLUSH'] });
      if (out.length >= length || piece >= bytes.length) return plain(out).subarray(0, length);
    } catch (cause) {
      throw damaged(cause, source);
    }
  }
}

/** Compress; `level` 1 (fast) … 9 (small) counts where zlib is at hand (Node). */
export async function gzip(bytes: Uint8Array, level: number): Promise<Uint8Array> {
  const zlib = nodeZlib();
  if (zlib !== undefined) {
    return await new Promise((resolve, reject) => {
      zlib.gzip(bytes, { level }, (error, out) => (error ? reject(error) : resolve(plain(out))));
    });
  }
  const stream = new Blob([bytes as BlobPart]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

async function gunzipNode(
  zlib: NodeZlib,
  bytes: Uint8Array,
  options: GunzipOptions,
): Promise<Uint8Array> {
  // One output block of the right size is 1.6 times as fast as many small ones. The spare byte lets
  // zlib see the end of the stream without a second block.
  const chunkSize = trailerAgrees(bytes, options.expected) ? options.expected + 64 : CHUNK;
  const settings = {
    chunkSize: Math.min(Math.max(chunkSize, CHUNK), LARGEST_BLOCK),
    maxOutputLength: Math.min(options.limit, LARGEST_OUTPUT),
  };
  return await new Promise((resolve, reject) => {
    try {
      zlib.gunzip(bytes, settings, (error, out) =>
        error ? reject(damaged(error, options.source, options.limit)) : resolve(plain(out)),
      );
    } catch (cause) {
      reject(damaged(cause, options.source, options.limit));
    }
  });
}

/** Whether the length in the trailer (modulo 2³²) is the expected one: not so with several members. */
function trailerAgrees(bytes: Uint8Array, expected: number): boolean {
  if (bytes.length < 18) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return view.getUint32(bytes.length - 4, true) === expected % 4294967296;
}

/** Node's subclass of Uint8Array must not reach callers: its `slice` behaves differently. */
function plain(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

type Callback = (error: Error | null, result: Uint8Array) => void;

/** The part of `node:zlib` that is used here. */
interface NodeZlib {
  constants: Record<string, number>;
  gunzipSync(bytes: Uint8Array, options: object): Uint8Array;
  gunzip(bytes: Uint8Array, options: object, callback: Callback): void;
  gzip(bytes: Uint8Array, options: object, callback: Callback): void;
}

/** `node:zlib` where there is one. It is asked for at run time, so that bundles for browsers stay clean. */
function nodeZlib(): NodeZlib | undefined {
  const { process } = globalThis as {
    process?: { getBuiltinModule?: (id: string) => unknown };
  };
  return process?.getBuiltinModule?.('node:zlib') as NodeZlib | undefined;
}
