"""Uniform numbers of a linear congruential generator: harness/draws.ts makes the same."""
import numpy


def draws(n, state):
    out = numpy.empty(n)
    for i in range(n):
        state = (state * 1664525 + 1013904223) % 4294967296
        out[i] = state / 4294967296
    return out
