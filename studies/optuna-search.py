"""Lets Optuna choose the settings of a study that is a search, from the project's folder:

    pip install optuna==5.0.0
    python studies/optuna-search.py studies/sample-search.json --trials 20 --sample

Flags that it does not know go to `ferlab study`. Trials are kept beside the runs: the same command goes on, with the trial in
progress first, until there are that many.
"""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

import optuna
from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution
from optuna.storages.journal import JournalFileBackend
from optuna.trial import TrialState

FERLAB = ["node", "dist/cli/main.js"]


def distribution_of(values):
    """Optuna's word for a list of values or for a range."""
    if isinstance(values, list):
        return CategoricalDistribution(values)
    kind = IntDistribution if values.get("whole") else FloatDistribution
    return kind(values["from"], values["to"], log=values["scale"] == "log")


def open_search(name):
    """The trials of a study, kept in a file beside its runs."""
    folder = Path(os.environ.get("FERLAB_RUNS", "runs")) / name
    folder.mkdir(parents=True, exist_ok=True)
    storage = optuna.storages.JournalStorage(JournalFileBackend(str(folder / "optuna.journal")))
    search = optuna.create_study(study_name=name, storage=storage, direction="maximize", load_if_exists=True)
    # Reproducible, and after a stop not the numbers of the first trials again.
    search.sampler = optuna.samplers.TPESampler(seed=len(search.trials))
    return search


def trials_of(search, space, count):
    """Number and setting of each trial that is left: first those that were stopped, then those that Optuna asks for."""
    for trial in search.get_trials(states=[TrialState.RUNNING]):
        yield trial.number, trial.params
    while len(search.trials) < count:
        trial = search.ask(space)
        yield trial.number, trial.params


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("study", type=Path)
    parser.add_argument("--trials", type=int, default=20)
    options, flags = parser.parse_known_args()
    values = json.loads(options.study.read_text())["sweep"]["search"]["values"]
    space = {field: distribution_of(of) for field, of in values.items()}
    search = open_search(options.study.stem)
    command = [*FERLAB, "study", str(options.study), "--settings", *flags]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as ferlab:
        for number, setting in trials_of(search, space, options.trials):
            print(json.dumps(setting), file=ferlab.stdin, flush=True)
            line = ferlab.stdout.readline()
            if not line:
                sys.exit(ferlab.wait())
            answer = json.loads(line)
            if "error" in answer:
                search.tell(number, state=TrialState.FAIL)
            else:
                search.tell(number, answer["accuracy"])
            print(line.strip(), flush=True)
        ferlab.stdin.close()
    print(json.dumps({"best": search.best_params, "accuracy": search.best_value}))


main()
