/**
 * Our histogram booster, as XGBoost's is called in peers/xgboost_train.py. Arguments: rows, columns, trees,
 * threads; one thread is the calling one.
 */
import { XGBClassifier } from '@steatosis/ensembles';
import { serveSide } from '../harness/side.ts';
import { table } from './tabular.ts';

const [rows = 2400, columns = 93, trees = 100, threads = 1] = process.argv.slice(2).map(Number);
/** Rows whose margins are compared. */
const COMPARED = 5000;

const { labels, ...x } = table(rows, columns);
const run = async () => {
  const model = new XGBClassifier({
    nEstimators: trees,
    maxDepth: 6,
    learningRate: 0.1,
    maxBin: 256,
  });
  return threads === 1 ? model.fit(x, labels) : await model.fit(x, labels, { workers: threads });
};
const compared = Math.min(rows, COMPARED);
await serveSide({
  versions: { Node: process.version },
  values: async () => {
    const model = await run();
    const first = { data: x.data.subarray(0, compared * columns), rows: compared, columns };
    return Array.from(model.predictMargin(first));
  },
  run,
});
