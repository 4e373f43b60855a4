"""McNemar's test by scipy: [b, c] from standard input, p of the exact, the plain and the corrected test, as JSON."""

import json
import sys

from scipy.stats import binomtest, chi2

answers = []
for b, c in json.load(sys.stdin):
    exact = binomtest(b, b + c, 0.5).pvalue
    plain = chi2.sf((b - c) ** 2 / (b + c), 1)
    corrected = chi2.sf((abs(b - c) - 1) ** 2 / (b + c), 1)
    answers.append([exact, plain, corrected])
print(json.dumps(answers))
