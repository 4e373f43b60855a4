"""Moves what students handed in to where `nbgrader collect` looks:  python collect.py FOLDER_OF_THE_HUB

nbgrader takes a student's name from the name of the folder that was handed in. Each student has an inbox of their own, and
only what bears the name of its owner is taken: nobody can hand in for another.
"""

import os
import shutil
import sys


def collect(state):
    """Names of the folders that were moved, and of those that were left."""
    inbound = os.path.join(state, "exchange/ferlab/inbound")
    os.makedirs(inbound, exist_ok=True)
    moved, left = [], []
    for student in sorted(os.listdir(os.path.join(state, "inbox"))):
        for name in sorted(os.listdir(os.path.join(state, "inbox", student))):
            path = os.path.join(state, "inbox", student, name)
            fits = name.startswith(f"{student}+") and os.path.isdir(path) and not os.path.islink(path)
            (moved if fits else left).append(name)
            if fits:
                shutil.move(path, os.path.join(inbound, name))
    return moved, left


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    taken, refused = collect(sys.argv[1])
    for name in taken:
        print(f"collected {name}")
    for name in refused:
        print(f"left {name}: it bears another name than its owner's")
