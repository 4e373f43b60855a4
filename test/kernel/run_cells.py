"""Runs cells through a kernel and prints every message about them as a line of JSON.

stdin: {"kernel": argv of the kernel, "cwd": folder, "cells": [...], "stopOnError": bool, "silent": bool,
        "interruptOn": text or null, "request": type of a request to send before the cells, or null}

The kernel is interrupted when it prints the text of interruptOn. Cell -1 is the request; the last line is the shutdown.
"""

import json
import subprocess
import sys
import time

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import KernelManager

job = json.load(sys.stdin)


def tell(cell, kind, content):
    print(json.dumps({"cell": cell, "type": kind, "content": content}), flush=True)


def send_request(client):
    message = client.session.msg(job["request"], {})
    client.shell_channel.send(message)
    return message["header"]["msg_id"]


def follow(manager, client, cells):
    """Tells what comes until every cell has gone idle and is answered, or time is up."""
    busy, unanswered = set(cells), set(cells)
    deadline = time.monotonic() + job.get("timeout", 180)
    while (busy or unanswered) and time.monotonic() < deadline:
        for channel in (client.iopub_channel, client.shell_channel):
            while channel.msg_ready():
                message = channel.get_msg(timeout=1)
                parent, kind, content = message["parent_header"].get("msg_id"), message["msg_type"], message["content"]
                if parent not in cells:
                    continue
                tell(cells[parent], kind, content)
                if job.get("interruptOn") and job["interruptOn"] in str(content.get("text")):
                    manager.interrupt_kernel()
                if kind == "status" and content["execution_state"] == "idle":
                    busy.discard(parent)
                if kind.endswith("_reply"):
                    unanswered.discard(parent)
        time.sleep(0.005)


def main():
    manager = KernelManager()
    manager._kernel_spec = KernelSpec(argv=job["kernel"], interrupt_mode="signal", env={})
    manager.start_kernel(cwd=job["cwd"], stdout=subprocess.DEVNULL)
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(timeout=180)
    tell(-1, "started", {"pid": manager.provisioner.pid})
    try:
        options = {"stop_on_error": job["stopOnError"], "silent": job.get("silent", False)}
        cells = {send_request(client): -1} if job.get("request") else {}
        cells.update({client.execute(cell, **options): index for index, cell in enumerate(job["cells"])})
        follow(manager, client, cells)
    finally:
        client.stop_channels()
        started = time.monotonic()
        manager.shutdown_kernel(now=False)
        tell(-1, "shutdown", {"seconds": time.monotonic() - started})


main()
