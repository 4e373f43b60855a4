"""How long a kernel has worked, without the time in which other programs held the processors."""

import os
import time

import psutil

# However busy the machine is: a limit of 2 minutes is one of 4 at the most.
LONGEST = 2


class OwnTime:
    """Measures from its making on, for a process and all that it started."""

    def __init__(self, pid):
        self.pid = pid
        self.started = time.monotonic()
        self.worked, self.waited = usage(pid)

    def seconds(self):
        """The time that has passed, less that in which its threads stood in line for a processor.

        Threads of its own, too, hold processors and stand in line: so it is no less than what it used of all processors.
        """
        passed = time.monotonic() - self.started
        worked, waited = usage(self.pid)
        used = (worked - self.worked) / len(os.sched_getaffinity(0))
        return min(passed, max(passed - max(0, waited - self.waited), used, passed / LONGEST))


def usage(pid):
    """Seconds that a process and all that it started have used of processors, and waited for one (proc(5), schedstat)."""
    worked, waited = 0.0, 0.0
    for process in tree(pid):
        try:
            worked += sum(process.cpu_times()[:2])
            for thread in os.listdir(f"/proc/{process.pid}/task"):
                with open(f"/proc/{process.pid}/task/{thread}/schedstat", encoding="ascii") as file:
                    waited += int(file.read().split()[1]) / 1e9
        except (psutil.Error, OSError):
            continue
    return worked, waited


def tree(pid):
    try:
        process = psutil.Process(pid or -1)
        return [process, *process.children(recursive=True)]
    except (psutil.Error, ValueError):
        return []
