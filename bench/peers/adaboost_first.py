"""scikit-learn's AdaBoost in processes that have not trained before; what is timed is the training alone. Called
with an argument, it is such a process."""
import json
import subprocess
import sys
import time

from tabular import table


def train():
    from sklearn.ensemble import AdaBoostClassifier

    x, y = table()
    start = time.perf_counter()
    model = AdaBoostClassifier(n_estimators=50, random_state=0).fit(x, y)
    milliseconds = 1000 * (time.perf_counter() - start)
    return {"milliseconds": milliseconds, "decision": model.decision_function(x).tolist()}


def in_new_process():
    command = [sys.executable, __file__, "train"]
    return json.loads(subprocess.run(command, capture_output=True, check=True).stdout)


if len(sys.argv) > 1:
    print(json.dumps(train()))
else:
    import sklearn
    from side import serve

    serve(
        {"scikit-learn": sklearn.__version__, "CPython": sys.version.split()[0]},
        lambda: in_new_process()["decision"],
        lambda: in_new_process()["milliseconds"],
        measured=True,
    )
