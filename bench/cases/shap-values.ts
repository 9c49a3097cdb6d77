/** Exact SHAP values; both sides train the model that they explain. */
import { shapValues, XGBClassifier } from '@steatosis/ensembles';
import { serveSide } from '../harness/side.ts';
import { table } from './tabular.ts';

const { labels, ...x } = table();
const model = new XGBClassifier({ nEstimators: 100, maxDepth: 6, learningRate: 0.1 });
model.fit(x, labels);
await serveSide({
  versions: { Node: process.version },
  values: () => Array.from(shapValues(model, x).data),
  run: () => shapValues(model, x),
});
