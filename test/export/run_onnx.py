"""
Probabilities of ONNX models. Each line on stdin is a question in JSON, [model, images, count, side], with float32 images
in a file; each answer on stdout is a line of float32 in base64. A model is checked against the specification first, its
shapes too.
"""

import base64
import json
import sys

import numpy as np
import onnx
import onnxruntime

for line in sys.stdin:
    model, images, count, side = json.loads(line)
    onnx.checker.check_model(model, full_check=True)
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    data = np.fromfile(images, dtype=np.float32).reshape(count, side, side, 1)
    (probabilities,) = session.run(None, {"images": data})
    print(base64.b64encode(probabilities.astype(np.float32).tobytes()).decode(), flush=True)
