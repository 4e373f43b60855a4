"""The outputs of an ONNX model as float32 on stdout, one after the other: run_network.py MODEL INPUT SHAPE..."""

import sys

import numpy as np
import onnxruntime

model, values, shape = sys.argv[1], sys.argv[2], [int(length) for length in sys.argv[3:]]
session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
data = np.fromfile(values, dtype=np.float32).reshape(shape)
for output in session.run(None, {session.get_inputs()[0].name: data}):
    sys.stdout.buffer.write(output.astype(np.float32).tobytes())
