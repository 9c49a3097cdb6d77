import { InvalidArgumentError } from '@steatosis/core';
import type { XGBParameters } from './parameters.js';

/** What the parameters say of single features, by index. */
export interface FeatureSettings {
  /** −1, 0 or 1 per feature; absent unless given: XGBoost rounds gains another way where they are, even all 0. */
  monotoneConstraints?: Int8Array;
  interactionConstraints?: number[][];
  featureTypes?: ('q' | 'c')[];
  featureNames?: string[];
}

/**
 * Check what the parameters say of single features against their number.
 *
 * @throws InvalidArgumentError when lengths, indices or names do not fit
 */
export function featureSettings(
  owner: string,
  columns: number,
  parameters: Pick<
    XGBParameters,
    'monotoneConstraints' | 'interactionConstraints' | 'featureTypes' | 'featureNames'
  >,
): FeatureSettings {
  const { monotoneConstraints, interactionConstraints, featureTypes, featureNames } = parameters;
  const settings: FeatureSettings = {};
  const refuse = (name: string, value: unknown, expected: string): never => {
    throw new InvalidArgumentError(`${owner}'s ${name}`, value, expected);
  };
  if (featureNames !== undefined) {
    const names = isArray(featureNames) ? [...featureNames] : [];
    if (
      names.length !== columns ||
      new Set(names).size !== columns ||
      names.some((name) => typeof name !== 'string' || name === '')
    ) {
      refuse('featureNames', featureNames, `${columns} different names, one per column of x`);
    }
    settings.featureNames = names;
  }
  const indexOf = (option: string, feature: number | string): number => {
    const index =
      typeof feature === 'string' ? (settings.featureNames ?? []).indexOf(feature) : feature;
    if (!Number.isInteger(index) || index < 0 || index >= columns) {
      const named = settings.featureNames ? ' or one of featureNames' : '';
      refuse(option, feature, `features 0 … ${columns - 1}${named}`);
    }
    return index;
  };
  if (monotoneConstraints !== undefined) {
    const signs = new Int8Array(columns);
    const put = (index: number, sign: number) => {
      if (sign !== -1 && sign !== 0 && sign !== 1) {
        refuse('monotoneConstraints', sign, '−1, 0 or 1 per feature');
      }
      signs[index] = sign;
    };
    if (isArray(monotoneConstraints)) {
      if (monotoneConstraints.length !== columns) {
        refuse(
          'monotoneConstraints',
          monotoneConstraints,
          `${columns} numbers, one per column of x`,
        );
      }
      for (const [index, sign] of monotoneConstraints.entries()) put(index, sign);
    } else if (typeof monotoneConstraints === 'object' && monotoneConstraints !== null) {
      for (const [name, sign] of Object.entries(monotoneConstraints)) {
        put(indexOf('monotoneConstraints', name), sign);
      }
    } else {
      refuse('monotoneConstraints', monotoneConstraints, 'an array, or an object by feature name');
    }
    settings.monotoneConstraints = signs;
  }
  if (interactionConstraints !== undefined) {
    if (!isArray(interactionConstraints) || !interactionConstraints.every(isArray)) {
      refuse('interactionConstraints', interactionConstraints, 'an array of groups of features');
    }
    settings.interactionConstraints = interactionConstraints.map((group) =>
      group.map((feature) => indexOf('interactionConstraints', feature)),
    );
  }
  if (featureTypes !== undefined) {
    if (
      !isArray(featureTypes) ||
      featureTypes.length !== columns ||
      featureTypes.some((type) => type !== 'q' && type !== 'c')
    ) {
      refuse('featureTypes', featureTypes, `${columns} of 'q' and 'c', one per column of x`);
    }
    settings.featureTypes = [...featureTypes];
  }
  return settings;
}

function isArray(value: unknown): value is readonly never[] {
  return Array.isArray(value);
}
