import type { EngineMemory } from '../../engine/memory.js';
import type { Team } from '../../engine/team.js';
import type { FoundSplit, GrowingNode, Sums } from './growing-node.js';
import type { GrowingMemory } from './growing-memory.js';
import * as at from './layout.js';

/** A node whose histogram is summed up, and its sibling, which is what remains of the parent. */
export interface EvaluationTask {
  readonly built: GrowingNode;
  /** Absent for the root. */
  readonly rest?: GrowingNode | undefined;
  /** Histogram of the parent; 0 for the root. */
  readonly parent: number;
  /** Whether the histograms are needed later: the built node's `histogram` then is its place. */
  readonly keep: boolean;
  /** What is done, see `BUILD` and so on. */
  readonly work: number;
  /** Whether the node has all rows, in their own order. */
  readonly allRows?: boolean;
}

/** Features that a node may use, 1 each; undefined for all. */
export type FeaturesOf = (node: GrowingNode) => Uint8Array | undefined;

/** Writes the tasks of a step, has the team do them, and reads what was found. */
export class Evaluation {
  readonly #engine: EngineMemory;
  readonly #team: Team;
  readonly #places: GrowingMemory;

  constructor(engine: EngineMemory, team: Team, places: GrowingMemory) {
    this.#engine = engine;
    this.#team = team;
    this.#places = places;
  }

  /** Find the best splits of all nodes of the tasks, {@link MOST_NODES} tasks or fewer. */
  run(tasks: readonly EvaluationTask[], features: FeaturesOf): void {
    const { settings } = this.#places;
    const words = this.#engine.i32;
    const nodes: GrowingNode[] = [];
    tasks.forEach((task, i) => {
      const { built, rest } = task;
      const address = this.#places.tasks + i * at.TASK_BYTES;
      this.#writeTask(address, task);
      const places: [number, GrowingNode][] = [[address + at.TASK_BUILT_NODE, built]];
      // The lower number is asked for its features first.
      if (rest && rest.id > built.id) places.push([address + at.TASK_REST_NODE, rest]);
      else if (rest) places.unshift([address + at.TASK_REST_NODE, rest]);
      for (const [place, node] of places) {
        this.#writeNode(place, node, nodes.push(node) - 1, features);
      }
    });
    words[(settings + at.TASK_COUNT) / 4] = tasks.length;
    words[(settings + at.BEST_COUNT) / 4] = nodes.length;
    words[(settings + at.NEXT) / 4] = 0;
    this.#team.run('growingEvaluate', settings);
    nodes.forEach((node, number) => (node.split = this.#bestOf(number, nodes.length)));
  }

  #writeTask(address: number, { built, rest, parent, keep, work, allRows }: EvaluationTask): void {
    const words = this.#engine.u32;
    words[(address + at.TASK_START) / 4] = built.start;
    words[(address + at.TASK_ROWS) / 4] = built.end - built.start;
    words[(address + at.TASK_BUILT) / 4] = built.histogram;
    words[(address + at.TASK_PARENT) / 4] = parent;
    words[(address + at.TASK_REST) / 4] = rest && keep ? parent : 0;
    words[(address + at.TASK_WORK) / 4] = work;
    words[(address + at.TASK_ALL_ROWS) / 4] = Number(allRows ?? false);
  }

  #writeNode(address: number, node: GrowingNode, number: number, features: FeaturesOf): void {
    const { f64, f32, u32 } = this.#engine;
    f64[(address + at.NODE_SUMS) / 8] = node.sums.gradient;
    f64[(address + at.NODE_SUMS) / 8 + 1] = node.sums.hessian;
    f32[(address + at.NODE_GAIN) / 4] = node.gain;
    f32[(address + at.NODE_LOWER) / 4] = node.bounds.lower;
    f32[(address + at.NODE_UPPER) / 4] = node.bounds.upper;
    u32[(address + at.NODE_BEST) / 4] = number;
    const allowed = features(node);
    let mask = 0;
    if (allowed !== undefined) {
      mask = this.#places.features + number * this.#places.lanes;
      this.#engine.u8.set(allowed, mask);
    }
    u32[(address + at.NODE_FEATURES) / 4] = mask;
  }

  /** The best of what the members found: of equal gains that of the lower feature. */
  #bestOf(number: number, nodes: number): FoundSplit | undefined {
    const { f32, i32 } = this.#engine;
    const { bests, bestBytes } = this.#places;
    let best = -1;
    let gain = 0;
    let feature = 0;
    for (let member = 0; member < this.#team.size; member++) {
      const address = bests + (member * nodes + number) * bestBytes;
      const itsFeature = i32[(address + at.BEST_FEATURE) / 4];
      const itsGain = f32[(address + at.BEST_GAIN) / 4];
      if (itsFeature < 0) continue;
      if (best < 0 || itsGain > gain || (itsGain === gain && itsFeature < feature)) {
        best = address;
        gain = itsGain;
        feature = itsFeature;
      }
    }
    if (best < 0) return undefined;
    const bin = i32[(best + at.BEST_BIN) / 4];
    return {
      gain,
      feature,
      bin,
      ...(bin === at.CATEGORICAL ? { categories: this.#categoriesAt(best) } : {}),
      defaultLeft: i32[(best + at.BEST_DEFAULT_LEFT) / 4] === 1,
      left: this.#sumsAt(best + at.BEST_LEFT),
      right: this.#sumsAt(best + at.BEST_RIGHT),
    };
  }

  #sumsAt(address: number): Sums {
    const { f64 } = this.#engine;
    return { gradient: f64[address / 8], hessian: f64[address / 8 + 1] };
  }

  #categoriesAt(best: number): Int32Array {
    const words = this.#engine.u32;
    const found: number[] = [];
    const first = best + at.BEST_CATEGORIES;
    for (let address = first; address < best + this.#places.bestBytes; address += 4) {
      const word = words[address / 4];
      for (let bit = 0; bit < 32; bit++) {
        if ((word >>> bit) & 1) found.push(8 * (address - first) + bit);
      }
    }
    return Int32Array.from(found);
  }
}
