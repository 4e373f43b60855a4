"""
Grad-CAM by Keras, a second implementation: definition, weights, image and label come as JSON on stdin; logits and the map at
the last ReLU before the pooling go to stdout.
"""

import importlib.util
import json
import sys
from pathlib import Path

path = Path(__file__).parents[1] / "engine/keras_train.py"
spec = importlib.util.spec_from_file_location("keras_train", path)
keras_train = importlib.util.module_from_spec(spec)
spec.loader.exec_module(keras_train)

import keras
import numpy as np
import tensorflow as tf

job = json.load(sys.stdin)
layers = job["definition"]["layers"]
end = next(i for i, layer in enumerate(layers) if layer["kind"] in ("flatten", "globalPool", "rowLstm"))
relus = [layer["kind"] for layer in layers[:end]].count("relu")

images = keras.Input(job["definition"]["inputShape"])
logits = keras_train.apply_all(layers, images, "")
model = keras.Model(images, logits)
variables = keras_train.variables_of(model)
for weight in job["weights"]:
    variables[weight["name"]].assign(np.array(weight["values"], np.float32).reshape(weight["shape"]))
maps = keras.Model(images, [model.get_layer(f"relu-{relus}").output, logits])
x = np.array(job["image"], dtype=np.float32).reshape([1, *job["definition"]["inputShape"]])
with tf.GradientTape() as tape:
    features, scores = maps(x, training=False)
    score = scores[0, job["label"]]
weights = tf.reduce_mean(tape.gradient(score, features), axis=(1, 2), keepdims=True)
cam = tf.nn.relu(tf.reduce_sum(features * weights, axis=3))[0]
json.dump({"logits": scores[0].numpy().tolist(), "map": cam.numpy().ravel().tolist()}, sys.stdout)
