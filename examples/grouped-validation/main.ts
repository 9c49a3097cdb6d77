/**
 * Why regions of one patient must not stand on both sides of a split.
 *
 * A made-up cohort of 50 patients with six regions each, every region there eight times over with a little noise, as an
 * augmented data set has it. A patient's regions resemble each other, as livers do; whether he counts as steatotic is
 * drawn by lot, so there is nothing to learn. An honest estimate of the AUC is about one half.
 */
import { createRandom } from '@steatosis/core';
import {
  CorrelationFilter,
  crossValidate,
  Pipeline,
  StandardScaler,
  XGBClassifier,
} from '@steatosis/ensembles';

const PATIENTS = 50;
const REGIONS = 6;
const COPIES = 8;
const FEATURES = 20;

const random = createRandom(1);
const x: number[][] = [];
const y: number[] = [];
const patients: number[] = [];
for (let patient = 0; patient < PATIENTS; patient++) {
  const steatosis = random.integer(2);
  const liver = Array.from({ length: FEATURES }, () => random.normal());
  for (let region = 0; region < REGIONS; region++) {
    const texture = liver.map((value) => value + 0.7 * random.normal());
    for (let copy = 0; copy < COPIES; copy++) {
      x.push(texture.map((value) => value + 0.1 * random.normal()));
      y.push(steatosis);
      patients.push(patient);
    }
  }
}

// Whatever is learned from data belongs into the model, so that no fold's test rows have a part in it.
const makeModel = () =>
  new Pipeline([
    ['scale', new StandardScaler()],
    ['filter', new CorrelationFilter({ threshold: 0.95 })],
    ['model', new XGBClassifier({ nEstimators: 30, maxDepth: 3 })],
  ]);

const options = { splits: 5, scoring: 'roc_auc', shuffle: true, seed: 1 } as const;
const byPatient = await crossValidate(makeModel, x, y, { ...options, groups: patients });
const byRow = await crossValidate(makeModel, x, y, options);

const auc = ({ scores }: typeof byRow) => {
  const { mean, sd } = scores['roc_auc']!;
  return `${mean.toFixed(2)} (SD over folds ${sd.toFixed(2)})`;
};
console.log(`AUC, no patient on both sides:     ${auc(byPatient)}`);
console.log(`AUC, rows split as if independent: ${auc(byRow)}`);
console.log('There was nothing to learn: the second number is patients recognised, not steatosis.');
