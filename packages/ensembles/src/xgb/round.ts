import type { Random } from '@steatosis/core';
import type { EngineMemory } from '../engine/memory.js';
import type { Team } from '../engine/team.js';
import type { GrownTree, TreeGrower } from './growing/tree-grower.js';
import type { GradientPlaces, TrainingObjective } from './objectives/training-objective.js';
import { InvalidDataError } from '../errors.js';
import { drawColumns, leaveOutRows } from './sampling.js';
import type { TrainingSetup } from './training-setup.js';
import type { RegressionTree } from './tree.js';
import { weightedMedian } from './weighted-median.js';

const { fround } = Math;

/** A tree and the output that it adds to. */
export interface NewTree {
  readonly tree: RegressionTree;
  readonly output: number;
}

/** What rounds work with. */
interface RoundParts {
  readonly engine: EngineMemory;
  readonly team: Team;
  readonly grower: TreeGrower;
  readonly objective: TrainingObjective;
  readonly setup: TrainingSetup;
}

/** One boosting round after the other: gradients of all outputs, then the trees of each. */
export class Round {
  readonly #parts: RoundParts;
  readonly #places: GradientPlaces;

  constructor(parts: RoundParts) {
    this.#parts = parts;
    const { engine, grower, objective, setup } = parts;
    const { rows } = setup.x;
    const { outputs } = objective;
    const block = 8 * (Math.ceil(rows / 4) * 4 + 8);
    // One tree a round reads its pairs where the loss writes them.
    const direct = outputs === 1 && setup.parameters.numParallelTree === 1;
    this.#places = {
      rows,
      margins: engine.reserve(4 * rows * outputs),
      labels: engine.reserve(4 * rows),
      weights: engine.reserve(4 * rows),
      pairs: direct ? grower.gradients : engine.reserve(block * outputs),
      block,
    };
    engine.f32At(this.#places.labels, rows).set(setup.labels);
    engine.f32At(this.#places.weights, rows).set(gradientWeights(setup, objective));
  }

  /** Set the margins that the first round starts from. */
  start(margins: Float32Array): void {
    this.#parts.engine.f32At(this.#places.margins, margins.length).set(margins);
  }

  /** The margins of the training rows, rows × outputs: a view that the next tree changes. */
  get margins(): Float32Array {
    const { rows, margins } = this.#places;
    return this.#parts.engine.f32At(margins, rows * this.#parts.objective.outputs);
  }

  /** Grow the trees of a round and add them to the margins. */
  grow(random: Random): NewTree[] {
    const { engine, team, grower, objective, setup } = this.#parts;
    const { rows, pairs, block, margins } = this.#places;
    const { outputs } = objective;
    const { numParallelTree, subsample, colsampleBytree, colsampleBylevel, colsampleBynode } =
      setup.parameters;
    objective.writeGradients(team, this.#places, engine);
    // The trees of a forest all start from the same margins.
    const residuals =
      objective.leavesAreMedians && numParallelTree > 1 ? this.#residuals() : undefined;
    const grown: NewTree[] = [];
    for (let output = 0; output < outputs; output++) {
      for (let member = 0; member < numParallelTree; member++) {
        const own = random.split(output).split(member);
        const source = pairs + output * block;
        if (source !== grower.gradients) {
          engine.u8.copyWithin(grower.gradients, source, source + 8 * rows);
        }
        if (subsample < 1) {
          leaveOutRows(engine.f32At(grower.gradients, 2 * rows), subsample, own.split('rows'));
        }
        const features = drawColumns(
          setup.x.columns,
          { byTree: colsampleBytree, byLevel: colsampleBylevel, byNode: colsampleBynode },
          own.split('columns'),
        );
        const found = grower.grow(features && { features });
        const { tree } = found;
        if (objective.leavesAreMedians) this.#setMedians(found, residuals);
        checkLeaves(tree, setup.parameters.learningRate);
        grower.addLeafValues(found, tree.splitConditions, margins, outputs, output);
        grown.push({ tree, output });
      }
    }
    return grown;
  }

  #residuals(): Float32Array {
    const { engine, setup } = this.#parts;
    const margins = engine.f32At(this.#places.margins, this.#places.rows);
    return setup.labels.map((label, row) => label - margins[row]);
  }

  /**
   * Each leaf becomes the median of what is left of its rows' labels, times the learning rate. Rows without a hessian,
   * such as those that were left out, do not count.
   */
  #setMedians(found: GrownTree, given: Float32Array | undefined): void {
    const { engine, grower, setup } = this.#parts;
    const { rows } = this.#places;
    const { learningRate, numParallelTree } = setup.parameters;
    const rate = fround(fround(learningRate) / numParallelTree);
    const residuals = given ?? this.#residuals();
    const pairs = engine.f32At(grower.gradients, 2 * rows);
    const { leftChildren, splitConditions } = found.tree;
    for (let node = 0; node < leftChildren.length; node++) {
      if (leftChildren[node] !== -1) continue;
      const counted = found.rowsOfLeaf(node).filter((row) => pairs[2 * row + 1] !== 0);
      const median =
        counted.length === 0
          ? splitConditions[node]
          : weightedMedian(
              Float32Array.from(counted, (row) => residuals[row]),
              setup.weights && Float32Array.from(counted, (row) => setup.weights![row]),
            );
      splitConditions[node] = median * rate;
    }
  }
}

/**
 * Throw when training has run out of what float32 can hold: from then on all would be NaN.
 *
 * @throws InvalidDataError
 */
function checkLeaves({ splitConditions }: RegressionTree, learningRate: number): void {
  if (splitConditions.every((value) => value - value === 0)) return;
  throw new InvalidDataError(
    'y',
    `the outputs of trees have grown beyond what float32 holds; give a smaller learningRate than ${learningRate}, or outcomes, base margins or weights that are not as large.`,
  );
}

/** The weights that gradients see: case weights, those of label 1 times `scalePosWeight`. */
function gradientWeights(
  { labels, weights }: TrainingSetup,
  { scalePosWeight }: TrainingObjective,
): Float32Array {
  if (scalePosWeight === 1) return weights ?? new Float32Array(labels.length).fill(1);
  return labels.map((label, row) => {
    const weight = weights ? weights[row] : 1;
    return label === 1 ? weight * scalePosWeight : weight;
  });
}
