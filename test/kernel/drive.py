"""Starts a kernel, sends it what standard input asks for, and prints what came back.

    python drive.py KERNEL_NAME WORKING_FOLDER < steps.json

Steps, in order: {"code": ..., "stop_on_error": true, "silent": false} sends a cell and does not wait;
{"wait": SECONDS} waits until all cells sent so far have gone idle; {"sleep": SECONDS}; {"interrupt": true};
{"request": "history_request"} sends any other request to the kernel's shell and waits a second for its reply.
Prints a list with one entry for each cell or request: {"reply": content or null, "reply_type": ..., "idle": bool,
"messages": [[type, content], ...]}, and the text of the process's own stderr.
"""

import json
import sys
import tempfile
import time

from jupyter_client.manager import KernelManager


class Driver:
    def __init__(self, name, folder, log):
        self.manager = KernelManager(kernel_name=name)
        self.manager.start_kernel(cwd=folder, stderr=log, stdout=log)
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=60)
        self.entries = {}

    def add(self, msg_id):
        self.entries[msg_id] = {"reply": None, "reply_type": None, "idle": False, "messages": []}

    def receive(self, until):
        """Takes messages in until every entry is done, or until this time."""
        while time.monotonic() < until and not all(e["idle"] and e["reply"] for e in self.entries.values()):
            for channel in (self.client.iopub_channel, self.client.shell_channel):
                while channel.msg_ready():
                    self.take(channel.get_msg(timeout=1))
            time.sleep(0.005)

    def take(self, message):
        entry = self.entries.get(message["parent_header"].get("msg_id"))
        if entry is None:
            return
        kind, content = message["msg_type"], message["content"]
        if kind.endswith("_reply"):
            entry["reply"], entry["reply_type"] = content, kind
        elif kind == "status":
            entry["idle"] = content["execution_state"] == "idle"
        else:
            entry["messages"].append([kind, content])

    def step(self, step):
        if "code" in step:
            options = {"stop_on_error": step.get("stop_on_error", True), "silent": step.get("silent", False)}
            self.add(self.client.execute(step["code"], **options))
        elif "request" in step:
            message = self.client.session.msg(step["request"], {})
            self.client.shell_channel.send(message)
            self.add(message["header"]["msg_id"])
            self.receive(time.monotonic() + 1)
        elif "wait" in step:
            self.receive(time.monotonic() + step["wait"])
        elif "sleep" in step:
            time.sleep(step["sleep"])
        elif "interrupt" in step:
            self.manager.interrupt_kernel()


def main():
    with tempfile.TemporaryFile("w+") as log:
        driver = Driver(sys.argv[1], sys.argv[2], log)
        try:
            for step in json.load(sys.stdin):
                driver.step(step)
            started = time.monotonic()
        finally:
            driver.client.stop_channels()
            driver.manager.shutdown_kernel(now=False)
        log.seek(0)
        result = {"cells": list(driver.entries.values()), "shutdown": time.monotonic() - started, "log": log.read()}
    json.dump(result, sys.stdout)


main()
