import { stat } from 'node:fs/promises';
import type { CommandContext } from '../../command-line/command.js';
import { checkOutputFile } from '../../command-line/output.js';
import { installedVersions } from '../../study/versions.js';
import { withoutUids } from '../../study/without-identifiers.js';
import { createProgress } from '../../terminal/progress.js';
import { OutputExistsError } from '../../terminal/usage-error.js';
import { readCasesTable } from './cases-table.js';
import { CasesFailedError } from './errors.js';
import { Journal } from './journal.js';
import type { ExtractOptions } from './options.js';
import { runCases } from './run-cases.js';
import { itemsOfShard } from './shard.js';

/** Extract the cases of a table. */
export async function extractCases(
  casesPath: string,
  options: ExtractOptions,
  { io, keepIdentifiers, announce, print, warn }: CommandContext,
): Promise<void> {
  const { output, ending, settings, labels, workers, resume, shard } = options;
  const cases = await readCasesTable(casesPath, labels);
  const requests = shard === undefined ? cases : itemsOfShard(cases, shard);
  await checkOutput(options);
  const progress = createProgress(io.stderr, 'extracting', 'cases');
  const job = {
    requests,
    settings,
    versions: packageVersions(),
    output,
    ending,
    workers: Math.min(workers, requests.length),
    workerCode: new URL('./extract.worker.js', import.meta.url),
    resume,
    shown: (path: string) => (keepIdentifiers ? path : withoutUids(path)),
  };
  const summary = await io
    .guard(async (signal) => {
      try {
        return await runCases(job, { signal, onProgress: progress.onProgress, warn });
      } catch (error) {
        progress.finish();
        if (signal.aborted) {
          announce(`Finished cases are kept in ${Journal.pathFor(output)}; go on with --resume.`);
        }
        throw error;
      }
    })
    .finally(progress.finish);
  const { regions, features, resumed, failed, failureList } = summary;
  const earlier = resumed > 0 ? `, ${resumed} were already there` : '';
  const extent = `${counted(regions, 'region')} in ${counted(requests.length, 'case')}`;
  print(`${output}: ${features} features of ${extent}${earlier}`);
  if (failed > 0) throw new CasesFailedError(failed, requests.length, failureList);
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

/** Versions of the packages: a resumed run must not mix results of several. */
function packageVersions(): Record<string, string> {
  const { node: _node, v8: _v8, ...packages } = installedVersions();
  return packages;
}

/** Before any work: what may be overwritten, what gone on with? */
async function checkOutput({ output, force, resume }: ExtractOptions): Promise<void> {
  const begun = await Journal.exists(output);
  if (resume && begun) {
    await checkOutputFile(output, true);
    return;
  }
  if (begun && !force) {
    const journal = Journal.pathFor(output);
    throw new OutputExistsError(
      journal,
      'is there: a run that is not finished, or still going on. Go on with it by --resume',
      true,
    );
  }
  if (resume && !force && (await isFile(output))) {
    throw new OutputExistsError(
      output,
      'is there without its journal: it is finished, and nothing is left to go on with',
      true,
    );
  }
  await checkOutputFile(output, force);
}

async function isFile(path: string): Promise<boolean> {
  return await stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}
