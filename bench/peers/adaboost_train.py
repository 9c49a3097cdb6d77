"""scikit-learn's AdaBoost with 50 stumps."""
import sys

import sklearn
from side import serve
from sklearn.ensemble import AdaBoostClassifier
from tabular import table

x, y = table()
model = None


def run():
    global model
    model = AdaBoostClassifier(n_estimators=50, random_state=0)
    model.fit(x, y)


def values():
    run()
    return model.decision_function(x).tolist()


serve({"scikit-learn": sklearn.__version__, "CPython": sys.version.split()[0]}, values, run)
