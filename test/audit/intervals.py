"""Clopper and Pearson's intervals by scipy: [count, n, tail] from standard input, both as JSON."""

import json
import sys

from scipy.stats import beta

answers = []
for count, n, tail in json.load(sys.stdin):
    low = 0 if count == 0 else beta.ppf(tail, count, n - count + 1)
    high = 1 if count == n else beta.ppf(1 - tail, count + 1, n - count)
    answers.append([low, high])
print(json.dumps(answers))
