"""PyRadiomics' 93 features of synthetic images that lie in memory, through its public extractor."""
import logging
import sys

import numpy
import radiomics
import SimpleITK as sitk
from radiomics.featureextractor import RadiomicsFeatureExtractor

from side import serve
from texture_image import texture_image

logging.getLogger("radiomics").setLevel(logging.ERROR)
sitk.ProcessObject.SetGlobalDefaultNumberOfThreads(1)

extractor = RadiomicsFeatureExtractor(binWidth=5, force2D=False)
extractor.disableAllFeatures()
for name in ("firstorder", "glcm", "glrlm", "glszm", "ngtdm", "gldm"):
    extractor.enableFeatureClassByName(name)


def cases(kind):
    if kind == "rois":
        for seed in range(1, 2401):
            yield texture_image((1, 16, 16), seed, 20, 1, 2)
    else:
        yield texture_image((64, 64, 64), 7, 64, 1, 2)


def prepared(kind):
    for array in cases(kind):
        image = sitk.GetImageFromArray(array)
        yield image, sitk.GetImageFromArray(numpy.ones(array.shape, numpy.uint8))


pairs = list(prepared(sys.argv[1]))


def run():
    return [extractor.execute(image, mask) for image, mask in pairs]


def values():
    out = []
    for result in run():
        # By name; MCC is left out: PyRadiomics adds an epsilon to its denominators there.
        keys = sorted(k for k in result if k.startswith("original_") and k != "original_glcm_MCC")
        out.extend(float(result[k]) for k in keys)
    return out


serve(
    {"PyRadiomics": radiomics.__version__, "NumPy": numpy.__version__, "CPython": sys.version.split()[0]},
    values,
    run,
)
