"""PyWavelets' stationary wavelet transform of a synthetic volume that lies in memory."""
import sys

import numpy
import pywt

from side import serve
from texture_image import texture_image

image = texture_image((128, 128, 128), 7, 64, 1, 2).astype(numpy.float64)


def run():
    # The axes in PyRadiomics' order, x first.
    return pywt.swtn(image, "coif1", level=1, axes=(2, 1, 0))[0]


def values():
    # By PyRadiomics' letters, as ours are.
    bands = {name.replace("a", "L").replace("d", "H"): band for name, band in run().items()}
    return [float(v) for name in sorted(bands) for v in bands[name].ravel()[::997]]


serve(
    {"PyWavelets": pywt.__version__, "NumPy": numpy.__version__, "CPython": sys.version.split()[0]},
    values,
    run,
)
