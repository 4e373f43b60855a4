# JupyterHub for a class: see README.md beside this file. `npm run hub` starts it on this machine alone, with the folder of
# its state in FERLAB_HUB and the port in FERLAB_HUB_PORT.
import os
import shutil
import sys

here = os.path.dirname(os.path.realpath(__file__))
project = os.path.realpath(os.path.join(here, "../.."))
state = os.environ["FERLAB_HUB"]
port = int(os.environ.get("FERLAB_HUB_PORT", "8000"))
python = os.path.realpath(os.path.join(project, ".venv"))
sys.path.insert(0, here)

from native_login import ClassAuthenticator  # noqa: E402
from sandbox_spawner import SandboxSpawner  # noqa: E402

c = get_config()  # noqa: F821

# The hub listens on this machine alone. For a class, a web server with a certificate stands before it.
c.JupyterHub.bind_url = f"http://127.0.0.1:{port}"
c.JupyterHub.hub_bind_url = f"http://127.0.0.1:{port + 2}"
c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{port + 1}"
c.ConfigurableHTTPProxy.command = [shutil.which("node") or "node", os.path.join(here, "node_modules/.bin/configurable-http-proxy")]
c.JupyterHub.db_url = f"sqlite:///{state}/jupyterhub.sqlite"
c.JupyterHub.cookie_secret_file = os.path.join(state, "cookie_secret")
c.ConfigurableHTTPProxy.pid_file = os.path.join(state, "proxy.pid")
c.JupyterHub.cleanup_servers = True

# Students sign up with a name and a password; the teacher lets each of them in at /hub/authorize. No e-mail, no other data.
c.JupyterHub.authenticator_class = ClassAuthenticator
c.NativeAuthenticator.open_signup = os.environ.get("FERLAB_HUB_OPEN") == "1"
c.NativeAuthenticator.minimum_password_length = 10
c.NativeAuthenticator.check_common_password = True
c.NativeAuthenticator.allowed_failed_logins = 5
c.NativeAuthenticator.ask_email_on_signup = False
c.Authenticator.allow_all = True
c.Authenticator.admin_users = {os.environ.get("FERLAB_HUB_TEACHER", "teacher")}
c.Authenticator.username_pattern = r"[a-z][a-z0-9-]{1,30}"

# One server for each student, in a sandbox.
c.JupyterHub.spawner_class = SandboxSpawner
c.SandboxSpawner.project = project
c.SandboxSpawner.state = state
c.SandboxSpawner.readable = [os.path.join(project, ".venv"), python, sys.base_prefix, *os.environ.get("FERLAB_HUB_DATA", "").split()]
c.SandboxSpawner.places = {
    "/srv/ferlab/share": os.path.join(state, "share"),
    "/srv/ferlab/labs.git": os.path.join(state, "labs.git"),
}
c.SandboxSpawner.memory_gb = float(os.environ.get("FERLAB_HUB_MEMORY", "2.5"))
c.SandboxSpawner.systemd = os.environ.get("FERLAB_HUB_SYSTEMD") == "1"
c.Spawner.environment = {
    "PATH": f"{here}/.venv/bin:{python}/bin:{os.path.dirname(shutil.which('node') or '/usr/bin/node')}:/usr/bin:/bin",
    # The kernel of this checkout comes first, then Lab's own extensions.
    "JUPYTER_PATH": f"/srv/ferlab/share/jupyter:{python}/share/jupyter",
    "JUPYTER_CONFIG_PATH": f"/srv/ferlab/share/etc:{python}/etc/jupyter",
    "JUPYTERLAB_DIR": f"{python}/share/jupyter/lab",
    "FERLAB_CACHE": "/tmp/ferlab-cache",
    **({"FER2013": os.environ["FERLAB_HUB_DATA"].split()[0]} if os.environ.get("FERLAB_HUB_DATA") else {}),
}
c.Spawner.args = [
    # An idle kernel goes after 30 minutes: it holds most of a student's memory.
    "--MappingKernelManager.cull_idle_timeout=1800",
    "--MappingKernelManager.cull_interval=120",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    *(["--allow-root"] if os.getuid() == 0 else []),
]
# With the time in which a server waits for its turn: a class starts together, and on a small machine that takes minutes.
c.Spawner.start_timeout = 1800
c.Spawner.http_timeout = 300
# Each start brings new labs into the student's folder and leaves the student's changes as they are (nbgitpuller).
c.Spawner.default_url = "/git-pull?repo=file%3A%2F%2F%2Fsrv%2Fferlab%2Flabs.git&branch=main&targetPath=labs&urlpath=lab%2Ftree%2Flabs"
c.SandboxSpawner.at_a_time = 5
# Not the hub's own limit, which turns students away: they wait for their turn.
c.JupyterHub.concurrent_spawn_limit = 0
c.JupyterHub.active_server_limit = int(os.environ.get("FERLAB_HUB_STUDENTS", "0"))

# An idle server goes after an hour. Nothing is lost: notebooks are saved as they are written.
c.JupyterHub.load_roles = [
    {"name": "culler", "scopes": ["list:users", "read:users:activity", "read:servers", "delete:servers"], "services": ["culler"]}
]
c.JupyterHub.services = [
    {"name": "culler", "command": [sys.executable, "-m", "jupyterhub_idle_culler", "--timeout=3600", "--cull-every=300"]}
]
