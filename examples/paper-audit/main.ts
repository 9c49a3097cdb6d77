/**
 * What the printed numbers of one paper say together: `node examples/paper-audit/main.ts [folder]` writes index.html, to
 * be read, and audit.json, to be computed with, into the folder (default paper-audit-output).
 */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { audit } from './src/audit.ts';
import { pageOf } from './src/page/page.ts';
import { readPaper } from './src/paper.ts';

const folder = process.argv[2] ?? 'paper-audit-output';
const found = audit(readPaper());
mkdirSync(folder, { recursive: true });
save('index.html', pageOf(found));
save('audit.json', `${JSON.stringify(found, null, 2)}\n`);

const { table2, gender, majority, areas } = found;
console.log(`Table 2, with 0.089 for 0.890: ${table2.common?.from} to ${table2.common?.to} rows`);
console.log(`Gender: ${gender.phi.toFixed(4)} from the counts, ${gender.printed} printed`);
console.log(`Always "grade 0": ${(100 * majority.rate).toFixed(1)} % right`);
console.log(`Area 0.81 against 0.70: z = ${areas.difference.z.toFixed(2)}`);
console.log(`Read ${join(folder, 'index.html')}`);

/** Under its own name only when it is whole. */
function save(name: string, text: string): void {
  const path = join(folder, name);
  writeFileSync(`${path}.part`, text);
  renameSync(`${path}.part`, path);
}
