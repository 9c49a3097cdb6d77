"""One side of a benchmark in Python: answers 'values', 'time' and 'end' on standard input."""
import json
import math
import resource
import sys
import time


def serve(versions, values, run, measured=False):
    """With measured, run returns the milliseconds of the part that is meant."""
    for line in sys.stdin:
        command = line.strip()
        if command == "values":
            finite = [float(v) if math.isfinite(v) else None for v in values()]
            reply = {"values": finite, "versions": versions}
        elif command == "time":
            start = time.perf_counter()
            result = run()
            reply = {"milliseconds": result if measured else 1000 * (time.perf_counter() - start)}
        else:
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            scale = 1024 * 1024 if sys.platform == "darwin" else 1024
            reply = {"peakMemoryMiB": peak / scale}
        print(json.dumps(reply), flush=True)
        if command == "end":
            return
