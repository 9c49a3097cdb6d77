"""SimpleITK's B-spline resampling of a volume that lies in memory, on one thread."""
import sys

import numpy as np
import SimpleITK as sitk

from side import serve
from texture_image import texture_image

sitk.ProcessObject.SetGlobalDefaultNumberOfThreads(1)

image = sitk.GetImageFromArray(texture_image((128, 128, 128), 7, 64, 1, 2).astype(np.float32))
spacing = 128 / 192
resample = sitk.ResampleImageFilter()
resample.SetSize((192, 192, 192))
resample.SetOutputSpacing((spacing,) * 3)
resample.SetOutputOrigin(((spacing - 1) / 2,) * 3)
resample.SetInterpolator(sitk.sitkBSpline)
resample.SetOutputPixelType(sitk.sitkFloat32)


def run():
    return resample.Execute(image)


def values():
    return sitk.GetArrayFromImage(run()).ravel()[::997].astype(np.float64)


serve({"SimpleITK": sitk.Version().VersionString(), "CPython": sys.version.split()[0]}, values, run)
