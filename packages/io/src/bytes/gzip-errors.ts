import { FormatError } from '../errors.js';

/** The error for a stream that zlib or the platform could not inflate. */
export function damaged(cause: unknown, source: string | undefined, limit?: number): FormatError {
  if (limit !== undefined && (cause as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE') {
    return tooLong(limit, source, cause);
  }
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new FormatError('gzip', `the compressed data are cut or damaged (${reason})`, {
    source,
    cause,
  });
}

export function tooLong(limit: number, source: string | undefined, cause?: unknown): FormatError {
  return new FormatError(
    'gzip',
    `it holds more than the ${limit} bytes that its header accounts for`,
    { source, cause },
  );
}
