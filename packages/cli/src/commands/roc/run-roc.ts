import { join } from 'node:path';
import type { CommandContext } from '../../command-line/command.js';
import {
  checkOutputFile,
  expectWritableFolder,
  jsonText,
  writeOutput,
} from '../../command-line/output.js';
import { checkReportFolder, writeReport } from '../../models/folder-output.js';
import { svgFile } from '../../report/plot-figure.js';
import { readTable } from '../../tables/read-table.js';
import { analyse } from './analyse.js';
import type { RocOptions } from './options.js';
import { rocFiles, rocPage, rocPicture } from './report.js';
import { scoredRows } from './scored-rows.js';
import { summaryLines } from './summary.js';
import { rocWarnings } from './warnings.js';

/** Read, compute, write the picture whole or not at all, and print. */
export async function runRoc(options: RocOptions, context: CommandContext): Promise<void> {
  const { io, print, warn } = context;
  const { output } = options;
  if (output !== undefined) {
    if (output.kind === 'folder') await checkReportFolder(output.path, options.force);
    else await checkOutputFile(output.path, options.force);
    await expectWritableFolder(
      output.kind === 'folder' ? join(output.path, 'roc.svg') : output.path,
    );
  }
  const table = await readTable(options.table);
  const rows = scoredRows(table, options);
  const analysis = analyse(rows, options);
  const { results } = analysis;
  const warnings = rocWarnings(table, results, options);
  if (output !== undefined) {
    await io.guard(async () => {
      if (output.kind === 'folder') {
        await writeReport(output.path, rocFiles(analysis, warnings));
        return;
      }
      const picture = rocPicture(analysis);
      const content =
        output.kind === 'svg' ? svgFile(picture) : rocPage(picture, results, warnings);
      await writeOutput(output.path, content);
    });
  }
  for (const warning of warnings) warn(warning);
  if (options.json) {
    print(jsonText({ ...results, warnings }).trimEnd());
    return;
  }
  for (const line of summaryLines(results)) print(line);
  if (output !== undefined) {
    const what = output.kind === 'folder' ? 'curves, page and numbers' : 'curves';
    print(`${output.path}: ${what}`);
  }
}
