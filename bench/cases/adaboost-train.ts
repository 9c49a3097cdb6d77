/** Our AdaBoost with 50 stumps. */
import { AdaBoostClassifier } from '@steatosis/ensembles';
import { serveSide } from '../harness/side.ts';
import { table } from './tabular.ts';

const { labels, ...x } = table();
const run = () => {
  const model = new AdaBoostClassifier({ nEstimators: 50 });
  model.fit(x, labels);
  return model;
};
await serveSide({
  versions: { Node: process.version },
  values: () => Array.from(run().decisionFunction(x).data),
  run,
});
