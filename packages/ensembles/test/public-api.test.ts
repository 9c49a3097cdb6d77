import { expect, it } from 'vitest';
import * as ensembles from '../src/index.js';

it('exports these names and no others', () => {
  expect(Object.keys(ensembles).sort()).toMatchInlineSnapshot(`
    [
      "AdaBoostClassifier",
      "AdaBoostRegressor",
      "Booster",
      "CalibratedClassifier",
      "CorrelationFilter",
      "GradientBoostingClassifier",
      "GradientBoostingRegressor",
      "GroupKFold",
      "InvalidDataError",
      "IsotonicRegression",
      "KFold",
      "LeaveOneGroupOut",
      "MinMaxScaler",
      "ModelFormatError",
      "NotFittedError",
      "Pipeline",
      "RepeatedSplits",
      "StandardScaler",
      "StratifiedGroupKFold",
      "StratifiedKFold",
      "TunedModel",
      "UnsupportedParameterError",
      "VarianceFilter",
      "XGBClassifier",
      "XGBRegressor",
      "crossValidate",
      "estimatorFromJSON",
      "gridSearch",
      "randomSearch",
      "scoreModel",
      "shapInteractionValues",
      "shapValues",
      "sharedGroups",
      "trainTestSplit",
    ]
  `);
});
