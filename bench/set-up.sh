#!/bin/sh
# Installs what is compared with, in an environment of the measurements alone. On Linux the CPU build of torch is enough:
# set PIP_EXTRA_INDEX_URL to PyTorch's CPU index where a plain torch would bring CUDA.
set -eu
cd "$(dirname "$0")"
[ -e .venv/.complete ] && [ .venv/.complete -nt requirements.txt ] && exit 0
python3 -m venv .venv
.venv/bin/pip install --quiet --disable-pip-version-check -r requirements.txt
touch .venv/.complete
