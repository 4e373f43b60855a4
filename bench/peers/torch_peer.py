"""PyTorch; the first argument is the memory format: contiguous or channels_last."""

import sys

import torch
from torch import nn

from serve import CORES, serve

FORMAT = torch.channels_last if sys.argv[1] == "channels_last" else torch.contiguous_format
# As many threads as the process may use cores, as TensorFlow takes by itself.
torch.set_num_threads(CORES)


class MeanAndMax(nn.Module):
    def forward(self, x):
        return torch.cat([x.mean((2, 3)), x.amax((2, 3))], 1)


def build(model):
    height, width, channels = model["inputShape"]
    layers = []
    flat = None
    for layer in model["layers"]:
        kind = layer["kind"]
        if kind == "convolution":
            size = layer["kernelSize"]
            layers.append(nn.Conv2d(channels, layer["filters"], size, padding=size // 2, bias=layer.get("bias", True)))
            channels = layer["filters"]
        elif kind == "batchNorm":
            layers.append(nn.BatchNorm2d(channels))
        elif kind == "relu":
            layers.append(nn.ReLU())
        elif kind == "maxPool":
            layers.append(nn.MaxPool2d(layer["size"]))
            height, width = height // layer["size"], width // layer["size"]
        elif kind == "dropout":
            layers.append(nn.Dropout(layer["rate"]))
        elif kind == "flatten":
            layers.append(nn.Flatten())
            flat = channels * height * width
        elif kind == "globalPool":
            layers.append(MeanAndMax())
            flat = 2 * channels
        elif kind == "dense":
            layers.append(nn.Linear(flat, layer["units"]))
            flat = layer["units"]
    return nn.Sequential(*layers).to(memory_format=FORMAT)


def prepare(task):
    net = build(task["model"])
    parameters = sum(p.numel() for p in net.parameters())
    x = torch.rand(task["batch"], 1, 48, 48).to(memory_format=FORMAT)
    y = torch.arange(task["batch"]) % 7
    autocast = lambda: torch.autocast("cpu", torch.bfloat16, enabled=task["precision"] == "bfloat16")
    if task["kind"] == "train":
        optimizer = torch.optim.SGD(net.parameters(), 0.01, momentum=0.9, nesterov=True)
        loss = nn.CrossEntropyLoss()

        def step():
            optimizer.zero_grad()
            with autocast():
                error = loss(net(x), y)
            error.backward()
            optimizer.step()
            error.item()

        return step, parameters
    # Compiled, prediction is up to a quarter faster and training up to a quarter slower (AVX2).
    predicting = torch.compile(net.eval())

    def infer():
        with torch.inference_mode(), autocast():
            predicting(x).softmax(1).float().numpy()

    return infer, parameters


serve(prepare, f"torch {torch.__version__}, {torch.get_num_threads()} threads, predictions compiled")
