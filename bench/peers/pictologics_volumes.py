"""pictologics' features of a synthetic volume that lies in memory, on two threads, through its public pipeline."""
import os
import sys

os.environ["PICTOLOGICS_NUM_THREADS"] = "2"
# Without it, the import compiles what is never called here; what is called is compiled before anything is timed.
os.environ["PICTOLOGICS_DISABLE_WARMUP"] = "1"

import numpy
import pictologics
from pictologics import Image, RadiomicsPipeline

from side import serve
from volumes import volume

kind, what = sys.argv[1:3]
array, inside, spacing = volume(kind)
# Its arrays are x, y, z.
place = {"spacing": spacing, "origin": (0.0, 0.0, 0.0)}
image = Image(array=array.T.astype(numpy.float64), **place)
mask = Image(array=inside.T, **place)

pipeline = RadiomicsPipeline(load_standard=False)
pipeline.add_config(
    "bench",
    [
        {"step": "discretise", "params": {"method": "FBS", "bin_width": 5, "min_val": 0}},
        {
            "step": "extract_features",
            "params": {"families": ["morphology"] if what == "shape" else ["intensity", "texture"]},
        },
    ],
)

# What it defines as PyRadiomics does, by its tags at the end of names, in the order of cases/radiomics-volumes.ts.
TAGS = {
    "shape": ["YEKZ", "L0JK"],
    "texture": [
        "Q4LE", "ECT3", "KE2A", "QG58",
        "P001", "48P8", "JNSA", "GU8N",
        "QCDE", "NQ30", "1X9X",
        "SODN", "FCBV",
    ],
}  # fmt: skip


def run():
    return pipeline.run(image, mask)["bench"]


def values():
    by_tag = {name.rsplit("_", 1)[-1]: value for name, value in run().items()}
    return [float(by_tag[tag]) for tag in TAGS[what]]


serve(
    {
        "pictologics": pictologics.__version__,
        "NumPy": numpy.__version__,
        "CPython": sys.version.split()[0],
    },
    values,
    run,
)
