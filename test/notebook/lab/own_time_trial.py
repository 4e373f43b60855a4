"""Prints the share of the time that counts, of a process that has to itself what it needs, and of one that shares:

python own_time_trial.py PROJECT
"""

import os
import subprocess
import sys
import time

sys.path.insert(0, f"{sys.argv[1]}/labs/grading")

from own_time import OwnTime  # noqa: E402

SECONDS = 4
CORE = str(min(os.sched_getaffinity(0)))


def start(code):
    return subprocess.Popen(["taskset", "-c", CORE, sys.executable, "-c", code])


def share(code, others):
    processes = [start(code), *[start("while True: pass") for _ in range(others)]]
    time.sleep(0.5)
    own, started = OwnTime(processes[0].pid), time.monotonic()
    time.sleep(SECONDS)
    counted, passed = own.seconds(), time.monotonic() - started
    for process in processes:
        process.kill()
        process.wait()
    return counted / passed


sleeping = share("import time; time.sleep(60)", 0)
shared = share("while True: pass", 3)
crowded = share("while True: pass", 20)
gone = OwnTime(None).seconds()
print(f"{sleeping:.2f} {shared:.2f} {crowded:.2f} {gone:.0f}")
