"""The volumes of cases/volumes.ts, by the same integer formulas."""
import numpy as np

from texture_image import texture_image

KINDS = {
    "cube64": ((64, 64, 64), 7),
    "cube128": ((128, 128, 128), 8),
    "liver": ((70, 256, 320), 9),
}


def volume(kind):
    """Image and mask, axes z, y, x, and the spacing along x, y, z."""
    shape, seed = KINDS[kind]
    image = texture_image(shape, seed, 64, 2, 2)
    if kind != "liver":
        return image, np.ones(shape, np.uint8), (1.0, 1.0, 1.0)
    z, y, x = np.ogrid[:70, :256, :320]
    a, b, c = 32, 95, 118
    distance = ((z - 35) * b * c) ** 2 + ((y - 128) * a * c) ** 2 + ((x - 160) * a * b) ** 2
    return image, (distance < (a * b * c) ** 2).astype(np.uint8), (1.25, 1.37, 3.0)
