import { SettingsError } from '../errors.js';
import { nearestName } from '../settings/nearest.js';
import { shown } from '../settings/shown.js';
import { AGGREGATIONS } from './aggregation.js';
import {
  FAMILY_NAMES,
  type IbsiDiscretisation,
  type IbsiResampling,
  type IbsiSettings,
  type ResolvedIbsiSettings,
} from './settings.js';

/** What a value of a setting has to be. */
interface Rule {
  accepts(value: unknown): boolean;
  expected: string;
}

const positive: Rule = {
  accepts: (value) => isFinite(value) && value > 0,
  expected: 'a number > 0',
};

const rules = {
  definitions: { accepts: (value) => value === 'ibsi', expected: "'ibsi'" },
  label: {
    accepts: (value) => isInteger(value, 1),
    expected: 'a positive integer',
  },
  resampling: { accepts: isRecord, expected: 'an object with spacing' },
  resegmentRange: {
    accepts: (value) =>
      Array.isArray(value) &&
      value.length === 2 &&
      value.every((end) => typeof end === 'number') &&
      value[0] <= value[1],
    expected: 'the lowest and the highest value, [low, high]',
  },
  outlierSd: {
    accepts: (value) => typeof value === 'number' && value > 0,
    expected: 'a number of standard deviations > 0',
  },
  filter: {
    accepts: (value) => typeof value === 'function',
    expected: 'a function from a volume to a volume',
  },
  discretisation: { accepts: isDiscretisation, expected: "'none', { binWidth } or { binCount }" },
  ivhDiscretisation: {
    accepts: isDiscretisation,
    expected: "'none', { binWidth } or { binCount }",
  },
  distance: {
    accepts: (value) => isInteger(value, 1) && value <= 15,
    expected: 'an integer from 1 to 15',
  },
  dependenceCoarseness: {
    accepts: (value) => isInteger(value, 0) && value <= 65535,
    expected: 'an integer from 0 to 65535',
  },
  families: {
    accepts: (value) => isListOf(value, FAMILY_NAMES),
    expected: `a list of ${FAMILY_NAMES.join(', ')}`,
  },
  aggregations: {
    accepts: (value) => isListOf(value, AGGREGATIONS),
    expected: `a list of ${AGGREGATIONS.join(', ')}`,
  },
} as const satisfies Record<keyof IbsiSettings, Rule>;

const resamplingRules = {
  spacing: {
    accepts: (value) =>
      Array.isArray(value) && value.length === 3 && value.every((mm) => isFinite(mm) && mm >= 0),
    expected: 'three numbers ≥ 0 in mm, 0 where the voxel size stays',
  },
  interpolation: {
    accepts: (value) => value === 'nearest' || value === 'trilinear' || value === 'cubic spline',
    expected: "'nearest', 'trilinear' or 'cubic spline'",
  },
  round: { accepts: (value) => typeof value === 'boolean', expected: 'true or false' },
  maskThreshold: {
    accepts: (value) => isFinite(value) && value > 0 && value <= 1,
    expected: 'a share > 0 and ≤ 1',
  },
} as const satisfies Record<keyof IbsiResampling, Rule>;

/**
 * Check settings and fill in the defaults.
 *
 * @throws SettingsError
 */
export function resolveIbsiSettings(settings: 'ibsi' | IbsiSettings): ResolvedIbsiSettings {
  const given = settings === 'ibsi' ? { definitions: settings } : settings;
  check(given, rules, '');
  if (given.definitions === undefined) fail('definitions', undefined, rules.definitions.expected);
  if (given.resampling !== undefined) {
    check(given.resampling, resamplingRules, 'resampling.');
    if (given.resampling.spacing === undefined) {
      fail('resampling.spacing', undefined, resamplingRules.spacing.expected);
    }
  }
  return {
    label: given.label ?? 1,
    resampling:
      given.resampling === undefined
        ? null
        : { interpolation: 'trilinear', round: false, maskThreshold: 0.5, ...given.resampling },
    resegmentRange: given.resegmentRange ?? [-Infinity, Infinity],
    outlierSd: given.outlierSd ?? Infinity,
    filter: given.filter ?? null,
    discretisation: given.discretisation ?? 'none',
    ivhDiscretisation: given.ivhDiscretisation ?? 'none',
    distance: given.distance ?? 1,
    dependenceCoarseness: given.dependenceCoarseness ?? 0,
    families: given.families ?? FAMILY_NAMES,
    aggregations: given.aggregations ?? AGGREGATIONS,
  };
}

function check(given: object, table: Record<string, Rule>, path: string): void {
  if (!isRecord(given)) {
    fail(path === '' ? 'settings' : path.slice(0, -1), given, "'ibsi' or an object");
  }
  for (const [key, value] of Object.entries(given)) {
    const rule = Object.hasOwn(table, key) ? table[key] : undefined;
    if (rule === undefined) {
      const nearest = nearestName(key, Object.keys(table));
      const hint = nearest === undefined ? '' : `; did you mean ${nearest}?`;
      throw new SettingsError(path + key, value, `${path}${key} is no setting of IBSI${hint}`, {
        nearest,
      });
    }
    if (value !== undefined && !rule.accepts(value)) fail(path + key, value, rule.expected);
  }
}

function fail(key: string, found: unknown, expected: string): never {
  throw new SettingsError(key, found, `${key} is ${shown(found)}; expected ${expected}.`);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isFinite(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function isInteger(value: unknown, from: number): value is number {
  return Number.isSafeInteger(value) && (value as number) >= from;
}

function isListOf(value: unknown, names: readonly string[]): boolean {
  return Array.isArray(value) && value.every((name) => names.includes(name as string));
}

function isDiscretisation(value: unknown): value is IbsiDiscretisation {
  if (value === 'none') return true;
  if (!isRecord(value)) return false;
  const keys = Object.keys(value).filter((key) => value[key] !== undefined);
  if (keys.includes('binCount')) return keys.length === 1 && isBinCount(value['binCount']);
  return (
    keys.every((key) => key === 'binWidth' || key === 'start') &&
    positive.accepts(value['binWidth']) &&
    (value['start'] === undefined || isFinite(value['start']))
  );
}

function isBinCount(value: unknown): boolean {
  return isInteger(value, 1) && value <= 65535;
}
