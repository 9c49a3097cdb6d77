import { InvalidArgumentError } from '@steatosis/core';
import { ModelFormatError } from '../errors.js';
import { lightGBMObjective, type LightGBMObjective, objectiveNames } from './objective.js';
import { TextBlock } from './text-block.js';
import { readTree } from './tree-reader.js';
import type { LightGBMTree } from './tree.js';

/** Most features that a file may claim: a dense row of more would take 512 MiB. */
const MOST_FEATURES = 2 ** 26;

/** Most outputs that a file may claim; every row has a prediction of each. */
const MOST_OUTPUTS = 2 ** 20;

/** What a LightGBM model consists of. */
export interface LightGBMParts {
  objective: LightGBMObjective;
  features: number;
  featureNames: readonly string[];
  /** Outputs per row: the number of classes, else 1. */
  outputs: number;
  /** Iteration i has the trees i·outputs … (i + 1)·outputs − 1, one per output. */
  trees: readonly LightGBMTree[];
  /** Whether predictions are means over the iterations (random forests) rather than sums. */
  averages: boolean;
}

/** Read the text of LightGBM's `save_model` or `model_to_string`. */
export function readLightGBM(source: string | Uint8Array): LightGBMParts {
  const lines = textOf(source).split(/\r?\n/);
  if (lines[0]?.trim() !== 'tree') {
    throw new ModelFormatError(
      'model',
      `it begins with ${JSON.stringify(lines[0]?.slice(0, 40) ?? '')}; a LightGBM text model, which begins with tree, is expected, as save_model writes it.`,
    );
  }
  const { header, trees: blocks } = split(lines);
  const version = header.text('version');
  if (!/^v[234]$/.test(version)) {
    header.fail(
      'version',
      `${JSON.stringify(version.slice(0, 40))} is found; v2, v3 or v4 are expected`,
    );
  }
  const features = header.integer('max_feature_idx', 0, MOST_FEATURES - 1) + 1;
  const featureNames = header.words('feature_names');
  if (featureNames.length !== features) {
    header.fail('feature_names', `${featureNames.length} are found; ${features} are expected`);
  }
  const outputs = header.integer('num_tree_per_iteration', 1, MOST_OUTPUTS);
  if (blocks.length % outputs !== 0) {
    header.fail(
      'num_tree_per_iteration',
      `${blocks.length} trees are found; a multiple of ${outputs} is expected`,
    );
  }
  return {
    objective: readObjective(header),
    features,
    featureNames,
    outputs,
    trees: blocks.map((block) => readTree(block, features)),
    averages: header.has('average_output'),
  };
}

function readObjective(header: TextBlock): LightGBMObjective {
  const words = header.has('objective') ? header.words('objective') : [];
  const objective = lightGBMObjective(words);
  if (!objective) {
    header.fail(
      'objective',
      `${JSON.stringify(words.join(' ').slice(0, 80))} is not supported; supported are ${objectiveNames.join(', ')}`,
    );
  }
  return objective;
}

/** The header's lines and those of each tree; the parameters after the trees do not matter to predictions. */
function split(lines: readonly string[]): { header: TextBlock; trees: TextBlock[] } {
  const end = lines.findIndex((line) => line.trim() === 'end of trees');
  if (end < 0) {
    throw new ModelFormatError(
      'model',
      'it has no line “end of trees”: it is cut off, save or transfer it again.',
    );
  }
  const starts: number[] = [];
  for (let line = 0; line < end; line++) if (lines[line].startsWith('Tree=')) starts.push(line);
  const block = (name: string, from: number, to: number) =>
    new TextBlock(
      name,
      lines.slice(from, to).filter((line) => line.trim() !== ''),
    );
  const header = block('header', 1, starts[0] ?? end);
  if (header.has('tree_sizes') && header.words('tree_sizes').length !== starts.length) {
    header.fail(
      'tree_sizes',
      `${header.words('tree_sizes').length} trees are announced, but ${starts.length} are found`,
    );
  }
  const trees = starts.map((start, tree) => {
    const name = lines[start].trim();
    if (name !== `Tree=${tree}`) {
      throw new ModelFormatError(name.slice(0, 40), `it stands where Tree=${tree} is expected.`);
    }
    return block(name, start + 1, starts[tree + 1] ?? end);
  });
  return { header, trees };
}

function textOf(source: string | Uint8Array): string {
  if (typeof source === 'string') return source;
  if (!(source instanceof Uint8Array)) {
    throw new InvalidArgumentError(
      'source',
      source,
      'the text of a LightGBM model, or its bytes as a Uint8Array',
    );
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(source);
  } catch (error) {
    throw new ModelFormatError(
      'model',
      'it is no text in UTF-8; a LightGBM text model, as save_model writes it, is expected.',
      { cause: error },
    );
  }
}
