"""Prints what a student's sandbox shows:  python look.py PROJECT STATE NAME"""

import subprocess
import sys
from types import SimpleNamespace

project, state, name = sys.argv[1:]
sys.path.insert(0, f"{project}/labs/hub")

from sandbox_spawner import SandboxSpawner  # noqa: E402

spawner = SandboxSpawner(user=SimpleNamespace(name=name, url="", settings={}), project=project, state=state)
spawner.make_preexec_fn(name)
script = f"""
echo homes: $(ls /home); echo inbox: $(ls /srv/ferlab/exchange/ferlab/inbound)
echo processes: $(ls /proc | grep -c '^[0-9]')
echo user: $(id -un)
cat /etc/shadow {project}/labs/*.lab.ts {project}/labs/out/solutions/*.ipynb {state}/jupyterhub.sqlite 2>/dev/null
touch {project}/dist/x 2>/dev/null && echo changed
touch $HOME/mine && echo wrote
"""
words = [*spawner.limits(), *spawner.sandbox(), "--setenv", "HOME", spawner.inner_home, "sh", "-c", script]
print(subprocess.run(words, capture_output=True, text=True, check=False).stdout)
