"""The networks of the benchmark as this project exports them, for engines that predict and don't train."""

import json
import subprocess
from pathlib import Path

import numpy
import onnx

HERE = Path(__file__).parent


def export(model):
    """ONNX bytes of a definition, with fresh weights."""
    command = ["node", "--import", "tsx", str(HERE / "write-onnx.ts")]
    return subprocess.run(command, input=json.dumps(model).encode(), stdout=subprocess.PIPE, check=True).stdout


def parameters(data):
    """How many weights of an ONNX file training changes: all but the running statistics and the shapes."""
    graph = onnx.load_from_string(data).graph
    statistics = {name for node in graph.node if node.op_type == "BatchNormalization" for name in node.input[3:5]}
    return sum(
        int(numpy.prod(tensor.dims))
        for tensor in graph.initializer
        if tensor.data_type == onnx.TensorProto.FLOAT and tensor.name not in statistics
    )


def images(task):
    return numpy.random.rand(task["batch"], *task["model"]["inputShape"]).astype("float32")
