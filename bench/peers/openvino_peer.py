"""OpenVINO on the network that this project exports."""

import openvino

from exported import export, images, parameters
from serve import CORES, serve

PRECISIONS = {"float32": openvino.Type.f32, "bfloat16": openvino.Type.bf16}


def prepare(task):
    data = export(task["model"])
    core = openvino.Core()
    model = core.read_model(data)
    model.reshape([task["batch"], *task["model"]["inputShape"]])
    wanted = PRECISIONS[task["precision"]]
    settings = {"PERFORMANCE_HINT": "LATENCY", "INFERENCE_NUM_THREADS": CORES, "INFERENCE_PRECISION_HINT": wanted}
    compiled = core.compile_model(model, "CPU", settings)
    # Where the processor has no bfloat16, the hint is ignored.
    used = compiled.get_property("INFERENCE_PRECISION_HINT")
    if used != wanted:
        raise RuntimeError(f"{task['precision']} is not to be had: OpenVINO computes in {used.get_type_name()}")
    batch = images(task)
    request = compiled.create_infer_request()
    return lambda: request.infer([batch]), parameters(data)


serve(prepare, f"openvino {openvino.__version__}, {CORES} threads, one request that uses all of them")
