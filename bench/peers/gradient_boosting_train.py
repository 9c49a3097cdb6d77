"""scikit-learn's gradient boosting over exact trees."""
import sys

import sklearn
from side import serve
from sklearn.ensemble import GradientBoostingClassifier
from tabular import table

x, y = table()
model = None


def run():
    global model
    model = GradientBoostingClassifier(n_estimators=100, random_state=0)
    model.fit(x, y)


def values():
    run()
    return model.decision_function(x).tolist()


serve({"scikit-learn": sklearn.__version__, "CPython": sys.version.split()[0]}, values, run)
