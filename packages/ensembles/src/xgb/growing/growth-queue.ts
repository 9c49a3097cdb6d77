import type { GrowerSettings } from './grower-settings.js';
import type { GrowingNode } from './growing-node.js';

/** Most nodes that are split together. */
export const MOST_NODES = 256;

/**
 * Nodes that wait to be split, in XGBoost's order: by level and number, or the greatest loss reduction first, of equal
 * ones the lower number.
 */
export class GrowthQueue {
  readonly #settings: GrowerSettings;
  /** Sorted by number when depth-wise, a binary heap otherwise. */
  readonly #waiting: GrowingNode[] = [];
  /** Depth-wise: how many were taken. */
  #taken = 0;
  #leaves = 1;

  constructor(settings: GrowerSettings) {
    this.#settings = settings;
  }

  /** Nodes without a split are left out. */
  push(node: GrowingNode): void {
    if (node.split === undefined) return;
    this.#waiting.push(node);
    if (this.#settings.growPolicy === 'lossguide') this.#rise(this.#waiting.length - 1);
  }

  /**
   * The next nodes to split, each of which makes one leaf more. None ends the tree, even if others wait: XGBoost stops
   * when all nodes of a turn turn out to be impossible to split.
   */
  pop(): GrowingNode[] {
    const chosen: GrowingNode[] = [];
    if (this.#settings.growPolicy === 'lossguide') {
      const node = this.#popGreatest();
      if (node !== undefined) this.#choose(node, chosen);
      return chosen;
    }
    const level = this.#waiting[this.#taken]?.depth;
    while (chosen.length < MOST_NODES && this.#waiting[this.#taken]?.depth === level) {
      const node = this.#waiting[this.#taken];
      if (node === undefined) break;
      this.#taken++;
      this.#choose(node, chosen);
    }
    return chosen;
  }

  /** Whether the children of a node that is being split may be split in turn. */
  maySplitChildren({ depth }: GrowingNode): boolean {
    const { maxDepth, maxLeaves } = this.#settings;
    return (
      (maxDepth === 0 || depth + 1 < maxDepth) && (maxLeaves === 0 || this.#leaves < maxLeaves)
    );
  }

  #choose(node: GrowingNode, chosen: GrowingNode[]): void {
    const { maxDepth, maxLeaves, gamma } = this.#settings;
    const { gain, left, right } = node.split!;
    if (left.hessian === 0 || right.hessian === 0 || gain < gamma) return;
    if (maxDepth > 0 && node.depth === maxDepth) return;
    if (maxLeaves > 0 && this.#leaves === maxLeaves) return;
    this.#leaves++;
    chosen.push(node);
  }

  #popGreatest(): GrowingNode | undefined {
    const heap = this.#waiting;
    const first = heap[0];
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return first;
    heap[0] = last;
    for (let at = 0; ;) {
      let next = 2 * at + 1;
      if (next >= heap.length) return first;
      if (next + 1 < heap.length && comesBefore(heap[next + 1], heap[next])) next++;
      if (!comesBefore(heap[next], heap[at])) return first;
      [heap[at], heap[next]] = [heap[next], heap[at]];
      at = next;
    }
  }

  #rise(at: number): void {
    const heap = this.#waiting;
    while (at > 0) {
      const above = (at - 1) >>> 1;
      if (!comesBefore(heap[at], heap[above])) return;
      [heap[at], heap[above]] = [heap[above], heap[at]];
      at = above;
    }
  }
}

function comesBefore(a: GrowingNode, b: GrowingNode): boolean {
  const gain = a.split!.gain;
  const other = b.split!.gain;
  return gain === other ? a.id < b.id : gain > other;
}
