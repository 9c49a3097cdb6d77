"""PyRadiomics' 93 features of 2,400 small images in a process that has just started: its start and the
imports count. Called with the file of the images, it is that process."""
import json
import os
import subprocess
import sys
import tempfile

ROIS = 2400
# Images whose values are compared.
COMPARED = 60


def features_of(file):
    import logging

    import numpy
    import radiomics
    import SimpleITK as sitk
    from radiomics.featureextractor import RadiomicsFeatureExtractor

    logging.getLogger("radiomics").setLevel(logging.ERROR)
    sitk.ProcessObject.SetGlobalDefaultNumberOfThreads(1)
    extractor = RadiomicsFeatureExtractor(binWidth=5, force2D=False)
    extractor.disableAllFeatures()
    for name in ("firstorder", "glcm", "glrlm", "glszm", "ngtdm", "gldm"):
        extractor.enableFeatureClassByName(name)
    mask = sitk.GetImageFromArray(numpy.ones((1, 16, 16), numpy.uint8))
    values = []
    for i, image in enumerate(numpy.fromfile(file, numpy.int16).reshape(ROIS, 1, 16, 16)):
        result = extractor.execute(sitk.GetImageFromArray(image), mask)
        if i < COMPARED:
            # By name; MCC is left out: PyRadiomics adds an epsilon to its denominators there.
            keys = sorted(k for k in result if k.startswith("original_") and k != "original_glcm_MCC")
            values.extend(float(result[k]) for k in keys)
    return values


def in_new_process(file):
    return json.loads(subprocess.run([sys.executable, __file__, file], capture_output=True, check=True).stdout)


if len(sys.argv) > 1:
    print(json.dumps(features_of(sys.argv[1])))
else:
    import numpy
    import radiomics

    from side import serve
    from texture_image import texture_image

    path = os.path.join(tempfile.mkdtemp(prefix="steatosis-bench-"), "images")
    images = [texture_image((1, 16, 16), seed, 20, 1, 2) for seed in range(1, ROIS + 1)]
    numpy.stack(images).astype(numpy.int16).tofile(path)
    serve(
        {"PyRadiomics": radiomics.__version__, "NumPy": numpy.__version__, "CPython": sys.version.split()[0]},
        lambda: in_new_process(path),
        lambda: in_new_process(path),
    )
