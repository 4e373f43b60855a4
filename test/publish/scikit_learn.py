"""Metrics of a predictions CSV (row, label, seven probabilities) by scikit-learn, as JSON on stdout."""

import csv
import json
import math
import sys

from sklearn import metrics

with open(sys.argv[1], newline="") as file:
    # Before the header stands a line of origin, but not in files of the first form.
    rows = list(csv.reader(line for line in file if not line.startswith("#")))[1:]
labels = [int(row[1]) for row in rows]
probabilities = [[float(cell) for cell in row[2:]] for row in rows]
predicted = [max(range(7), key=row.__getitem__) for row in probabilities]
precision, recall, f1, support = metrics.precision_recall_fscore_support(
    labels, predicted, labels=range(7), zero_division=0
)
normal = [[cell / sum(row) for cell in row] for row in probabilities]
# A true class without any probability, as a forest may give, counts as the smallest normal float32; scikit-learn lifts it
# to the step of float64 at 1.
zeros = sum(row[label] == 0 for label, row in zip(labels, normal))
lifted = zeros * (math.log(sys.float_info.epsilon) - math.log(2**-126)) / len(labels)
print(json.dumps({
    "accuracy": metrics.accuracy_score(labels, predicted),
    "confusion": metrics.confusion_matrix(labels, predicted, labels=range(7)).tolist(),
    "precision": list(precision),
    "recall": list(recall),
    "f1": list(f1),
    "support": [int(count) for count in support],
    "macroF1": metrics.f1_score(labels, predicted, labels=range(7), average="macro", zero_division=0),
    "weightedF1": metrics.f1_score(labels, predicted, labels=range(7), average="weighted", zero_division=0),
    "logLoss": metrics.log_loss(labels, normal, labels=range(7)) + lifted,
}))
