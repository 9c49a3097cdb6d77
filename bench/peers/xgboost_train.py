"""XGBoost's histogram booster. Arguments: rows, columns, trees, threads."""
import sys

import xgboost
from side import serve
from tabular import table

ROWS, COLUMNS, TREES, THREADS = (int(a) for a in sys.argv[1:]) if len(sys.argv) > 1 else (2400, 93, 100, 1)
# Rows whose margins are compared.
COMPARED = 5000
x, y = table(ROWS, COLUMNS)
model = None


def run():
    global model
    model = xgboost.XGBClassifier(
        n_estimators=TREES, max_depth=6, learning_rate=0.1, max_bin=256, tree_method="hist", n_jobs=THREADS
    )
    model.fit(x, y)


def values():
    run()
    return model.predict(x[:COMPARED], output_margin=True).tolist()


serve({"XGBoost": xgboost.__version__, "CPython": sys.version.split()[0]}, values, run)
