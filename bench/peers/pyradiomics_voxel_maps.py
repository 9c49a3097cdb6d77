"""PyRadiomics' voxel-based maps of the co-occurrence features of a small volume that lies in memory."""
import logging
import sys
import warnings

import numpy
import radiomics
import SimpleITK as sitk
from radiomics.featureextractor import RadiomicsFeatureExtractor

from side import serve
from texture_image import texture_image

logging.getLogger("radiomics").setLevel(logging.CRITICAL)
warnings.simplefilter("ignore")
sitk.ProcessObject.SetGlobalDefaultNumberOfThreads(1)

# All voxels at once would take 850 MB.
extractor = RadiomicsFeatureExtractor(binWidth=5, kernelRadius=1, voxelBatch=250)
extractor.disableAllFeatures()
extractor.enableFeatureClassByName("glcm")
array = texture_image((20, 20, 20), 7, 32, 1, 3)
image = sitk.GetImageFromArray(array)
mask = sitk.GetImageFromArray(numpy.ones(array.shape, numpy.uint8))


def run():
    return extractor.execute(image, mask, voxelBased=True)


def values():
    maps = run()
    keys = sorted(key for key in maps if key.startswith("original_"))
    return numpy.concatenate([sitk.GetArrayFromImage(maps[key]).ravel() for key in keys])


serve(
    {"PyRadiomics": radiomics.__version__, "NumPy": numpy.__version__, "CPython": sys.version.split()[0]},
    values,
    run,
)
