"""XGBoost's margins of 100,000 rows on one thread, from the features as they are."""
import sys

import xgboost
from side import serve
from tabular import table

# Rows whose margins are compared.
COMPARED = 5000
x, y = table(100000, 93)
model = xgboost.XGBClassifier(n_estimators=100, max_depth=6, learning_rate=0.1, tree_method="hist", n_jobs=1)
model.fit(x, y)
booster = model.get_booster()


def run():
    return booster.inplace_predict(x, predict_type="margin")


serve(
    {"XGBoost": xgboost.__version__, "CPython": sys.version.split()[0]},
    lambda: run()[:COMPARED].tolist(),
    run,
)
