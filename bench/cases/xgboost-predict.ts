/** Margins of 100,000 rows; both sides train the model that they predict with. */
import { XGBClassifier } from '@steatosis/ensembles';
import { serveSide } from '../harness/side.ts';
import { table } from './tabular.ts';

/** Rows whose margins are compared. */
const COMPARED = 5000;

const { labels, ...x } = table(100000, 93);
const model = new XGBClassifier({ nEstimators: 100, maxDepth: 6, learningRate: 0.1 });
model.fit(x, labels);
await serveSide({
  versions: { Node: process.version },
  values: () => Array.from(model.predictMargin(x).subarray(0, COMPARED)),
  run: () => model.predictMargin(x),
});
