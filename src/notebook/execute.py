"""Executes one notebook in place and reports every step as a line of JSON on stdout.

    python execute.py NOTEBOOK --cwd FOLDER [--timeout SECONDS] [--allow-errors]

nbclient alone writes nothing when a cell fails or the kernel dies. Here the notebook is saved, beside and then renamed,
when a cell ends, every few seconds while one runs, and at the end whatever happened. The end of stdin is the request to
stop, so that nothing goes on when the caller is gone: the running cell is interrupted, gets time to write its
checkpoint, and the kernel is shut down.
"""

import argparse
import asyncio
import json
import os
import subprocess
import sys
import time

import nbformat
from jupyter_client.kernelspec import NoSuchKernel
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

SAVE_EVERY_SECONDS = 5
# A training cell writes its checkpoint on an interrupt; a cell that hangs is not waited for longer than this.
INTERRUPT_GRACE_SECONDS = 30
# The kernel misses an interrupt that comes while it compiles a cell, so it is told again.
INTERRUPT_AGAIN_SECONDS = 3


def report(event, **fields):
    sys.stdout.write(json.dumps({"event": event, **fields}) + "\n")
    sys.stdout.flush()


def save(notebook, path):
    beside = f"{path}.{os.getpid()}.tmp"
    with open(beside, "w", encoding="utf-8") as file:
        nbformat.write(notebook, file)
    os.replace(beside, path)


class ReportingClient(NotebookClient):
    """An nbclient that saves as it goes and tells what the running cell prints."""

    def __init__(self, notebook, path, **options):
        super().__init__(notebook, **options)
        self.path = path
        self.saved_at = time.monotonic()
        self.on_cell_start = self.cell_started
        self.on_cell_executed = self.cell_executed
        self.code_cells = [i for i, cell in enumerate(notebook.cells) if cell.cell_type == "code" and cell.source.strip()]

    def cell_started(self, cell, cell_index):
        if cell_index in self.code_cells:
            self.cell_number = self.code_cells.index(cell_index) + 1
            self.started_at = time.monotonic()
            report("cell-start", cell=self.cell_number, cells=len(self.code_cells), id=cell.get("id", ""))

    def cell_executed(self, cell, cell_index, execute_reply):
        report("cell-end", cell=self.cell_number, seconds=time.monotonic() - self.started_at)
        self.save_now()

    def save_now(self):
        save(self.nb, self.path)
        self.saved_at = time.monotonic()

    def process_message(self, msg, cell, cell_index):
        content = msg["content"]
        text = content.get("text") if msg["msg_type"] == "stream" else content.get("data", {}).get("text/plain")
        if text and msg["msg_type"] in ("stream", "display_data", "update_display_data"):
            report("output", cell=self.cell_number, text=str(text)[-2000:])
        result = super().process_message(msg, cell, cell_index)
        if time.monotonic() - self.saved_at > SAVE_EVERY_SECONDS:
            self.save_now()
        return result


def failure(error):
    """The JavaScript error: its name, its message, and all that the kernel says about it."""
    return {"name": error.ename, "message": error.evalue, "text": str(error).strip()[-8000:]}


async def run(client, task):
    """The outcome of the task, as the name of an event and its fields."""
    try:
        await task
        return "done", {}
    except CellExecutionError as error:
        return "cell-error", failure(error)
    except CellTimeoutError:
        return "timed-out", {"seconds": client.timeout}
    except DeadKernelError as error:
        return "dead-kernel", {"message": str(error)}
    except NoSuchKernel as error:
        return "no-kernel", {"message": error.name}
    except asyncio.CancelledError:
        return "interrupted", {}
    except OSError as error:
        return "cannot-write", {"message": str(error)}
    except RuntimeError as error:
        return "dead-kernel", {"message": str(error)}


async def interrupt(client, task):
    """Interrupts the running cell; a cell that does not end in time is left behind."""
    deadline = time.monotonic() + INTERRUPT_GRACE_SECONDS
    while not task.done() and time.monotonic() < deadline and client.km is not None and await client.km.is_alive():
        await client.km.interrupt_kernel()
        await asyncio.wait([task], timeout=INTERRUPT_AGAIN_SECONDS)
    task.cancel()


def end_of_stdin():
    """An event that is set when the caller closes stdin, or is gone."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()

    def read():
        if not os.read(sys.stdin.fileno(), 4096):
            loop.remove_reader(sys.stdin.fileno())
            stop.set()

    loop.add_reader(sys.stdin.fileno(), read)
    return stop


async def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("notebook")
    parser.add_argument("--cwd", required=True)
    parser.add_argument("--timeout", type=int, help="seconds that one cell may take")
    parser.add_argument("--allow-errors", action="store_true", help="go on with the next cell after one that fails")
    options = parser.parse_args()

    notebook = nbformat.read(options.notebook, as_version=4)
    client = ReportingClient(
        notebook, options.notebook, timeout=options.timeout, allow_errors=options.allow_errors, resources={"metadata": {"path": options.cwd}}
    )
    stop = end_of_stdin()
    # Our stdout carries the events; what a kernel prints past Jupyter must not get between them.
    task = asyncio.ensure_future(client.async_execute(stdout=subprocess.DEVNULL))
    stopper = asyncio.ensure_future(stop.wait())
    await asyncio.wait([task, stopper], return_when=asyncio.FIRST_COMPLETED)
    if stop.is_set():
        await interrupt(client, task)
    event, fields = await run(client, task)
    stopper.cancel()
    save(notebook, options.notebook)
    if stop.is_set():
        event, fields = "interrupted", {}
    report(event, cell=getattr(client, "cell_number", 0), **fields)
    return 0 if event == "done" else 1


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
