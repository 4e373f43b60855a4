"""The kernel in which submissions run, kernel/sandbox.cjs, for Jupyter."""

import atexit
import json
import os
import shutil
import subprocess
import tempfile

from jupyter_client.manager import AsyncKernelManager

KERNEL = "ferlab-grading"

PROJECT = os.path.realpath(os.path.join(os.path.dirname(__file__), "../.."))


def offer_kernel():
    """Writes the kernelspec into a folder that this process alone looks into: nothing is installed."""
    folder = tempfile.mkdtemp(prefix="ferlab-grading-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    spec = os.path.join(folder, "kernels", KERNEL)
    os.makedirs(spec)
    with open(os.path.join(spec, "kernel.json"), "w", encoding="utf-8") as file:
        json.dump(kernelspec(), file)
    os.environ["JUPYTER_PATH"] = os.pathsep.join([folder, *filter(None, [os.environ.get("JUPYTER_PATH")])])


class SandboxKernelManager(AsyncKernelManager):
    """Talks to a kernel through sockets in a folder of its own, the only one that the kernel may write to.

    The file that says where they are lies beside that folder, out of the kernel's reach.
    """

    def __init__(self, **options):
        # Short: the path of a socket has at most 107 characters.
        self.folder = tempfile.mkdtemp(prefix="ferlab-kernel-")
        os.mkdir(os.path.join(self.folder, "sockets"))
        place = {
            "transport": "ipc",
            "connection_file": os.path.join(self.folder, "kernel.json"),
            "ip": os.path.join(self.folder, "sockets", "kernel"),
        }
        super().__init__(**options, **place)
        self.kernel_name = KERNEL

    def cleanup_resources(self, restart=False):
        super().cleanup_resources(restart=restart)
        if not restart:
            shutil.rmtree(self.folder, ignore_errors=True)


def demand():
    """Fails where there is no sandbox: nothing is graded with the grader's own rights instead."""
    trial = ["bwrap", "--ro-bind", "/", "/", "--unshare-all", "--dev", "/dev", "true"]
    try:
        subprocess.run(trial, check=True, capture_output=True, text=True)
    except FileNotFoundError:
        raise SystemExit("submissions run in a sandbox, and there is none: install bubblewrap (apt install bubblewrap)")
    except subprocess.CalledProcessError as error:
        raise SystemExit(f"submissions run in a sandbox, and none can be made here: {error.stderr.strip()}")


def kernelspec():
    node = os.environ.get("FERLAB_NODE") or shutil.which("node") or "node"
    return {
        "argv": [node, os.path.join(PROJECT, "kernel", "sandbox.cjs"), "--config-path", "{connection_file}"],
        "display_name": "TypeScript (ferlab), in a sandbox",
        "language": "typescript",
        "interrupt_mode": "signal",
    }
