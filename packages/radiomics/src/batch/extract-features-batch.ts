import { InvalidArgumentError, TaskPool } from '@steatosis/core';
import type { Diagnostics } from '../extract/diagnostics.js';
import type { AnyIbsiSettings } from '../ibsi/any-settings.js';
import type { Settings } from '../settings/settings.js';
import type { BatchCase, BatchOptions, BatchRow } from './batch-case.js';
import { type BatchSettings, checkSettings, type CheckedSettings } from './batch-settings.js';
import { batchTasks } from './batch.tasks.js';
import workerSource from './batch.worker.ts?worker-source';
import { type BatchPool, extractOnWorker } from './extract-on-workers.js';
import { asError, extractRegions } from './extract-regions.js';
import { inOrder } from './in-order.js';
import { Turns } from './next-turn.js';

/** Cases one after the other. */
type Cases<Id> = Iterable<BatchCase<Id>> | AsyncIterable<BatchCase<Id>>;
/** A row with the diagnostics of either definitions. */
type AnyRow<Id> = BatchRow<Id, Diagnostics | Record<string, number>>;

/**
 * Radiomics features of many cases, one row after the other in the order of the cases.
 *
 * Cases are taken from the source as they are needed, at most `casesAhead` before their row is given, so that
 * a cohort needs the memory of a few images; with `load` even reading waits for its turn. A case that fails
 * is a row with its `error` and does not stop the rest. Leaving the loop early stops the workers and closes
 * the source. A case with several labels gives a row for each, its image read and sent once.
 *
 * Two workers gain little for regions that take less than about a millisecond, since image and mask are
 * copied on their way (those in a `SharedArrayBuffer` are not).
 *
 * @param cases see {@link BatchCase}; an array, a generator or an async generator
 * @param settings as for {@link extractFeatures}, the same for all cases; `label` is the default of theirs
 * @param options `workers`, `signal`, `onProgress` (cases done, their id as message) and `casesAhead`
 * @returns rows with `id`, `label` and either `features` and `diagnostics`, or `error`
 * @throws SettingsError, InvalidArgumentError at once for settings and options that cannot be
 * @throws InvalidArgumentError from the iteration for a case without `id` or images, AbortedError when
 * stopped, and what the source of the cases throws (after the rows of the cases before)
 * @example
 * ```ts
 * import { createVolume } from '@steatosis/core';
 * import { extractFeaturesBatch } from '@steatosis/radiomics';
 *
 * const image = createVolume(Float32Array.from({ length: 256 }, (_, i) => (i * 37) % 256), [16, 16, 1]);
 * const mask = createVolume(Uint8Array.from({ length: 256 }, (_, i) => (i < 128 ? 1 : 2)), [16, 16, 1]);
 * const cases = [
 *   { id: 'liver', image, mask, label: [1, 2] },
 *   { id: 'spleen', load: async () => ({ image, mask }), label: 7 },
 * ];
 * const found = [];
 * for await (const row of extractFeaturesBatch(cases, { featureClasses: ['firstorder'] })) {
 *   const value = 'error' in row ? row.error.name : row.features['original_firstorder_Median'];
 *   found.push(`${row.id} ${row.label}: ${value}`);
 * }
 * console.log(found.join(', ')); // liver 1: 121, liver 2: 133.5, spleen 7: LabelAbsentError
 * ```
 */
export function extractFeaturesBatch<Id = string>(
  cases: Cases<Id>,
  settings?: Settings,
  options?: BatchOptions,
): AsyncGenerator<BatchRow<Id>, void, undefined>;
/** With IBSI's definitions the diagnostics are those that IBSI reports, by its tags. */
export function extractFeaturesBatch<Id = string>(
  cases: Cases<Id>,
  settings: AnyIbsiSettings,
  options?: BatchOptions,
): AsyncGenerator<BatchRow<Id, Record<string, number>>, void, undefined>;
export function extractFeaturesBatch<Id = string>(
  cases: Cases<Id>,
  settings: BatchSettings,
  options?: BatchOptions,
): AsyncGenerator<AnyRow<Id>, void, undefined>;
export function extractFeaturesBatch<Id = string>(
  cases: Cases<Id>,
  settings: BatchSettings = {},
  options: BatchOptions = {},
): AsyncGenerator<AnyRow<Id>, void, undefined> {
  const { workers = 0, casesAhead = workers + 1 } = options;
  if (!isIterable(cases)) {
    throw new InvalidArgumentError('cases', cases, 'an iterable or async iterable of cases');
  }
  const pool = new TaskPool({ tasks: batchTasks(), code: workerSource, workers });
  if (!Number.isInteger(casesAhead) || casesAhead < 1) {
    throw new InvalidArgumentError('casesAhead', casesAhead, 'an integer ≥ 1');
  }
  return runBatch(cases, { settings: checkSettings(settings, workers), pool, casesAhead, options });
}

/** What all cases of a batch share. */
interface Batch {
  settings: CheckedSettings;
  pool: BatchPool;
  casesAhead: number;
  options: BatchOptions;
}

async function* runBatch<Id>(
  cases: Cases<Id>,
  batch: Batch,
): AsyncGenerator<AnyRow<Id>, void, undefined> {
  const { pool, casesAhead, options } = batch;
  const { signal, onProgress } = options;
  const total = Array.isArray(cases) ? { total: cases.length } : {};
  const window = pool.size === 0 ? 1 : casesAhead;
  const turns = new Turns();
  const work = async (one: BatchCase<Id>): Promise<AnyRow<Id>[]> => {
    if (pool.size === 0) await turns.pass();
    return await rowsOf(one, batch);
  };
  let done = 0;
  try {
    for await (const rows of inOrder(cases, work, { window, signal })) {
      done++;
      onProgress?.({ done, ...total, message: String(rows[0].id) });
      yield* rows;
    }
  } finally {
    pool.close();
  }
}

/** The rows of one case; only what is wrong with the source itself is thrown. */
async function rowsOf<Id>(one: BatchCase<Id>, batch: Batch): Promise<AnyRow<Id>[]> {
  expectCase(one);
  const { id, label = batch.settings.label } = one;
  const labels = typeof label === 'number' ? [label] : label;
  try {
    if (labels.length === 0 || (typeof labels === 'string' && labels !== 'all')) {
      throw new InvalidArgumentError('label', labels, "a label, several of them, or 'all'");
    }
    const images = one.load === undefined ? one : await one.load();
    const outcomes =
      batch.pool.size === 0
        ? extractRegions(images.image, images.mask, labels, batch.settings.given)
        : await extractOnWorker(images, labels, batch.settings, batch.pool, batch.options.signal);
    return outcomes.map((outcome) => ({ id, ...outcome }));
  } catch (thrown) {
    const error = asError(thrown);
    const known = Array.isArray(labels) && labels.length > 0 ? (labels as number[]) : [undefined];
    return known.map((value) => ({ id, label: value, error }));
  }
}

function expectCase(one: BatchCase<unknown>): void {
  const complete =
    typeof one === 'object' &&
    one !== null &&
    one.id !== undefined &&
    (typeof one.load === 'function' || (one.image !== undefined && one.mask !== undefined));
  if (!complete) {
    throw new InvalidArgumentError(
      'cases',
      one,
      'cases with an id and either image and mask or load',
    );
  }
}

function isIterable(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    (Symbol.asyncIterator in value || Symbol.iterator in value)
  );
}
