"""
Probabilities of SavedModels. Each line on stdin is a question in JSON, [folder, images, count, side], with float32 images
in a file; each answer on stdout is a line of float32 in base64.
"""

import base64
import json
import sys

import numpy as np
import tensorflow as tf

for line in sys.stdin:
    folder, images, count, side = json.loads(line)
    predict = tf.saved_model.load(folder).signatures["serving_default"]
    data = np.fromfile(images, dtype=np.float32).reshape(count, side, side, 1)
    probabilities = predict(images=tf.constant(data))["probabilities"].numpy()
    print(base64.b64encode(probabilities.astype(np.float32).tobytes()).decode(), flush=True)
