import type { EngineMemory } from '../../engine/memory.js';
import type { Evaluation } from './evaluation.js';
import type { GrowingMemory } from './growing-memory.js';
import type { GrowingNode, NodeOrigin } from './growing-node.js';
import { BUILD, GATHERED, ORDER } from './layout.js';

/**
 * Makes histograms anew that there was no room to keep, with the same bits: from the rows of the nearest node above
 * that was summed up, less those of the siblings on the way down.
 */
export class LostHistograms {
  readonly #engine: EngineMemory;
  readonly #evaluation: Evaluation;
  readonly #places: GrowingMemory;
  readonly #rows: number;
  /** Room for the rows of a node and their gradients, reserved when first needed. */
  #order = 0;
  #pairs = 0;

  constructor(engine: EngineMemory, evaluation: Evaluation, places: GrowingMemory, rows: number) {
    this.#engine = engine;
    this.#evaluation = evaluation;
    this.#places = places;
    this.#rows = rows;
  }

  /** Write the histogram of a node to a place. */
  restore(node: GrowingNode, histogram: number): void {
    if (this.#order === 0) {
      this.#order = this.#engine.reserveZeroed(4 * (this.#rows + 2));
      this.#pairs = this.#engine.reserve(8 * this.#rows);
    }
    const words = this.#engine.u32;
    const { settings, order } = this.#places;
    const gathered = words[(settings + GATHERED) / 4];
    words[(settings + ORDER) / 4] = this.#order;
    words[(settings + GATHERED) / 4] = this.#pairs;
    this.#restore(node, histogram);
    words[(settings + ORDER) / 4] = order;
    words[(settings + GATHERED) / 4] = gathered;
  }

  #restore(node: GrowingNode, histogram: number): void {
    const way: NodeOrigin[] = [];
    let top = node;
    for (let { origin } = top; origin && !origin.isBuilt; { origin } = top) {
      way.push(origin);
      top = origin.parent;
    }
    const built = { ...this.#withItsRows(top), histogram };
    this.#evaluation.run([{ built, parent: 0, keep: true, work: BUILD }], allFeatures);
    for (const { sibling } of way.reverse()) {
      const other = { ...this.#withItsRows(sibling()), histogram: 0 };
      // The rest only says that the parent's place is the one to write to.
      const task = { built: other, rest: { ...node }, parent: histogram, keep: true, work: BUILD };
      this.#evaluation.run([task], allFeatures);
    }
  }

  /** The node with its rows at the start of the order: ascending, even if they were divided since. */
  #withItsRows({ start, end, ...node }: GrowingNode): GrowingNode {
    const { u32, f32 } = this.#engine;
    const { order, gradients } = this.#places;
    const rows = u32.slice(order / 4 + start, order / 4 + end).sort();
    u32.set(rows, this.#order / 4);
    rows.forEach((row, i) => {
      f32[this.#pairs / 4 + 2 * i] = f32[gradients / 4 + 2 * row];
      f32[this.#pairs / 4 + 2 * i + 1] = f32[gradients / 4 + 2 * row + 1];
    });
    return { ...node, start: 0, end: rows.length };
  }
}

function allFeatures(): undefined {
  return undefined;
}
