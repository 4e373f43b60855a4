"""Classifiers by scikit-learn: reads {"x", "y", "test", "costs", "trees"}, prints planes by cost and predicted classes."""

import json
import sys

import numpy as np
from sklearn.ensemble import RandomForestClassifier
from sklearn.neighbors import NearestCentroid
from sklearn.svm import LinearSVC

given = json.load(sys.stdin)
x, y, test = (np.array(given[key]) for key in ("x", "y", "test"))
planes = {}
for cost in given["costs"]:
    machine = LinearSVC(C=cost, tol=1e-9, max_iter=1_000_000).fit(x, y)
    planes[str(cost)] = np.column_stack([machine.coef_, machine.intercept_]).tolist()
forest = RandomForestClassifier(given["trees"], min_samples_leaf=given["leafImages"], random_state=0)
json.dump(
    {
        "planes": planes,
        "forest": forest.fit(x, y).predict(test).tolist(),
        "nearestMean": NearestCentroid().fit(x, y).predict(test).tolist(),
    },
    sys.stdout,
)
