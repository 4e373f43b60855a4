"""ONNX Runtime on the network that this project exports."""

import onnxruntime

from exported import export, images, parameters
from serve import CORES, serve


def prepare(task):
    data = export(task["model"])
    height, width, _ = task["model"]["inputShape"]
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = CORES
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
    for name, size in {"batch": task["batch"], "height": height, "width": width}.items():
        options.add_free_dimension_override_by_name(name, size)
    session = onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])
    batch = {"images": images(task)}
    return lambda: session.run(["probabilities"], batch), parameters(data)


serve(prepare, f"onnxruntime {onnxruntime.__version__}, {CORES} threads, shapes fixed")
