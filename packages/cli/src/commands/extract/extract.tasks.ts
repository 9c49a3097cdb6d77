import { isSteatosisError } from '@steatosis/core';
import { type CaseImages, extractFeaturesBatch } from '@steatosis/radiomics';
import { fileStates } from './case-keys.js';
import type { CaseRequest } from './case-request.js';
import { CaseReader } from './read-case.js';
import type { RegionResult } from './result-row.js';
import { type ExtractionSettings, isIbsi } from './settings.js';

/** Cases that share image and mask, which are read once. */
interface SharedCases {
  requests: readonly CaseRequest[];
  settings: ExtractionSettings;
}

/** What came of them. */
export interface SharedResults {
  /** Of each request, the results of its regions. */
  results: RegionResult[][];
  /** State of the files before they were read. */
  files: string;
  /** What the readers found odd. */
  warnings: string[];
}

/** Of this worker. */
let sharedReader: CaseReader | undefined;

async function extractShared({ requests, settings }: SharedCases): Promise<SharedResults> {
  const reader = (sharedReader ??= new CaseReader());
  const [first] = requests;
  const { imagePath, maskPath } = first!;
  const channel = first!.channel ?? (isIbsi(settings) ? undefined : settings.label_channel);
  const warnings: string[] = [];
  const files = await fileStates(first!);
  let images: Promise<CaseImages> | undefined;
  const load = (): Promise<CaseImages> =>
    (images ??= reader.read(
      imagePath,
      maskPath,
      channel,
      (message) => void warnings.push(message),
    ));
  const cases = requests.map(({ labels }, id) => ({ id, label: labels, load }));
  const results: RegionResult[][] = requests.map(() => []);
  for await (const { id, ...row } of extractFeaturesBatch(cases, settings)) {
    results[id]!.push('error' in row ? { label: row.label, error: plainError(row.error) } : row);
  }
  return { results, files, warnings };
}

/** The error as it goes into tables. */
function plainError(error: Error): { code: string; message: string } {
  const code = isSteatosisError(error) ? error.code : error.name;
  return { code, message: error.message.replaceAll(/\s+/g, ' ') };
}

/** What a worker of the command can do; with no workers the very same functions run in the command itself. */
export const extractTasks = { extractShared };
export type ExtractTasks = typeof extractTasks;
