"""
Trains a network with Keras: a second implementation of what the engine computes. A job comes as JSON on stdin, the
outcome goes to stdout: logits before the first step, the loss of each step, the last weights and their averages.
Layers and weights have the engine's names, with "." for "/".
"""

import json
import os
import sys

os.environ["KERAS_BACKEND"] = "tensorflow"

import keras
import numpy as np
import tensorflow as tf
from keras import layers

WEIGHTS = {
    "Conv2D": ["filter", "bias"],
    "Dense": ["kernel", "bias"],
    "LSTM": ["kernel", "recurrent", "bias"],
    "BatchNormalization": ["scale", "offset", "running-mean", "running-variance"],
}


def apply_all(definitions, x, prefix):
    counts = {}
    for definition in definitions:
        kind = definition["kind"]
        counts[kind] = counts.get(kind, 0) + 1
        x = apply(definition, x, f"{prefix}{kind}-{counts[kind]}")
    return x


def apply(layer, x, name):
    kind = layer["kind"]
    if kind == "convolution":
        return layers.Conv2D(
            layer["filters"],
            layer["kernelSize"],
            strides=layer.get("stride", 1),
            padding="same",
            use_bias=layer.get("bias", True),
            name=name,
        )(x)
    if kind == "batchNorm":
        return layers.BatchNormalization(momentum=0.9, epsilon=1e-3, name=name)(x)
    if kind == "relu":
        return layers.ReLU(name=name)(x)
    if kind == "maxPool":
        return layers.MaxPooling2D(layer["size"], name=name)(x)
    if kind == "flatten":
        return layers.Flatten(name=name)(x)
    if kind == "dense":
        return layers.Dense(layer["units"], use_bias=layer.get("bias", True), name=name)(x)
    if kind == "globalPool":
        assert layer["statistic"] == "meanAndMax"
        parts = [layers.GlobalAveragePooling2D()(x), layers.GlobalMaxPooling2D()(x)]
        return layers.Concatenate(name=name)(parts)
    if kind == "squeezeExcite":
        return squeeze_excite(layer, x, name)
    if kind == "rowLstm":
        height, width, channels = x.shape[1:]
        rows = layers.Reshape((height, width * channels))(x)
        return layers.LSTM(layer["units"], name=name)(rows)
    if kind == "residual":
        return residual(layer, x, name)
    raise ValueError(kind)


def squeeze_excite(layer, x, name):
    channels = x.shape[-1]
    reduced = -(-channels // layer.get("reduction", 16))
    means = layers.GlobalAveragePooling2D(keepdims=True)(x)
    hidden = layers.Dense(reduced, activation="relu", name=f"{name}.reduce")(means)
    scale = layers.Dense(channels, activation="sigmoid", name=f"{name}.expand")(hidden)
    return layers.Multiply(name=name)([x, scale])


def residual(layer, x, name):
    inner = apply_all(layer["layers"], x, f"{name}.")
    if x.shape[-1] != inner.shape[-1]:
        convolved = layers.Conv2D(inner.shape[-1], 1, use_bias=False, name=f"{name}.shortcut.convolution-1")(x)
        x = layers.BatchNormalization(momentum=0.9, epsilon=1e-3, name=f"{name}.shortcut.batchNorm-1")(convolved)
    return layers.Add(name=name)([x, inner])


def variables_of(model):
    return {
        f"{layer.name.replace('.', '/')}/{part}": variable
        for layer in model.layers
        for part, variable in zip(WEIGHTS.get(type(layer).__name__, []), layer.weights)
    }


def build_optimizer(definition, variables):
    if definition["kind"] == "sgd":
        return keras.optimizers.SGD(momentum=float(definition["momentum"]), nesterov=definition["nesterov"])
    optimizer = keras.optimizers.AdamW(
        weight_decay=definition["weightDecay"],
        beta_1=definition["beta1"],
        beta_2=definition["beta2"],
        epsilon=definition["epsilon"],
    )
    optimizer.exclude_from_weight_decay(var_list=[v for v in variables if len(v.shape) < 2])
    return optimizer


def targets_of(step, classes, smoothing):
    targets = np.eye(classes, dtype=np.float32)[step["labels"]]
    if "taught" in step:
        # A teacher's share is not smoothed.
        targets = (1 - smoothing) * targets + smoothing / classes
        taught = np.array(step["taught"]["probabilities"], np.float32).reshape(targets.shape)
        targets = (1 - step["taught"]["share"]) * targets + step["taught"]["share"] * taught
    if "mixed" in step:
        shares = np.array(step["mixed"]["shares"], np.float32)[:, None]
        targets = shares * targets + (1 - shares) * targets[step["mixed"]["partners"]]
    return targets


def train(job):
    definition = job["definition"]
    inputs = keras.Input(definition["inputShape"])
    model = keras.Model(inputs, apply_all(definition["layers"], inputs, ""))
    variables = variables_of(model)
    assert set(variables) == {weight["name"] for weight in job["weights"]}
    for weight in job["weights"]:
        variable = variables[weight["name"]]
        variable.assign(np.array(weight["values"], np.float32).reshape(weight["shape"]))
    images = lambda step: np.array(step["images"], np.float32).reshape(-1, *definition["inputShape"])
    logits = model(images(job["steps"][0]), training=False).numpy()
    trainable = model.trainable_variables
    optimizer = build_optimizer(job["optimizer"], trainable)
    optimizer.build(trainable)
    smoothing = job["labelSmoothing"]
    decay = job["optimizer"]["weightDecay"] if job["optimizer"]["kind"] == "sgd" else 0
    averages = {name: variable.numpy().astype(np.float64) for name, variable in variables.items()}
    losses = []
    for i, step in enumerate(job["steps"]):
        weights = np.array(job["classWeights"], np.float32)[step["labels"]]
        with tf.GradientTape() as tape:
            targets = targets_of(step, definition["classes"], smoothing)
            loss_of = keras.losses.CategoricalCrossentropy(
                from_logits=True,
                label_smoothing=0 if "taught" in step else smoothing,
                reduction="mean_with_sample_weight",
            )
            loss = loss_of(targets, model(images(step), training=True), weights)
        gradients = tape.gradient(loss, [v.value for v in trainable])
        gradients = [g + decay * v.value if len(v.shape) > 1 else g for g, v in zip(gradients, trainable)]
        optimizer.learning_rate = step["learningRate"]
        optimizer.apply(gradients, trainable)
        losses.append(float(loss))
        held = min(job["averageDecay"], (1 + i) / (10 + i))
        for name, variable in variables.items():
            averages[name] = held * averages[name] + (1 - held) * variable.numpy()
    flat = lambda values: {name: np.asarray(value, np.float64).ravel().tolist() for name, value in values.items()}
    return {
        "logits": logits.ravel().tolist(),
        "losses": losses,
        "weights": flat({name: variable.numpy() for name, variable in variables.items()}),
        "averages": flat(averages),
    }


if __name__ == "__main__":
    print(json.dumps([train(job) for job in json.load(sys.stdin)]))
