"""The table of cases/tabular.ts."""
import numpy as np


def table(rows=2400, columns=93):
    state = 12345
    draws = np.empty(rows * columns + rows)
    for i in range(draws.size):
        state = (state * 1664525 + 1013904223) % 4294967296
        draws[i] = state / 4294967296
    x = draws[: rows * columns].astype(np.float32).reshape(rows, columns)
    noise = draws[rows * columns :]
    wide = x.astype(np.float64)
    score = wide[:, 0] + wide[:, 1] * wide[:, 2] + 0.5 * wide[:, 3] + 0.6 * noise
    return x, (score > 1.4).astype(np.uint8)
