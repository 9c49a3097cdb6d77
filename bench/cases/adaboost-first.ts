/**
 * Our AdaBoost in processes that have not trained before; what is timed is the training alone. Called with an
 * argument, it is such a process.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { AdaBoostClassifier } from '@steatosis/ensembles';
import { serveSide } from '../harness/side.ts';
import { table } from './tabular.ts';

interface First {
  milliseconds: number;
  decision: number[];
}

function train(): First {
  const { labels, ...x } = table();
  const start = performance.now();
  const model = new AdaBoostClassifier({ nEstimators: 50 }).fit(x, labels);
  const milliseconds = performance.now() - start;
  return { milliseconds, decision: Array.from(model.decisionFunction(x).data) };
}

function inNewProcess(): First {
  const script = fileURLToPath(import.meta.url);
  const { stdout } = spawnSync(process.execPath, [script, 'train'], { encoding: 'utf8' });
  return JSON.parse(stdout) as First;
}

if (process.argv[2] === 'train') {
  process.stdout.write(JSON.stringify(train()));
} else {
  await serveSide({
    versions: { Node: process.version },
    values: () => inNewProcess().decision,
    run: inNewProcess,
    time: () => inNewProcess().milliseconds,
  });
}
