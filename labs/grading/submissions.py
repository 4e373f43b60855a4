"""What lies in a submission's folder besides the notebook that nbgrader looks for; see nbgrader_config.py."""

import glob
import json
import os
import shutil
import stat

from dateutil.parser import parse
from nbgrader.converters import autograde, base
from nbgrader.utils import find_all_files

# Other files that are kept with a submission, and the size of each in bytes.
MOST_FILES, LARGEST_FILE = 100, 1_000_000


def tame():
    """Lets nbgrader find a notebook in every folder that was handed in, and copy nothing but ordinary files."""
    search = autograde.Autograde.init_notebooks

    def init_notebooks(self):
        for folder in glob.glob(self._format_source(self.coursedir.assignment_id, self.coursedir.student_id)):
            if os.path.isdir(folder):
                complete(folder, released_notebooks(self.coursedir))
        search(self)

    autograde.Autograde.init_notebooks = init_notebooks
    base.find_all_files = ordinary_files


def released_notebooks(coursedir):
    folder = coursedir.format_path(coursedir.release_directory, ".", coursedir.assignment_id)
    return sorted(os.path.basename(path) for path in glob.glob(os.path.join(glob.escape(folder), "*.ipynb")))


def complete(folder, names):
    """Puts a notebook where one is missing: the only one that was handed in under another name, or an empty one that says so."""
    others = sorted(name for name in os.listdir(folder) if name.endswith(".ipynb") and name not in names)
    for name in names:
        path = os.path.join(folder, name)
        if os.path.lexists(path):
            continue
        if len(names) == 1 and len(others) == 1 and is_ordinary(os.path.join(folder, others[0]), None):
            shutil.copyfile(os.path.join(folder, others[0]), path)
        else:
            write_missing(path, others)
    set_aside_timestamp(os.path.join(folder, "timestamp.txt"))


def write_missing(path, others):
    found = f"; there are {len(others)} notebooks with other names" if others else ""
    reason = f"no notebook of this name was handed in{found}"
    with open(path, "w", encoding="utf-8") as file:
        json.dump({"cells": [], "metadata": {"ferlab": {"unreadable": reason}}, "nbformat": 4, "nbformat_minor": 5}, file)


def set_aside_timestamp(path):
    """nbgrader fails at a time of submission that it can't read."""
    if not os.path.lexists(path):
        return
    try:
        if not is_ordinary(path, 1000):
            raise ValueError(path)
        with open(path, encoding="utf-8") as file:
            parse(file.read().strip())
    except (ValueError, OverflowError):
        os.replace(path, f"{path}.unreadable")


def is_ordinary(path, largest):
    """Whether it is a file: no link to another's, no pipe that never ends."""
    found = os.lstat(path)
    return stat.S_ISREG(found.st_mode) and (largest is None or found.st_size <= largest)


def ordinary_files(path, exclude=None):
    found = [name for name in find_all_files(path, exclude) if is_ordinary(name, LARGEST_FILE)]
    return found[:MOST_FILES]
