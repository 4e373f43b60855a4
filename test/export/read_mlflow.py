"""Prints what MLflow's own client reads of the runs of an experiment, as JSON."""

import json
import sys

from mlflow.tracking import MlflowClient


def read(client, run):
    run_id = run.info.run_id
    metrics = {key: [(m.step, m.value) for m in client.get_metric_history(run_id, key)] for key in run.data.metrics}
    artifacts = sorted(file.path for file in client.list_artifacts(run_id))
    return {
        "name": run.info.run_name,
        "status": run.info.status,
        "parameters": run.data.params,
        "tags": run.data.tags,
        "metrics": metrics,
        "artifacts": artifacts,
    }


client = MlflowClient(sys.argv[1])
experiment = client.get_experiment_by_name(sys.argv[2])
print(json.dumps([read(client, run) for run in client.search_runs([experiment.experiment_id])]))
