"""Makes src/dataset/specs/fer2013-evidence.ts: a linear classifier that tells the classes of FER-2013 apart on average.

Run: python bench/class-evidence.py fer2013.csv   (numpy; a minute). It is right for 35 % of single images of the test
parts; the means over hundreds of images tell which number stands for which class.
"""

import sys
from pathlib import Path

import numpy as np

SIDE = 8
CLASSES = 7
RIDGE = 100
UNIT = 1e5

labels, images, parts = [], [], []
with open(sys.argv[1]) as file:
    next(file)
    for line in file:
        label, pixels, part = line.rstrip().split(",")
        labels.append(int(label))
        images.append(np.array(pixels.split(" "), dtype=np.uint8))
        parts.append(part)
labels = np.array(labels)
parts = np.array(parts)
block = 48 // SIDE
blocks = np.stack(images).reshape(-1, SIDE, block, SIDE, block).mean((2, 4)).reshape(-1, SIDE * SIDE)
blocks -= blocks.mean(1, keepdims=True)
blocks /= blocks.std(1, keepdims=True) + 1e-6
features = np.c_[blocks, np.ones(len(blocks))]

training = parts == "Training"
a, y = features[training], np.eye(CLASSES)[labels[training]]
weights = np.linalg.solve(a.T @ a + RIDGE * np.eye(a.shape[1]), a.T @ y)
scores = features @ weights
print("accuracy on the test parts", (scores[~training].argmax(1) == labels[~training]).mean())
# Columns are centred over the classes, so that a class that is missing favours no order.
weights[-1] -= np.mean([scores[training & (labels == c)].mean(0) for c in range(CLASSES)], axis=0)

rows = ",\n".join("  [" + ", ".join(str(round(v * UNIT)) for v in column) + "]" for column in weights.T)
text = f"""// Made by bench/class-evidence.py; do not edit.

/** Side of the picture of block means that the weights belong to. */
export const EVIDENCE_SIDE = {SIDE};

/** Weights of each class for the standardised block means, and a last one for 1; in units of {UNIT:g} to 1. */
export const EVIDENCE_WEIGHTS: readonly (readonly number[])[] = [
{rows},
];
"""
(Path(__file__).parent.parent / "src/dataset/specs/fer2013-evidence.ts").write_text(text)
