"""Cohen's kappa and Matthews' correlation of confusion matrices by scikit-learn: matrices from standard input, both as JSON."""

import json
import sys

import numpy as np
from sklearn.metrics import cohen_kappa_score, matthews_corrcoef

answers = []
for matrix in json.load(sys.stdin):
    cells = np.array(matrix)
    true, predicted = np.indices(cells.shape).reshape(2, -1)
    counts = cells.reshape(-1)
    truth, answer = np.repeat(true, counts), np.repeat(predicted, counts)
    answers.append({"kappa": cohen_kappa_score(truth, answer), "mcc": matthews_corrcoef(truth, answer)})
print(json.dumps(answers))
