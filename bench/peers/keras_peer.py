"""Keras 3 on TensorFlow, with train and predict functions as graphs.

Compiled by XLA (jit_compile), training takes more than twice as long.
"""

import os

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "2"

import keras
import numpy
import tensorflow
from keras import layers

from serve import serve


def apply(x, layer):
    kind = layer["kind"]
    if kind == "convolution":
        return layers.Conv2D(layer["filters"], layer["kernelSize"], padding="same", use_bias=layer.get("bias", True))(x)
    if kind == "batchNorm":
        return layers.BatchNormalization()(x)
    if kind == "relu":
        return layers.ReLU()(x)
    if kind == "maxPool":
        return layers.MaxPooling2D(layer["size"])(x)
    if kind == "dropout":
        return layers.Dropout(layer["rate"])(x)
    if kind == "flatten":
        return layers.Flatten()(x)
    if kind == "globalPool":
        return layers.Concatenate()([layers.GlobalAveragePooling2D()(x), layers.GlobalMaxPooling2D()(x)])
    return layers.Dense(layer["units"])(x)


def prepare(task):
    keras.config.set_dtype_policy("mixed_bfloat16" if task["precision"] == "bfloat16" else "float32")
    inputs = keras.Input(task["model"]["inputShape"])
    x = inputs
    for layer in task["model"]["layers"]:
        x = apply(x, layer)
    # The others give probabilities when they predict; in training the softmax belongs to the loss.
    last = "linear" if task["kind"] == "train" else "softmax"
    net = keras.Model(inputs, layers.Activation(last, dtype="float32")(x))
    parameters = int(sum(numpy.prod(w.shape) for w in net.trainable_weights))
    images = numpy.random.rand(task["batch"], *task["model"]["inputShape"]).astype("float32")
    labels = numpy.arange(task["batch"]) % 7
    net.compile(
        optimizer=keras.optimizers.SGD(0.01, momentum=0.9, nesterov=True),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    )
    if task["kind"] == "train":
        return lambda: net.train_on_batch(images, labels), parameters
    return lambda: net.predict_on_batch(images), parameters


serve(prepare, f"keras {keras.__version__}, tensorflow {tensorflow.__version__}, one thread for each core")
