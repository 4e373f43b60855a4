"""
Probabilities of an ONNX model as float32 on stdout: run_onnx.py MODEL IMAGES COUNT SIDE, images float32.
The model is checked against the specification first, its shapes too.
"""

import sys

import numpy as np
import onnx
import onnxruntime

model, images, count, side = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
onnx.checker.check_model(model, full_check=True)
session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
data = np.fromfile(images, dtype=np.float32).reshape(count, side, side, 1)
(probabilities,) = session.run(None, {"images": data})
sys.stdout.buffer.write(probabilities.astype(np.float32).tobytes())
