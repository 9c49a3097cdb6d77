import { identity, type Link, logarithm, logit } from './links.js';
import type { Objective, StoredObjective } from './objective.js';
import { softmaxObjective } from './softmax.js';

/** Names of the losses whose models can be read and asked for predictions. */
export const objectiveNames: readonly string[] = [
  'binary:logistic',
  'binary:logitraw',
  'count:poisson',
  'multi:softmax',
  'multi:softprob',
  'reg:absoluteerror',
  'reg:gamma',
  'reg:linear',
  'reg:logistic',
  'reg:pseudohubererror',
  'reg:squarederror',
  'reg:squaredlogerror',
  'reg:tweedie',
];

/**
 * The objective that a model file names, or undefined if predictions of such models are not known here.
 *
 * @param outputs number of classes of the softmax objectives; the others have one output
 * @param stored the parameters beside the name
 */
export function objectiveNamed(
  name: string,
  outputs: number,
  stored: StoredObjective = {},
): Objective | undefined {
  if (name === 'multi:softprob' || name === 'multi:softmax') return softmaxObjective(name, outputs);
  const link = linkOf(name);
  return link && oneOutput(name, link, stored);
}

/** An objective of one output. */
export function oneOutput(name: string, link: Link, stored: StoredObjective): Objective {
  const { transform } = link;
  return {
    name,
    outputs: 1,
    stored,
    predictionsOf: (margins) => {
      for (let row = 0; row < margins.length; row++) margins[row] = transform(margins[row]);
      return margins;
    },
    marginOf: link.marginOf,
    isBaseScore: link.isBaseScore,
  };
}

function linkOf(name: string): Link | undefined {
  switch (name) {
    case 'binary:logistic':
    case 'reg:logistic':
      return logit;
    case 'count:poisson':
    case 'reg:gamma':
    case 'reg:tweedie':
      return logarithm;
    // Its predictions and its base score are margins.
    case 'binary:logitraw':
    case 'reg:pseudohubererror':
    case 'reg:squarederror':
    case 'reg:squaredlogerror':
    case 'reg:linear':
    case 'reg:absoluteerror':
      return identity;
    default:
      return undefined;
  }
}
