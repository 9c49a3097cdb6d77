"""XGBoost's histogram booster on one thread."""
import sys

import xgboost
from side import serve
from tabular import table

x, y = table()
model = None


def run():
    global model
    model = xgboost.XGBClassifier(
        n_estimators=100, max_depth=6, learning_rate=0.1, max_bin=256, tree_method="hist", n_jobs=1
    )
    model.fit(x, y)


def values():
    run()
    return model.predict(x, output_margin=True).tolist()


serve({"XGBoost": xgboost.__version__, "CPython": sys.version.split()[0]}, values, run)
