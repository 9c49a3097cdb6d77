import type { TextBlock } from './text-block.js';
import type { LightGBMTree } from './tree.js';

/** Largest decision_type: four flags. */
const MOST_DECISION = 15;

/** One tree of a LightGBM model, checked to be a tree. */
export function readTree(block: TextBlock, features: number): LightGBMTree {
  const leafWords = block.words('leaf_value').length;
  const leaves = block.integer('num_leaves', 1, Math.max(1, leafWords));
  if (block.has('is_linear') && block.integer('is_linear', 0, 1) === 1) {
    block.fail(
      'is_linear',
      'linear trees are not supported; a number per leaf is expected, so train with linear_tree=false',
    );
  }
  const inner = leaves - 1;
  const sets = block.integer('num_cat', 0, inner);
  // A tree of one leaf has no lines about splits, or empty ones.
  const integers = (key: string, least: number, most: number) =>
    inner === 0 ? new Int32Array() : Int32Array.from(block.integers(key, inner, least, most));
  const numbers = (key: string, infinite: 'finite' | 'infinite') =>
    inner === 0 ? new Float64Array() : block.numbers(key, inner, infinite);
  const setStarts =
    sets === 0
      ? new Int32Array(1)
      : Int32Array.from(block.integers('cat_boundaries', sets + 1, 0, 2 ** 31 - 1));
  const tree: LightGBMTree = {
    left: integers('left_child', -leaves, inner - 1),
    right: integers('right_child', -leaves, inner - 1),
    feature: integers('split_feature', 0, features - 1),
    threshold: numbers('threshold', 'infinite'),
    decision: Uint8Array.from(integers('decision_type', 0, MOST_DECISION)),
    splitGain: numbers('split_gain', 'infinite'),
    count: inner === 0 ? new Float64Array() : counts(block, 'internal_count', inner),
    leafValue: block.numbers('leaf_value', leaves),
    leafCount: counts(block, 'leaf_count', leaves),
    setStarts,
    setBits: readSets(block, setStarts),
  };
  checkShape(tree, block);
  checkDecisions(tree, sets, block);
  return tree;
}

/** Training rows; a tree that is a mere constant may not tell them. */
function counts(block: TextBlock, key: string, length: number): Float64Array {
  if (length === 1 && (!block.has(key) || block.words(key).length === 0)) return Float64Array.of(0);
  return block.integers(key, length, 0, Number.MAX_SAFE_INTEGER);
}

function readSets(block: TextBlock, setStarts: Int32Array): Uint32Array {
  const sets = setStarts.length - 1;
  if (sets === 0) return new Uint32Array();
  for (let set = 0; set < sets; set++) {
    if (setStarts[set + 1] < setStarts[set]) {
      block.fail('cat_boundaries', `[${set + 1}] is less than the one before`);
    }
  }
  if (setStarts[0] !== 0) block.fail('cat_boundaries', '[0] is not 0');
  return Uint32Array.from(block.integers('cat_threshold', setStarts[sets], 0, 2 ** 32 - 1));
}

/** Every inner node and leaf is reached exactly once from the root, so that no walk can run in a circle. */
function checkShape({ left, right, leafValue }: LightGBMTree, block: TextBlock): void {
  const inner = left.length;
  const reached = new Uint8Array(inner + leafValue.length);
  const open = [inner === 0 ? -1 : 0];
  let count = 0;
  for (let child = open.pop(); child !== undefined; child = open.pop()) {
    const at = child < 0 ? inner + ~child : child;
    if (reached[at] === 1) {
      block.fail(
        'left_child',
        `${child < 0 ? `leaf ${~child}` : `node ${child}`} is reached in two ways, so it is no tree`,
      );
    }
    reached[at] = 1;
    count++;
    if (child >= 0) open.push(left[child], right[child]);
  }
  if (count !== reached.length) {
    const missed = reached.indexOf(0);
    block.fail(
      'left_child',
      `${missed < inner ? `node ${missed}` : `leaf ${missed - inner}`} cannot be reached from the root`,
    );
  }
}

function checkDecisions(
  { decision, threshold }: LightGBMTree,
  sets: number,
  block: TextBlock,
): void {
  decision.forEach((flags, node) => {
    if (flags >> 2 === 3)
      block.fail('decision_type', `[${node}] is ${flags}, which is no decision`);
    const set = threshold[node];
    if ((flags & 1) === 1 && !(Number.isInteger(set) && set >= 0 && set < sets)) {
      block.fail('threshold', `[${node}] is ${set}; the number of a category set is expected`);
    }
  });
}
