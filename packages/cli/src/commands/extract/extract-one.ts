import type { CommandContext } from '../../command-line/command.js';
import {
  checkOutputFile,
  expectWritableFolder,
  jsonText,
  writeOutput,
} from '../../command-line/output.js';
import { withoutUids } from '../../study/without-identifiers.js';
import type { CaseRequest } from './case-request.js';
import { CaseFailedError } from './errors.js';
import { extractTasks } from './extract.tasks.js';
import type { ExtractOptions } from './options.js';
import { isFullRecord, recordOf, type RegionResult, type ResultRow } from './result-row.js';
import { writeResults } from './write-results.js';

type RegionFeatures = Extract<RegionResult, { features: unknown }>;

/** Extract the regions of one mask: all of them, or nothing is written. */
export async function extractOne(
  imagePath: string,
  maskPath: string,
  { output, ending, force, settings, labels }: ExtractOptions,
  { io, keepIdentifiers, print, warn }: CommandContext,
): Promise<void> {
  await checkOutputFile(output, force);
  await expectWritableFolder(output);
  const columns = { Image: imagePath, Mask: maskPath };
  const request: CaseRequest = { columns, imagePath, maskPath, channel: undefined, labels };
  const { results, warnings } = await extractTasks.extractShared({ requests: [request], settings });
  const regions = expectFeatures(results.flat());
  for (const warning of warnings) warn(warning);
  for (const { diagnostics, label } of regions) {
    if (!isFullRecord(diagnostics)) continue;
    const where = regions.length > 1 ? `Label ${label}: ` : '';
    for (const { message } of diagnostics.warnings) warn(`${where}${message}`);
  }
  const shown = (path: string) => (keepIdentifiers ? path : withoutUids(path));
  const rows = regions.map((result): ResultRow => ({
    columns: { Image: shown(imagePath), Mask: shown(maskPath) },
    result,
  }));
  await io.guard(async () => {
    // One region alone is one record in JSON and no list of one.
    if (ending === '.json' && rows.length === 1 && typeof labels !== 'string') {
      await writeOutput(output, jsonText(recordOf(rows[0]!)));
    } else await writeResults(output, ending, () => rows);
  });
  const features = Math.max(...regions.map((region) => Object.keys(region.features).length));
  print(`${output}: ${features} features of ${extentOf(regions)}`);
}

function extentOf([first, ...others]: readonly RegionFeatures[]): string {
  const { diagnostics } = first!;
  if (others.length > 0) return `${others.length + 1} regions`;
  return isFullRecord(diagnostics) ? `${diagnostics.mask.voxelCount} voxels` : 'one region';
}

/** @throws CaseFailedError that names the label, where several were asked for */
function expectFeatures(results: readonly RegionResult[]): RegionFeatures[] {
  return results.map((result) => {
    if (!('error' in result)) return result;
    const where = results.length > 1 ? `Label ${result.label}: ` : '';
    throw new CaseFailedError(`${where}${result.error.message}`);
  });
}
