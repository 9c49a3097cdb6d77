import { SteatosisError } from '@steatosis/core';

/** The bytes are no readable safetensors file: cut short, inconsistent, or of an unsupported element type. */
export class SafetensorsError extends SteatosisError {
  readonly code = 'SAFETENSORS_FORMAT';
  /** The tensor concerned, where it is one. */
  readonly tensor: string | undefined;

  constructor(message: string, facts: { tensor?: string; cause?: unknown } = {}) {
    super(message, { cause: facts.cause });
    this.tensor = facts.tensor;
  }
}

/** The weights are well formed but belong to another architecture, or hold impossible values. */
export class WeightsMismatchError extends SteatosisError {
  readonly code = 'WEIGHTS_MISMATCH';
  /** Names that the net has and the file has not. */
  readonly missing: readonly string[];
  /** Names that the file has and the net has not. */
  readonly unexpected: readonly string[];
  /** Names whose shape or values do not fit, each with what was found. */
  readonly wrong: readonly string[];

  constructor(facts: { missing: string[]; unexpected: string[]; wrong: string[] }) {
    const part = (what: string, names: string[]) =>
      names.length === 0
        ? []
        : [
            `${names.length} ${what} (${names.slice(0, 3).join(', ')}${names.length > 3 ? ', …' : ''})`,
          ];
    const parts = [
      ...part('missing', facts.missing),
      ...part('unexpected', facts.unexpected),
      ...part('wrong', facts.wrong),
    ];
    super(
      `The weights do not fit this net: ${parts.join('; ')}. Expected the torchvision names and shapes ` +
        'of the same configuration; the net was left as it was.',
    );
    this.missing = facts.missing;
    this.unexpected = facts.unexpected;
    this.wrong = facts.wrong;
  }
}

/** The WebAssembly backend could not be started, or failed in an operation. */
export class BackendError extends SteatosisError {
  readonly code = 'BACKEND';
}

/**
 * The net was used after `dispose()`, or changed while `fit` was running on it, or its weights have grown so large
 * that its logits are not finite (`'diverged'`).
 */
export class NetStateError extends SteatosisError {
  readonly code = 'NET_STATE';
  /** What the net is. */
  readonly state: 'disposed' | 'training' | 'diverged';

  constructor(state: NetStateError['state']) {
    super(MESSAGES[state]);
    this.state = state;
  }
}

/** The loss became infinite or NaN; the net keeps the weights from before that step. */
export class TrainingDivergedError extends SteatosisError {
  readonly code = 'TRAINING_DIVERGED';
  /** The step, from 0. */
  readonly step: number;
  /** The loss of that step. */
  readonly loss: number;

  constructor(step: number, loss: number) {
    super(
      `The loss became ${loss} at step ${step}; expected a finite number. Lower the learning rate or ` +
        'scale the patches to about zero mean and unit deviation.',
    );
    this.step = step;
    this.loss = loss;
  }
}

const MESSAGES = {
  disposed: 'The net was disposed of; make a new one with createDenseNet.',
  training:
    'fit is running on this net; wait for its promise before training it or loading weights.',
  diverged:
    'The logits are not finite, since weights or patches are too large; train a new net with a lower learning ' +
    'rate, or scale the patches as those of the training.',
} as const;
