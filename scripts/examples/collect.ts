/** The ```ts blocks of READMEs, docs and TSDoc comments: what a reader would paste and run. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { publishedPackages, root } from '../workspace.ts';

export interface Example {
  /** `packages/core/README.md:24` */
  place: string;
  code: string;
}

/** Blocks fenced ```ts; those fenced ```ts no-run need files or a browser and are left out. */
export function collectExamples(): Example[] {
  const files = [join(root, 'README.md'), ...markdown(join(root, 'docs'))];
  for (const { path } of publishedPackages()) {
    files.push(join(path, 'README.md'));
    for (const entry of readdirSync(join(path, 'src'), { recursive: true, withFileTypes: true })) {
      if (entry.isFile() && entry.name.endsWith('.ts'))
        files.push(join(entry.parentPath, entry.name));
    }
  }
  return files.filter((file) => existsSync(file)).flatMap(examplesOf);
}

/** The outputs that the comments after `console.log(…);` promise, in order. */
export function promisedOutputs(code: string): string[] {
  return [...code.matchAll(/^\s*console\.log\(.*\);\s*\/\/\s?(.*)$/gm)].map(
    (match) => match[1] ?? '',
  );
}

function examplesOf(file: string): Example[] {
  const text = readFileSync(file, 'utf8');
  const block = file.endsWith('.md')
    ? /^```ts[ \t]*\n([\s\S]*?)^```/gm
    : /^[ \t]*\* ```ts[ \t]*\n([\s\S]*?)^[ \t]*\* ```/gm;
  return [...text.matchAll(block)].map((match) => ({
    place: `${relative(root, file)}:${text.slice(0, match.index).split('\n').length}`,
    code: file.endsWith('.md') ? match[1]! : match[1]!.replace(/^[ \t]*\* ?/gm, ''),
  }));
}

function markdown(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name));
}
