"""Prints how many servers start at a time, and how many started:  python turns.py PROJECT"""

import asyncio
import socket
import sys
from types import SimpleNamespace

from jupyterhub.spawner import SimpleLocalProcessSpawner

project = sys.argv[1]
sys.path.insert(0, f"{project}/labs/hub")

from sandbox_spawner import SandboxSpawner  # noqa: E402

STUDENTS = 12
starting, listeners, most = set(), [], 0


class Spawner(SandboxSpawner):
    """One whose process answers after a while; that of every fourth student dies before."""

    async def poll(self):
        return 1 if int(self.user.name) % 4 == 0 else None


async def start(self):
    """Stands for the start of a process, which listens at its port after a while."""
    global most
    starting.add(self.user.name)
    most = max(most, len(starting))
    listener = socket.socket()
    listeners.append(listener)
    listener.bind(("127.0.0.1", 0))

    def ready():
        starting.discard(self.user.name)
        listener.listen()

    if await self.poll() is None:
        asyncio.get_running_loop().call_later(0.3, ready)
    else:
        starting.discard(self.user.name)
    return listener.getsockname()


async def main():
    SimpleLocalProcessSpawner.start = start
    spawners = [
        Spawner(user=SimpleNamespace(name=str(i), url="", settings={}), project=project, state="/tmp/none", at_a_time=3)
        for i in range(STUDENTS)
    ]
    tasks = [asyncio.ensure_future(spawner.start()) for spawner in spawners]
    await asyncio.sleep(0)
    told = [event["message"] async for event in spawners[-1].progress()]
    started = await asyncio.gather(*tasks)
    print(f"at a time: {most}; started: {len(started)}; told: {' '.join(told)}")


asyncio.run(main())
