import { type FileHandle, open, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { SteatosisError } from '@steatosis/core';
import { FileAccessError, makeFolders } from '@steatosis/io/node';
import { fileStates } from './case-keys.js';
import type { CaseRequest } from './case-request.js';
import { withNonFinite, withoutNonFinite } from './non-finite.js';
import type { RegionResult } from './result-row.js';

/** A journal that cannot be gone on with. */
class JournalError extends SteatosisError {
  readonly code = 'JOURNAL';
  readonly path: string;

  constructor(path: string, message: string) {
    super(message);
    this.path = path;
  }
}

/** What decides the values of all cases alike: settings and versions. */
export type JournalIdentity = Readonly<Record<string, unknown>>;

interface Entry {
  key: string;
  /** Size and time of change of image and mask when they were read. */
  files: string;
  results: RegionResult[];
}

/** Where the entry of a case stands in the file. */
interface Place {
  position: number;
  bytes: number;
  files: string;
  failed: boolean;
}

const KIND = 'steatosis extract, unfinished output: go on with --resume';

/**
 * Finished cases of a batch beside its output, one JSON line each, so that nothing is lost when the run
 * ends early. Only whole lines count: one that was cut off is computed again.
 */
export class Journal {
  readonly path: string;
  readonly #file: FileHandle;
  readonly #places: Map<string, Place>;
  #end: number;
  #writing: Promise<unknown> = Promise.resolve();

  private constructor(path: string, file: FileHandle, places: Map<string, Place>, end: number) {
    this.path = path;
    this.#file = file;
    this.#places = places;
    this.#end = end;
  }

  /** The journal of an output. */
  static pathFor(output: string): string {
    return `${output}.journal.jsonl`;
  }

  static async exists(output: string): Promise<boolean> {
    return await stat(Journal.pathFor(output)).then(
      () => true,
      () => false,
    );
  }

  /** Begin anew, whatever was there. @throws FileAccessError */
  static async create(output: string, identity: JournalIdentity): Promise<Journal> {
    const path = Journal.pathFor(output);
    const header = Buffer.from(lineOf({ journal: KIND, identity }));
    const file = await accessing(path, 'written', async () => {
      await makeFolders(dirname(path));
      const opened = await open(path, 'w+');
      await opened.write(header);
      return opened;
    });
    return new Journal(path, file, new Map(), header.length);
  }

  /**
   * Go on with a journal that is there.
   *
   * @throws JournalError when it is of other settings or no journal; FileAccessError
   */
  static async resume(output: string, identity: JournalIdentity): Promise<Journal> {
    const path = Journal.pathFor(output);
    const file = await accessing(path, 'written', async () => await open(path, 'r+'));
    try {
      const places = new Map<string, Place>();
      let end = 0;
      for await (const { text, position, bytes } of wholeLines(file)) {
        const value = parsed(text);
        if (position === 0) expectSame(path, value, identity);
        else if (isEntry(value)) {
          const failed = value.results.some((result) => 'error' in result);
          places.set(value.key, { position, bytes, files: value.files, failed });
        }
        end = position + bytes;
      }
      if (end === 0) expectSame(path, undefined, identity);
      await file.truncate(end);
      return new Journal(path, file, places, end);
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** Whether the case was finished without failure, with the files as they are now. */
  async has(key: string, request: CaseRequest): Promise<boolean> {
    const place = this.#places.get(key);
    if (place === undefined || place.failed) return false;
    return place.files === (await fileStates(request));
  }

  /** Keep the results of a case. Calls may overlap. */
  async add(key: string, files: string, results: RegionResult[]): Promise<void> {
    const line = Buffer.from(lineOf({ key, files, results: results.map(withoutNonFinite) }));
    const position = this.#end;
    this.#end += line.length;
    const failed = results.some((result) => 'error' in result);
    const before = this.#writing;
    const writing = accessing(this.path, 'written', async () => {
      await before;
      await this.#file.write(line, 0, line.length, position);
    });
    this.#writing = writing;
    await writing;
    this.#places.set(key, { position, bytes: line.length, files, failed });
  }

  /** The results of a finished case. */
  async read(key: string): Promise<RegionResult[]> {
    const { position, bytes } = this.#places.get(key)!;
    const buffer = Buffer.alloc(bytes);
    await accessing(this.path, 'read', async () => {
      await this.#file.read(buffer, 0, bytes, position);
    });
    const { results } = parsed(buffer.toString()) as Entry;
    return results.map(withNonFinite);
  }

  async close(): Promise<void> {
    await this.#writing.catch(() => undefined);
    await this.#file.close();
  }

  async remove(): Promise<void> {
    await rm(this.path, { force: true });
  }
}

async function* wholeLines(
  file: FileHandle,
): AsyncGenerator<{ text: string; position: number; bytes: number }> {
  const stream = file.createReadStream({ start: 0, autoClose: false });
  const size = (await file.stat()).size;
  let position = 0;
  for await (const text of createInterface({ input: stream, crlfDelay: Infinity })) {
    const bytes = Buffer.byteLength(text) + 1;
    if (position + bytes > size) return;
    yield { text, position, bytes };
    position += bytes;
  }
}

function expectSame(path: string, header: unknown, identity: JournalIdentity): void {
  const found = header as { journal?: unknown; identity?: JournalIdentity } | undefined;
  if (found?.journal !== KIND || found.identity === undefined) {
    throw new JournalError(
      path,
      `${path} is no journal of steatosis extract. Remove it or use --force.`,
    );
  }
  const before = found.identity;
  const now = JSON.parse(JSON.stringify(identity)) as JournalIdentity;
  const differing = [...new Set([...Object.keys(before), ...Object.keys(now)])].filter(
    (key) => JSON.stringify(before[key]) !== JSON.stringify(now[key]),
  );
  if (differing.length === 0) return;
  const [first] = differing;
  const shown = (value: unknown) => shorten(value === undefined ? 'unset' : JSON.stringify(value));
  throw new JournalError(
    path,
    `${path} was begun with other settings (${first!}: ${shown(before[first!])}, now ${shown(now[first!])}` +
      `${differing.length > 1 ? `; also ${differing.slice(1).join(', ')}` : ''}); results of both must not be mixed. ` +
      'Go on with the settings of before, choose another output, or start over with --force.',
  );
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function isEntry(value: unknown): value is Entry {
  return typeof value === 'object' && value !== null && 'key' in value && 'results' in value;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function lineOf(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}

async function accessing<T>(path: string, action: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw new FileAccessError(path, action, cause);
  }
}
