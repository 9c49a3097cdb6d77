import { InvalidArgumentError } from '@steatosis/core';

/** A file by name, whose bytes are fetched when they are needed. */
export interface NamedSource {
  /** File name or path; `/` separates folders. */
  name: string;
  bytes: () => Promise<Uint8Array>;
}

/** What a reader takes for one file. */
export type ImageSource = Uint8Array | Blob | NamedSource;

/** What a reader takes for several files. */
export type ImageSources = Iterable<ImageSource> | AsyncIterable<ImageSource>;

/** A file in memory. */
export interface OpenedFile {
  name: string;
  bytes: Uint8Array;
}

/** Fetch the bytes of a source and its name, where it has one. */
export async function openSource(source: ImageSource, unnamed = 'The input'): Promise<OpenedFile> {
  const { name, bytes } = namedSource(source, unnamed);
  const content: unknown = await bytes();
  if (!(content instanceof Uint8Array)) {
    throw new InvalidArgumentError(
      'source.bytes()',
      content,
      `a Uint8Array with the content of ${name}; wrap an ArrayBuffer in new Uint8Array(…)`,
    );
  }
  return { name, bytes: content };
}

/** Any source as a {@link NamedSource}. */
function namedSource(source: ImageSource, unnamed = 'The input'): NamedSource {
  if (source instanceof Uint8Array) {
    return { name: unnamed, bytes: () => Promise.resolve(source) };
  }
  if (typeof Blob !== 'undefined' && source instanceof Blob) {
    const { name, webkitRelativePath } = source as Partial<File>;
    return {
      name: webkitRelativePath || name || unnamed,
      bytes: async () => new Uint8Array(await source.arrayBuffer()),
    };
  }
  const named = source as NamedSource | null;
  if (typeof named === 'object' && typeof named?.bytes === 'function') {
    return { name: named.name, bytes: async () => await named.bytes() };
  }
  throw new InvalidArgumentError(
    'source',
    source,
    'a Uint8Array, a Blob or File, or an object { name, bytes() }; paths are read by @steatosis/io/node',
  );
}

/** @throws InvalidArgumentError unless there is something to iterate over, other than bytes */
export function checkedSources<T extends object>(sources: T): T {
  const given: unknown = sources;
  const iterable =
    typeof given === 'object' &&
    given !== null &&
    !(given instanceof Uint8Array) &&
    (Symbol.iterator in given || Symbol.asyncIterator in given);
  if (!iterable) {
    throw new InvalidArgumentError('source', sources, 'an iterable of files, not one file');
  }
  return sources;
}

/** Several sources, named; those without a name are numbered. */
export async function* namedSources(sources: ImageSources): AsyncGenerator<NamedSource> {
  let count = 0;
  for await (const source of checkedSources(sources)) {
    count += 1;
    yield namedSource(source, `input ${count}`);
  }
}

/** The last part of a path. */
export function baseName(name: string): string {
  return name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
}
