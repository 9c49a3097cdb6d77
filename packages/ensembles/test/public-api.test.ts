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
      "DMatrix",
      "GradientBoostingClassifier",
      "GradientBoostingRegressor",
      "GroupKFold",
      "InvalidDataError",
      "IsotonicRegression",
      "KFold",
      "LeaveOneGroupOut",
      "LightGBMModel",
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
      "partialDependence",
      "permutationImportance",
      "randomSearch",
      "scoreModel",
      "shapInteractionValues",
      "shapSummary",
      "shapValues",
      "sharedGroups",
      "trainTestSplit",
    ]
  `);
});
