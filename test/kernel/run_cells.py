"""Runs cells through a kernel and prints every message about them as a line of JSON.

stdin: {"kernel": argv of the kernel, "cells": [...], "stopOnError": bool, "interruptOn": text or null}

The kernel is interrupted when it prints the text of interruptOn.
"""

import json
import subprocess
import sys
import time

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import KernelManager

job = json.load(sys.stdin)
manager = KernelManager()
manager._kernel_spec = KernelSpec(argv=job["kernel"], interrupt_mode="signal", env={})
manager.start_kernel(cwd=job["cwd"], stdout=subprocess.DEVNULL)
client = manager.client()
client.start_channels()
client.wait_for_ready(timeout=60)
try:
    ids = [client.execute(cell, stop_on_error=job["stopOnError"]) for cell in job["cells"]]
    waiting, deadline = set(ids), time.monotonic() + job.get("timeout", 30)
    while waiting and time.monotonic() < deadline:
        try:
            message = client.get_iopub_msg(timeout=1)
        except Exception:
            continue
        parent = message["parent_header"].get("msg_id")
        if parent not in ids:
            continue
        content = message["content"]
        print(json.dumps({"cell": ids.index(parent), "type": message["msg_type"], "content": content}))
        if job.get("interruptOn") and job["interruptOn"] in str(content.get("text")):
            manager.interrupt_kernel()
        if message["msg_type"] == "status" and content["execution_state"] == "idle":
            waiting.discard(parent)
    answered = len(ids) - len(waiting)
    while answered > 0:
        reply = client.get_shell_msg(timeout=5)
        parent = reply["parent_header"].get("msg_id")
        if parent in ids:
            answered -= 1
            print(json.dumps({"cell": ids.index(parent), "type": "execute_reply", "content": reply["content"]}))
finally:
    client.stop_channels()
    manager.shutdown_kernel(now=True)
