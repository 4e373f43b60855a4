"""Lets simulated students work on a hub, and measures what they wait for and what they need.

    labs/hub/.venv/bin/python labs/hub/trial.py --url http://127.0.0.1:8000 --students 20 --lab 4-build-and-train

Each one signs up, logs in, starts a server, pulls the labs and runs the solution of one, all at the same time. The hub has to
run on this machine and to let people in as they sign up (FERLAB_HUB_OPEN=1). Prints a line of JSON for each, and a summary.
"""

import argparse
import glob
import json
import os
import re
import threading
import time
import uuid

import requests
import websocket

HERE = os.path.dirname(os.path.realpath(__file__))
# Seconds to wait for an answer: longer than a small machine with many students needs.
PATIENCE = 3600
PASSWORD = "only-for-a-trial-1"
REPOSITORY = "file:///srv/ferlab/labs.git"


class Student:
    def __init__(self, url, name, cells):
        self.url, self.name, self.cells = url, name, cells
        self.session = requests.Session()
        self.measured = {"student": name}

    def run(self):
        try:
            for step in (self.sign_up, self.log_in, self.start_server, self.pull, self.work):
                started = time.monotonic()
                step()
                self.measured[step.__name__] = round(time.monotonic() - started, 1)
            self.measured.update(needs_of(self.name))
        except Exception as error:
            self.measured["failed"] = f"{type(error).__name__}: {str(error)[:300]}"
        print(json.dumps(self.measured), flush=True)

    def post_form(self, path, fields):
        self.session.get(f"{self.url}{path}", timeout=PATIENCE).raise_for_status()
        fields["_xsrf"] = self.session.cookies.get("_xsrf", path="/hub/")
        answer = self.session.post(f"{self.url}{path}", data=fields, timeout=PATIENCE, allow_redirects=False)
        answer.raise_for_status()
        return answer

    def sign_up(self):
        fields = {"username": self.name, "signup_password": PASSWORD, "signup_password_confirmation": PASSWORD}
        self.post_form("/hub/signup", fields)

    def log_in(self):
        self.post_form("/hub/login", {"username": self.name, "password": PASSWORD})
        headers = {"X-XSRFToken": self.session.cookies.get("_xsrf", path="/hub/"), "Referer": f"{self.url}/hub/token"}
        answer = self.session.post(f"{self.url}/hub/api/users/{self.name}/tokens", headers=headers, json={}, timeout=PATIENCE)
        answer.raise_for_status()
        self.token = answer.json()["token"]

    def api(self, method, path, **options):
        headers = {"Authorization": f"token {self.token}"}
        answer = requests.request(method, f"{self.url}{path}", headers=headers, timeout=PATIENCE, **options)
        answer.raise_for_status()
        return answer

    def start_server(self):
        self.api("POST", f"/hub/api/users/{self.name}/server")
        while not self.api("GET", f"/hub/api/users/{self.name}").json()["servers"].get("", {}).get("ready"):
            time.sleep(0.5)

    def pull(self):
        query = {"repo": REPOSITORY, "branch": "main", "targetpath": "labs"}
        text = self.api("GET", f"/user/{self.name}/git-pull/api", params=query).text
        if '"phase": "finished"' not in text:
            raise RuntimeError(f"the labs did not come: {text[-300:]}")

    def work(self):
        started, self.measured["points"] = time.monotonic(), 0
        kernel = self.api("POST", f"/user/{self.name}/api/kernels", json={"name": "ferlab"}).json()["id"]
        address = f"{self.url.replace('http', 'ws', 1)}/user/{self.name}/api/kernels/{kernel}/channels"
        channel = websocket.create_connection(address, timeout=PATIENCE, header=[f"Authorization: token {self.token}"])
        for number, cell in enumerate(self.cells):
            self.measured["points"] += self.execute(channel, cell)
            if number == 0:
                self.measured["first_cell"] = round(time.monotonic() - started, 1)
        channel.close()

    def execute(self, channel, cell):
        """Runs a cell, and returns its points, if it is a check."""
        request = message("execute_request", {"code": "".join(cell["source"]), "silent": False, "stop_on_error": False})
        channel.send(json.dumps(request))
        points, done = 0, set()
        while done != {"idle", "execute_reply"}:
            answer = json.loads(channel.recv())
            if answer["parent_header"].get("msg_id") != request["header"]["msg_id"]:
                continue
            kind, content = answer["msg_type"], answer["content"]
            if kind == "error":
                raise RuntimeError(f"cell {cell['id']}: {content['evalue']}")
            if kind == "execute_result" and cell["metadata"]["nbgrader"].get("points"):
                points = float(content["data"]["text/plain"])
            if kind == "execute_reply":
                done.add("execute_reply")
            if kind == "status" and content["execution_state"] == "idle":
                done.add("idle")
        return points


def message(kind, content):
    header = {"msg_id": uuid.uuid4().hex, "msg_type": kind, "username": "", "session": uuid.uuid4().hex, "version": "5.3"}
    return {"header": header, "parent_header": {}, "metadata": {}, "content": content, "channel": "shell"}


def needs_of(name):
    """What all processes of a student hold and have used: memory, shared pages in equal shares (PSS), and processor time."""
    mark, kilobytes, ticks = f"\0JUPYTERHUB_USER={name}\0".encode(), 0, 0
    for folder in glob.glob("/proc/[0-9]*"):
        try:
            with open(f"{folder}/environ", "rb") as file:
                if mark not in b"\0" + file.read():
                    continue
            with open(f"{folder}/smaps_rollup") as file:
                kilobytes += int(re.search(r"^Pss: +(\d+)", file.read(), re.M).group(1))
            with open(f"{folder}/stat") as file:
                ticks += sum(int(word) for word in file.read().rpartition(")")[2].split()[11:13])
        except OSError:
            continue
    return {"megabytes": round(kilobytes / 1024), "processor": round(ticks / os.sysconf("SC_CLK_TCK"), 1)}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", default="http://127.0.0.1:8000")
    parser.add_argument("--students", type=int, default=20)
    parser.add_argument("--lab", default="4-build-and-train")
    options = parser.parse_args()
    with open(os.path.join(HERE, "../out/solutions", f"{options.lab}.ipynb"), encoding="utf-8") as file:
        cells = [cell for cell in json.load(file)["cells"] if cell["cell_type"] == "code"]
    mark = uuid.uuid4().hex[:4]
    students = [Student(options.url, f"trial-{mark}-{i + 1}", cells) for i in range(options.students)]
    threads = [threading.Thread(target=student.run) for student in students]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(json.dumps(summary([student.measured for student in students])))


def summary(rows):
    def middle(name):
        values = sorted(row[name] for row in rows if name in row)
        return values[len(values) // 2] if values else None

    names = ("start_server", "first_cell", "work", "megabytes", "processor")
    largest = {f"largest_{name}": max((row[name] for row in rows if name in row), default=None) for name in names}
    failed = sum("failed" in row for row in rows)
    return {"students": len(rows), "failed": failed, **{f"median_{name}": middle(name) for name in names}, **largest}


if __name__ == "__main__":
    main()
