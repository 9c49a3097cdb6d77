"""AUC with DeLong's variance by midranks in NumPy, and SciPy's correlations, at n = 1e6."""
import sys

import numpy
import scipy
from scipy import stats

from draws import draws
from side import serve

N = 1_000_000

noise = draws(N, 1)
labels = draws(N, 2) < 0.24
scores = noise + 0.3 * labels
levels = numpy.floor(scores * 100)
other = scores + draws(N, 3)


def midranks(values):
    """Sun and Xu 2014: ranks with ties shared, in one sort."""
    order = numpy.argsort(values, kind="stable")
    ordered = values[order]
    _, first, count = numpy.unique(ordered, return_index=True, return_counts=True)
    ranks = numpy.empty(values.size)
    ranks[order] = numpy.repeat(first + (count + 1) / 2, count)
    return ranks


def delong(values):
    positive, negative = values[labels], values[~labels]
    m, n = positive.size, negative.size
    both = midranks(numpy.concatenate([positive, negative]))
    v10 = (both[:m] - midranks(positive)) / n
    v01 = 1 - (both[m:] - midranks(negative)) / m
    auc = v10.mean()
    return [auc, v10.var(ddof=1) / m + v01.var(ddof=1) / n]


work = {
    "auc": lambda: delong(scores),
    "auc-levels": lambda: delong(levels),
    "pearson": lambda: [stats.pearsonr(scores, other).statistic],
    "spearman": lambda: [stats.spearmanr(scores, other).statistic],
    "kendall": lambda: [stats.kendalltau(scores, other).statistic],
}[sys.argv[1]]
serve({"NumPy": numpy.__version__, "SciPy": scipy.__version__, "CPython": sys.version.split()[0]}, work, work)
