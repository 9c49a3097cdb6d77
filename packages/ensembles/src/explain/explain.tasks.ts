import type { TaskContext } from '@steatosis/core';
import { type StoredDecisions, storedDecisions } from './decisions.js';
import { explainBlock, type Kind } from './explain-block.js';
import { leafPaths } from './leaf-paths.js';
import type { PlainTree } from './tree-ensemble.js';

/** A block of rows as it travels to a worker. */
interface BlockInput {
  kind: Kind;
  trees: readonly PlainTree[];
  base: Float64Array;
  features: number;
  decisions: StoredDecisions;
  background: StoredDecisions | undefined;
}

function explain(
  { kind, trees, base, features, decisions, background }: BlockInput,
  { signal, report }: TaskContext,
): Float64Array {
  const block = {
    kind,
    trees,
    paths: trees.map(leafPaths),
    base,
    features,
    decisions: storedDecisions(decisions),
    background: background && storedDecisions(background),
  };
  return explainBlock(block, { signal, onProgress: report });
}

/** What a worker of explanations can do. */
export function explainTasks(): { explain: typeof explain } {
  return { explain };
}
