"""SimpleITK's recursive Laplacian of Gaussian, as PyRadiomics calls it, on one thread."""
import sys

import SimpleITK as sitk

from side import serve
from texture_image import texture_image

sitk.ProcessObject.SetGlobalDefaultNumberOfThreads(1)
image = sitk.GetImageFromArray(texture_image((128, 128, 128), 7, 64, 1, 2))
laplacian = sitk.LaplacianRecursiveGaussianImageFilter()
laplacian.SetNormalizeAcrossScale(True)
laplacian.SetSigma(2.0)
laplacian.SetNumberOfThreads(1)


def run():
    return laplacian.Execute(image)


def values():
    return sitk.GetArrayFromImage(run()).ravel()[::997]


serve({"SimpleITK": sitk.__version__, "CPython": sys.version.split()[0]}, values, run)
