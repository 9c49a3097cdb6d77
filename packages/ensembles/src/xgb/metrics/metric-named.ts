import { InvalidArgumentError } from '@steatosis/core';
import { precisionRecallArea, rocArea } from './areas.js';
import type { CustomMetric, Metric, MetricName } from './metric.js';
import {
  errorRate,
  logLoss,
  meanAbsolute,
  multiclassError,
  multiclassLogLoss,
  poissonLogLikelihood,
  rootMeanSquare,
} from './row-losses.js';

const NAMES: readonly MetricName[] = [
  'logloss',
  'error',
  'auc',
  'aucpr',
  'mlogloss',
  'merror',
  'rmse',
  'mae',
  'poisson-nloglik',
];

/**
 * The metric of that name, or made of a function.
 *
 * @throws InvalidArgumentError when there is none
 */
export function metricFor(wanted: MetricName | CustomMetric): Metric {
  if (typeof wanted === 'object' && wanted !== null) return customMetric(wanted);
  switch (wanted) {
    case 'logloss':
      return logLoss();
    case 'error':
      return errorRate('error', 0.5);
    case 'auc':
      return rocArea();
    case 'aucpr':
      return precisionRecallArea();
    case 'mlogloss':
      return multiclassLogLoss();
    case 'merror':
      return multiclassError();
    case 'rmse':
      return rootMeanSquare();
    case 'mae':
      return meanAbsolute();
    case 'poisson-nloglik':
      return poissonLogLikelihood();
    default:
      return thresholdError(wanted);
  }
}

function thresholdError(wanted: `error@${number}`): Metric {
  const threshold = /^error@(.+)$/.exec(wanted)?.[1];
  if (threshold === undefined || !Number.isFinite(Number(threshold))) {
    throw new InvalidArgumentError(
      'evalMetric',
      wanted,
      `one of ${NAMES.join(', ')}, error@ with a threshold, or { name, evaluate }`,
    );
  }
  return errorRate(wanted, Number(threshold));
}

function customMetric(metric: CustomMetric): Metric {
  const { name, maximise = false } = metric;
  if (typeof name !== 'string' || name === '' || typeof metric.evaluate !== 'function') {
    throw new InvalidArgumentError('evalMetric', metric, '{ name, evaluate }');
  }
  return {
    name,
    maximise,
    outputs: 'any',
    evaluate: ({ predictions, labels, weights }) => metric.evaluate(predictions, labels, weights),
  };
}
