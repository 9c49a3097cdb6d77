"""10,000 AUCs of resamples within classes by scikit-learn in a loop, at n = 2,000."""
import sys

import numpy
import sklearn
from sklearn.metrics import roc_auc_score

from draws import draws
from side import serve

N = 2000

noise = draws(N, 1)
labels = (draws(N, 2) < 0.24).astype(int)
scores = noise + 0.3 * labels


def same_resamples():
    found = []
    for k in range(20):
        picked = numpy.floor(draws(N, 100 + k) * N).astype(int)
        found.append(roc_auc_score(labels[picked], scores[picked]))
    return found


def run():
    generator = numpy.random.default_rng(1)
    positive = numpy.flatnonzero(labels == 1)
    negative = numpy.flatnonzero(labels == 0)
    replicates = numpy.empty(10_000)
    for k in range(replicates.size):
        picked = numpy.concatenate(
            [
                positive[generator.integers(positive.size, size=positive.size)],
                negative[generator.integers(negative.size, size=negative.size)],
            ]
        )
        replicates[k] = roc_auc_score(labels[picked], scores[picked])
    return numpy.quantile(replicates, [0.025, 0.975])


serve(
    {
        "scikit-learn": sklearn.__version__,
        "NumPy": numpy.__version__,
        "CPython": sys.version.split()[0],
    },
    same_resamples,
    run,
)
