import { expect, it } from 'vitest';
import * as ensembles from '../src/index.js';

it('exports these names and no others', () => {
  expect(Object.keys(ensembles).sort()).toMatchInlineSnapshot(`
    [
      "AdaBoostClassifier",
      "AdaBoostRegressor",
      "Booster",
      "GradientBoostingClassifier",
      "GradientBoostingRegressor",
      "GroupKFold",
      "InvalidDataError",
      "MinMaxScaler",
      "ModelFormatError",
      "NotFittedError",
      "StandardScaler",
      "StratifiedGroupKFold",
      "StratifiedKFold",
      "UnsupportedParameterError",
      "XGBClassifier",
      "XGBRegressor",
      "shapInteractionValues",
      "shapValues",
      "sharedGroups",
      "trainTestSplit",
    ]
  `);
});
