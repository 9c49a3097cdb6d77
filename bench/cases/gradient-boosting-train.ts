/** Our gradient boosting over exact trees. */
import { GradientBoostingClassifier } from '@steatosis/ensembles';
import { serveSide } from '../harness/side.ts';
import { table } from './tabular.ts';

const { labels, ...x } = table();
const run = () => new GradientBoostingClassifier({ nEstimators: 100 }).fit(x, labels);
await serveSide({
  versions: { Node: process.version },
  values: () => Array.from(run().decisionFunction(x).data),
  run,
});
