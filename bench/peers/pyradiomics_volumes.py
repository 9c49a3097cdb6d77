"""PyRadiomics' features of a synthetic volume that lies in memory, through its public extractor."""
import logging
import sys

import numpy
import radiomics
import SimpleITK as sitk
from radiomics.featureextractor import RadiomicsFeatureExtractor

from side import serve
from volumes import volume

logging.getLogger("radiomics").setLevel(logging.ERROR)
sitk.ProcessObject.SetGlobalDefaultNumberOfThreads(1)

kind, what = sys.argv[1:3]
array, inside, spacing = volume(kind)
image = sitk.GetImageFromArray(array)
mask = sitk.GetImageFromArray(inside)
image.SetSpacing(spacing)
mask.SetSpacing(spacing)

texture = ("firstorder", "glcm", "glrlm", "glszm", "ngtdm", "gldm")
extractor = RadiomicsFeatureExtractor(binWidth=5)
extractor.disableAllFeatures()
for name in ("shape",) if what == "shape" else texture:
    extractor.enableFeatureClassByName(name)


def run():
    return extractor.execute(image, mask)


def values():
    result = run()
    # By name; MCC is left out: PyRadiomics adds an epsilon to its denominators there.
    keys = sorted(k for k in result if k.startswith("original_") and k != "original_glcm_MCC")
    return [float(result[k]) for k in keys]


serve(
    {"PyRadiomics": radiomics.__version__, "NumPy": numpy.__version__, "CPython": sys.version.split()[0]},
    values,
    run,
)
