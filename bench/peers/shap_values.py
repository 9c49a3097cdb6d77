"""XGBoost's exact contributions on one thread."""
import sys

import xgboost
from side import serve
from tabular import table

x, y = table()
model = xgboost.XGBClassifier(n_estimators=100, max_depth=6, learning_rate=0.1, tree_method="hist", n_jobs=1)
model.fit(x, y)
booster = model.get_booster()
data = xgboost.DMatrix(x, nthread=1)


def run():
    return booster.predict(data, pred_contribs=True)


serve({"XGBoost": xgboost.__version__, "CPython": sys.version.split()[0]}, lambda: run().ravel().tolist(), run)
