"""The images of cases/texture-image.ts, by the same integer formula."""
import numpy as np


def draw(seed, k):
    mask = np.uint64(0xFFFFFFFF)
    a = (np.uint64(seed) + k.astype(np.uint64) * np.uint64(0x6D2B79F5)) & mask
    t = ((a ^ (a >> np.uint64(15))) * (a | np.uint64(1))) & mask
    t = ((t + (((t ^ (t >> np.uint64(7))) * (t | np.uint64(61))) & mask)) & mask) ^ t
    return ((t ^ (t >> np.uint64(14))) >> np.uint64(16)).astype(np.int64)


def texture_image(shape_zyx, seed, levels, passes, noise):
    count = int(np.prod(shape_zyx))
    index = np.arange(1, count + 1)
    smooth = draw(seed, index).reshape(shape_zyx)
    for _ in range(passes):
        for axis in (2, 1, 0):
            smooth = smooth + np.roll(smooth, 1, axis) + np.roll(smooth, -1, axis)
        smooth = smooth // 27
        low, high = smooth.min(), smooth.max()
        smooth = (smooth - low) * 65535 // (high - low)
    mixed = 8 * smooth + noise * draw(seed, count + index).reshape(shape_zyx)
    low, high = mixed.min(), mixed.max()
    return ((mixed - low) * (5 * levels) // (high - low + 1)).astype(np.int16)
