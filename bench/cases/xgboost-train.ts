/** Our histogram booster, as XGBoost's is called in peers/xgboost_train.py. */
import { XGBClassifier } from '@steatosis/ensembles';
import { serveSide } from '../harness/side.ts';
import { table } from './tabular.ts';

const { labels, ...x } = table();
const run = () => {
  const model = new XGBClassifier({
    nEstimators: 100,
    maxDepth: 6,
    learningRate: 0.1,
    maxBin: 256,
  });
  model.fit(x, labels);
  return model;
};
await serveSide({
  versions: { Node: process.version },
  values: () => Array.from(run().predictMargin(x)),
  run,
});
