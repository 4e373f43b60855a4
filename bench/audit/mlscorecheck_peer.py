"""Reads one claim a line (JSON) and prints for each whether mlscorecheck finds it inconsistent.

Every test of mlscorecheck that applies to one evaluation of a multiclass classifier is asked: each class as a binary
problem (recall, precision, F1 and the rates), the micro average (accuracy, error rate) and the macro average (recall and
mean one-vs-rest accuracy; its linear programme takes no precision and no F1). It has no test for weighted means, nor for
kappa, Matthews' correlation and the G-mean of more than two classes.
"""

import json
import logging
import sys
import warnings

from mlscorecheck.check.binary import check_1_testset_no_kfold
from mlscorecheck.check.multiclass import (
    check_1_testset_no_kfold_macro,
    check_1_testset_no_kfold_micro,
)

warnings.simplefilter("ignore")
logging.disable(logging.CRITICAL)


# Rates of a class as mlscorecheck names them, and the beta of F-beta.
RATES = {
    "specificity": ("spec", {}),
    "npv": ("npv", {}),
    "fpr": ("fpr", {}),
    "fnr": ("fnr", {}),
    "jaccard": ("ji", {}),
    "f2": ("fbp", {"beta_positive": 2}),
    "f05": ("fbp", {"beta_positive": 0.5}),
}


def rates_of(claim, name):
    scores = {}
    for rate, table in claim.get("rates", {}).items():
        score, more = RATES[rate]
        scores |= {score: float(table[name]), **more}
    return scores


def inconsistent(claim, eps):
    supports = claim["supports"]
    total = sum(supports.values())
    testset = {index: supports[name] for index, name in enumerate(claim["classes"])}
    for name in claim["classes"]:
        scores = {
            "sens": float(claim["perClass"]["recall"][name]),
            "ppv": float(claim["perClass"]["precision"][name]),
            "f1p": float(claim["perClass"]["f1"][name]),
            **rates_of(claim, name),
        }
        binary = {"p": supports[name], "n": total - supports[name]}
        if check_1_testset_no_kfold(testset=binary, scores=scores, eps=eps)["inconsistency"]:
            return True
    for accuracy in (claim["accuracy"], claim["means"]["weighted"]["recall"]):
        scores = {"sens": float(accuracy)}
        if check_1_testset_no_kfold_micro(testset=testset, scores=scores, eps=eps)["inconsistency"]:
            return True
    if "errorRate" in claim:
        scores = {"err": float(claim["errorRate"])}
        if check_1_testset_no_kfold_micro(testset=testset, scores=scores, eps=eps)["inconsistency"]:
            return True
    recalls = [float(claim["perClass"]["recall"][name]) for name in claim["classes"]]
    # The macro test takes one pair of bounds for all classes. It breaks without an accuracy, by which it means the
    # mean one-vs-rest accuracy: 1 - 2 (1 - accuracy) / K, which follows from the printed accuracy.
    count = len(recalls)
    result = check_1_testset_no_kfold_macro(
        testset=testset,
        scores={
            "sens": float(claim["means"]["macro"]["recall"]),
            "acc": 1 - 2 * (1 - float(claim["accuracy"])) / count,
        },
        eps=eps,
        class_score_bounds={"sens": (max(0.0, min(recalls) - eps), min(1.0, max(recalls) + eps))},
        verbosity=0,
        timeout=2,
    )
    return result["inconsistency"]


for line in sys.stdin:
    case = json.loads(line)
    try:
        print(json.dumps(bool(inconsistent(case["claim"], 0.5 * 10 ** -case["decimals"]))))
    except Exception as error:  # a test that fails detects nothing; say so
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        print("null")
