"""Reads fer2013.csv with pandas or polars into one array of bytes and prints seconds and peak memory."""

import json
import re
import sys
import time
from pathlib import Path

import numpy

library, path = sys.argv[1:]
if library == "pandas":
    import pandas
else:
    import polars

start = time.perf_counter()
if library == "pandas":
    table = pandas.read_csv(path)
    pixels = table["pixels"]
else:
    table = polars.read_csv(path)
    pixels = table["pixels"]
images = numpy.empty((len(pixels), 48 * 48), numpy.uint8)
for row, text in enumerate(pixels):
    images[row] = numpy.fromstring(text, numpy.uint8, sep=" ")
seconds = time.perf_counter() - start
# The system's ru_maxrss starts with the peak of the process that started this one: see proc(5) for VmHWM.
status = Path("/proc/self/status").read_text()
peak = int(re.search(r"VmHWM:\s*(\d+) kB", status)[1]) * 1024 / 1e6
print(json.dumps({"seconds": seconds, "peakMegabytes": peak, "images": len(images)}))
