import { rm } from 'node:fs/promises';
import { type OnProgress, TaskPool, throwIfAborted, type WorkerCode } from '@steatosis/core';
import { inLanes } from '../../study/in-lanes.js';
import { csvText } from '../../tables/csv.js';
import { writePieces } from '../../tables/write-file.js';
import { keysOf } from './case-keys.js';
import { type CaseRequest, nameOf } from './case-request.js';
import { type ExtractTasks, extractTasks, type SharedResults } from './extract.tasks.js';
import { groupRequests } from './group-requests.js';
import { Journal, type JournalIdentity } from './journal.js';
import { isFullRecord, type RegionResult, type ResultRow } from './result-row.js';
import { failureTable } from './result-table.js';
import type { ExtractionSettings } from './settings.js';
import { type OutputEnding, writeResults } from './write-results.js';

/** A batch of cases and where its results go. */
export interface CasesJob {
  requests: readonly CaseRequest[];
  settings: ExtractionSettings;
  /** What else decides the values, for the journal: versions. */
  versions: JournalIdentity;
  output: string;
  ending: OutputEnding;
  workers: number;
  workerCode: WorkerCode;
  /** Go on with a journal that is there, and keep it. */
  resume: boolean;
  /** Paths and messages as they may be shown. */
  shown: (path: string) => string;
}

/** How a batch is watched. */
interface CasesWatch {
  signal: AbortSignal;
  onProgress: OnProgress;
  warn: (message: string) => void;
}

/** What a batch came to. */
export interface CasesSummary {
  /** Regions that have features. */
  regions: number;
  /** Features of a region; the most, if they differ. */
  features: number;
  /** Cases that were finished before. */
  resumed: number;
  /** Cases with a region that failed, and the table that lists them. */
  failed: number;
  failureList: string;
}

/**
 * Compute the features of all cases and write them, in the order of the cases. Finished cases are kept in a
 * journal beside the output, from which the output is made in the end.
 *
 * @throws FileAccessError, JournalError, AbortedError; cases that fail are part of the summary
 */
export async function runCases(job: CasesJob, watch: CasesWatch): Promise<CasesSummary> {
  const journal = await openJournal(job);
  try {
    const keys = keysOf(job.requests);
    const missing = await missingCases(job.requests, keys, journal);
    await compute(job, missing, keys, journal, watch);
    const summary = await write(job, keys, journal);
    const resumed = job.requests.length - missing.length;
    if (summary.failed === 0 && !job.resume) await journal.remove();
    return { ...summary, resumed };
  } finally {
    await journal.close();
  }
}

async function openJournal({ output, settings, versions, resume }: CasesJob): Promise<Journal> {
  const identity = { ...settings, ...versions };
  const goOn = resume && (await Journal.exists(output));
  return goOn ? await Journal.resume(output, identity) : await Journal.create(output, identity);
}

/** Positions of the cases that the journal does not have. */
async function missingCases(
  requests: readonly CaseRequest[],
  keys: readonly string[],
  journal: Journal,
): Promise<number[]> {
  const missing: number[] = [];
  for (const [i, request] of requests.entries()) {
    if (!(await journal.has(keys[i]!, request))) missing.push(i);
  }
  return missing;
}

async function compute(
  job: CasesJob,
  missing: readonly number[],
  keys: readonly string[],
  journal: Journal,
  { signal, onProgress, warn }: CasesWatch,
): Promise<void> {
  const { requests, settings, workers, workerCode, shown } = job;
  const total = requests.length;
  let done = total - missing.length;
  if (missing.length > 0) onProgress({ done, total });
  const pool = new TaskPool<ExtractTasks>({ tasks: extractTasks, code: workerCode, workers });
  const groups = groupRequests(missing.map((i) => requests[i]!)).map((group) =>
    group.map((member) => missing[member]!),
  );
  try {
    // One group more than workers, so that none waits for the journal.
    const lanes = workers === 0 ? 1 : workers + 1;
    await inLanes(groups, lanes, signal, async (group, stop) => {
      const shared = group.map((i) => requests[i]!);
      const { results, files, warnings } = await pool
        .run('extractShared', { requests: shared, settings }, { signal: stop })
        .catch((error: unknown) => failedTogether(error, shared, stop));
      for (const warning of warnings) warn(warning);
      for (const [member, i] of group.entries()) {
        warnOf(wordOf(requests[i]!, shown), results[member]!, warn);
        await journal.add(keys[i]!, files, results[member]!);
        done += 1;
        onProgress({ done, total, message: wordOf(requests[i]!, shown) });
      }
    });
  } finally {
    pool.close();
  }
}

/** What ends a worker, such as want of memory, is an error of the cases it had. */
function failedTogether(
  error: unknown,
  requests: readonly CaseRequest[],
  stop: AbortSignal,
): SharedResults {
  throwIfAborted(stop);
  const message = error instanceof Error ? error.message : String(error);
  const failure: RegionResult = { label: undefined, error: { code: 'WORKER_DIED', message } };
  return { results: requests.map(() => [failure]), files: '', warnings: [] };
}

/** How progress and warnings call a case: one word, since they tell words from sentences. */
function wordOf(request: CaseRequest, shown: CasesJob['shown']): string {
  return shown(nameOf(request)).replaceAll(/\s/g, '_');
}

function warnOf(
  name: string,
  results: readonly RegionResult[],
  warn: (message: string) => void,
): void {
  for (const result of results) {
    if ('error' in result || !isFullRecord(result.diagnostics)) continue;
    for (const { message } of result.diagnostics.warnings) {
      warn(`${name}: ${message}`);
    }
  }
}

async function write(
  job: CasesJob,
  keys: readonly string[],
  journal: Journal,
): Promise<Omit<CasesSummary, 'resumed'>> {
  const { requests, output, ending, shown } = job;
  const summary = { regions: 0, features: 0, failed: 0 };
  for (const key of keys) {
    const results = await journal.read(key);
    if (results.some((result) => 'error' in result)) summary.failed += 1;
    for (const result of results) {
      if ('error' in result) continue;
      summary.regions += 1;
      summary.features = Math.max(summary.features, Object.keys(result.features).length);
    }
  }
  async function* rows(): AsyncGenerator<ResultRow> {
    for (const [i, request] of requests.entries()) {
      const { Image = '', Mask = '' } = request.columns;
      const columns = { ...request.columns, Image: shown(Image), Mask: shown(Mask) };
      for (const result of await journal.read(keys[i]!)) {
        yield { columns, result: shownResult(result, shown) };
      }
    }
  }
  const failureList = `${output}.failures.csv`;
  const failures = await failureTable(rows());
  if (failures === undefined) await rm(failureList, { force: true });
  else await writePieces(failureList, csvText(failures));
  await writeResults(output, ending, rows);
  return { ...summary, failureList };
}

/** Messages of errors name files. */
function shownResult(result: RegionResult, shown: CasesJob['shown']): RegionResult {
  if (!('error' in result)) return result;
  const { code, message } = result.error;
  return { ...result, error: { code, message: shown(message) } };
}
