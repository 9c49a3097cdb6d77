"""mri-fatwater's graph cut on the slice that our side wrote, with its default settings."""
import contextlib
import io
import json
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

import numpy as np
from mri_fatwater import fatwater
from side import serve

exchange = Path(tempfile.gettempdir()) / "steatosis-bench-dixon"
inputs = {}


def load():
    facts = json.loads((exchange / "slice.json").read_text())
    shape = (len(facts["echoTimesMs"]), 1, facts["ny"], facts["nx"])
    echoes = np.fromfile(exchange / "echoes.raw", np.complex64).reshape(shape)
    inputs.update(facts=facts, echoes=echoes)


def separate():
    facts = inputs["facts"]
    with contextlib.redirect_stdout(io.StringIO()):
        return fatwater.separate(
            data=inputs["echoes"],
            data_params={
                "B0": facts["fieldStrengthT"],
                "t": [ms * 1e-3 for ms in facts["echoTimesMs"]],
                "voxelsize": facts["spacing"],
            },
            algo_params={
                "algorithm": "QPBO",
                "nR2": 145,
                "R2max": 144.0,
                "R2cand": [40.0],
                "nB0": 100,
                "mu": 0.1,
                "nICMiter": 10,
                "multiScale": True,
                "use3D": True,
                # As its signed estimate does, this keeps noise from raising the fat of lean liver.
                "magnitudeDiscrimination": True,
                "output": ["ff", "R2map", "B0map"],
            },
            model_params={
                "watCS": 4.7,
                "fatCS": [0.9, 1.3, 1.6, 2.02, 2.24, 2.75, 4.2, 5.19, 5.29],
                "relAmps": [0.088, 0.642, 0.058, 0.062, 0.058, 0.006, 0.039, 0.01, 0.037],
            },
        )


def values():
    load()
    percent = np.asarray(separate()["ff"])[0]
    means = []
    for box in inputs["facts"]["rois"]:
        x, y, _ = box["start"]
        means.append(float(percent[y : y + 16, x : x + 16].mean()))
    return means


serve({"mri-fatwater": version("mri-fatwater"), "CPython": sys.version.split()[0]}, values, separate)
