"""Features by scikit-image: reads {"side": n, "centres": [...], "images": [[...], ...]}, prints hog, lbp and sift of each."""

import json
import sys

import numpy as np
from skimage.feature import SIFT, hog, local_binary_pattern, sift as sift_module

CELLS, BINS = 6, 59


def lbp(image):
    codes = local_binary_pattern(image, 8, 1, "nri_uniform").astype(int)
    cell = np.arange(len(image)) * CELLS // len(image)
    parts = [codes[np.ix_(cell == y, cell == x)] for y in range(CELLS) for x in range(CELLS)]
    return np.concatenate([np.bincount(part.ravel(), minlength=BINS) / part.size for part in parts])


class Unrounded:
    """numpy for SIFT's module; keeps what it rounds down to bytes."""

    def __init__(self):
        self.kept = []

    def __getattr__(self, name):
        return getattr(np, name)

    def floor(self, values):
        self.kept.append(values)
        return np.floor(values)


def sift(image, centres):
    """Upright descriptors, 512 times as long as ours, with cells of 4 pixels around given centres."""
    extractor = SIFT(upsampling=1)
    count = len(centres) ** 2
    extractor.n_octaves, extractor.float_dtype = 1, np.float64
    extractor.positions = np.array([(y, x) for y in centres for x in centres], float)
    extractor.octaves = extractor.scales = np.zeros(count, int)
    extractor.orientations = np.zeros(count)
    extractor.sigmas = np.full(count, 8 / extractor.lambda_descr)
    # It leaves out the last row and column of an image: a line of zeros behind them takes their place.
    gradient = [np.pad(part, (0, 1))[..., None] for part in np.gradient(image.astype(float))]
    sift_module.np = Unrounded()
    with np.errstate(invalid="ignore"):
        extractor._compute_descriptor([gradient])
    return np.nan_to_num(np.concatenate(sift_module.np.kept) / 512)


given = json.load(sys.stdin)
images = [np.array(image, np.uint8).reshape(given["side"], -1) for image in given["images"]]
json.dump(
    {
        "hog": [hog(image, 9, (8, 8), (2, 2), "L2-Hys").tolist() for image in images],
        "sift": [sift(image, given["centres"]).tolist() for image in images],
        "lbp": [lbp(image).tolist() for image in images],
    },
    sys.stdout,
)
