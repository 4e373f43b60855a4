"""
Probabilities of a SavedModel as float32 on stdout: run_saved_model.py FOLDER IMAGES COUNT SIDE, images float32.
"""

import sys

import numpy as np
import tensorflow as tf

folder, images, count, side = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
predict = tf.saved_model.load(folder).signatures["serving_default"]
data = np.fromfile(images, dtype=np.float32).reshape(count, side, side, 1)
probabilities = predict(images=tf.constant(data))["probabilities"].numpy()
sys.stdout.buffer.write(probabilities.astype(np.float32).tobytes())
