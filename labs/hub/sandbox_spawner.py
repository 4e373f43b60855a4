"""Starts a student's server so that it sees the installation, which it can't change, and the student's own folder."""

import asyncio
import os
import sys
import zlib
from functools import lru_cache

from jupyterhub.spawner import SimpleLocalProcessSpawner
from jupyterhub.utils import can_connect
from traitlets import Bool, Dict, Float, Integer, List, Unicode

SYSTEM = ["/usr", "/bin", "/lib", "/lib64"]

# Of /etc what programs need to start and to find hosts: no passwords, no keys.
SETTINGS = ["ld.so.cache", "alternatives", "fonts", "ssl", "hosts", "resolv.conf", "nsswitch.conf", "localtime", "protocols", "services"]

# A student's number in the sandbox.
UID = "1000"

# What of the project students use. Sources of labs, solutions, schemes, grades, runs and data stay outside.
PROJECT = ["dist", "kernel", "node_modules", "packages", "package.json", "labs/package.json", "claims", "labs/hub/.venv"]


@lru_cache
def turns(at_a_time):
    """What all servers of this hub wait for before they start."""
    return asyncio.Semaphore(at_a_time)


class SandboxSpawner(SimpleLocalProcessSpawner):
    """A server in a sandbox of bubblewrap: a student sees neither others' folders nor their processes.

    Its memory is limited for each process, and its processor time to one core. On a machine with systemd, `systemd`
    limits both for all of a student's processes together.
    """

    project = Unicode(help="Folder of ferlab.").tag(config=True)
    state = Unicode(help="Folder of the hub: homes, handed in work, database.").tag(config=True)
    readable = List(Unicode(), help="Further paths that students can read: data, Python, Node.").tag(config=True)
    places = Dict(help="Further folders that students can read, by the path under which they do.").tag(config=True)
    has_turn = Bool(False, help="Whether this server starts, or has started.")
    memory_gb = Float(2.5, help="Memory that one process of a student may write to.").tag(config=True)
    at_a_time = Integer(5, help="Servers that start at the same time; the others wait for their turn.").tag(config=True)
    systemd = Bool(False, help="Limit memory and processor with systemd-run instead.").tag(config=True)

    def _home_dir_default(self):
        return os.path.join(self.state, "homes", self.user.name)

    @property
    def inbox(self):
        return os.path.join(self.state, "inbox", self.user.name)

    @property
    def passwd(self):
        """The one user that the sandbox knows: nbgrader takes from it who hands in."""
        return os.path.join(self.state, "passwd", self.user.name)

    def make_preexec_fn(self, name):
        for folder in (self.home_dir, self.inbox, os.path.dirname(self.passwd)):
            os.makedirs(folder, mode=0o700, exist_ok=True)
        with open(self.passwd, "w", encoding="utf-8") as file:
            file.write(f"{name}:x:{UID}:{UID}::{self.inner_home}:/bin/sh\n")
        return lambda: None

    def user_env(self, env):
        return {**env, "USER": self.user.name, "LOGNAME": self.user.name, "HOME": self.inner_home, "SHELL": "/bin/sh"}

    @property
    def inner_home(self):
        return f"/home/{self.user.name}"

    async def start(self):
        """Starts the server when it is its turn. JupyterHub's own limit would answer a class that logs in together with an error."""
        self.cmd = [*self.limits(), *self.sandbox(), sys.executable, "-m", "jupyterhub.singleuser"]
        self.has_turn = False
        async with turns(self.at_a_time):
            self.has_turn = True
            ip, port = await super().start()
            while await self.poll() is None and not can_connect(ip, port):
                await asyncio.sleep(0.2)
        return ip, port

    async def progress(self):
        if not self.has_turn:
            yield {"progress": 10, "message": "Other servers start first: yours waits for its turn."}
        while not self.has_turn:
            await asyncio.sleep(0.5)
        yield {"progress": 50, "message": "Your server starts."}

    def limits(self):
        memory = int(self.memory_gb * 1e9)
        if self.systemd:
            limits = ["-p", f"MemoryMax={memory}", "-p", "MemorySwapMax=0", "-p", "CPUQuota=100%", "-p", "TasksMax=300"]
            return ["systemd-run", "--scope", "--quiet", "--collect", *limits]
        cores = sorted(os.sched_getaffinity(0))
        core = cores[zlib.crc32(self.user.name.encode()) % len(cores)]
        return ["taskset", "-c", str(core), "prlimit", f"--data={memory}", "--core=0"]

    def sandbox(self):
        own = [os.path.join(self.project, name) for name in PROJECT]
        words = ["bwrap", "--die-with-parent", "--unshare-user", "--unshare-pid", "--unshare-ipc", "--unshare-uts"]
        words += ["--uid", UID, "--gid", UID, "--proc", "/proc", "--dev", "/dev", "--size", "500000000", "--tmpfs", "/tmp", "--tmpfs", "/dev/shm"]
        settings = [os.path.join("/etc", name) for name in SETTINGS]
        for path in [*SYSTEM, *settings, *self.readable, *own]:
            words += ["--ro-bind-try", os.path.realpath(path), path]
        for inner, path in {"/etc/passwd": self.passwd, **self.places}.items():
            words += ["--ro-bind-try", path, inner]
        # nbgrader's exchange: the teacher's releases, and an inbox that only this student can see.
        exchange = "/srv/ferlab/exchange/ferlab"
        words += ["--ro-bind-try", os.path.join(self.state, "exchange/ferlab/outbound"), f"{exchange}/outbound"]
        words += ["--bind", self.inbox, f"{exchange}/inbound", "--bind", self.home_dir, self.inner_home]
        return [*words, "--dir", os.path.join(self.project, "notebooks"), "--chdir", self.inner_home]
