"""Answers tasks from standard input: a line of JSON in, a line of JSON out (see bench/protocol.ts)."""

import json
import os
import sys
import time

# As many as this process may use.
CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()


def timed(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def serve(prepare, about):
    """`prepare(task)` returns (step, parameters); `step()` trains or predicts one batch and waits for its end;
    `about` tells the library's version and threads."""
    known = {}
    for line in sys.stdin:
        task = json.loads(line)
        try:
            key = json.dumps([task["model"], task["batch"], task["precision"], task["kind"] == "train"])
            if key not in known:
                known[key] = prepare(task)
                for _ in range(2):
                    known[key][0]()
            step, parameters = known[key]
            if task["kind"] == "latency":
                seconds = [timed(step) for _ in range(task["steps"])]
            else:
                step()
                seconds = [timed(lambda: [step() for _ in range(task["steps"])])]
            answer = {"seconds": seconds, "parameters": parameters, "about": about}
        except Exception as error:  # a peer that fails is reported, not fatal
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)
