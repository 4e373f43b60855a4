"""The cells of every table and the values of every figure of a report, computed a second time.

Reads {"runs": [...]} on stdin, writes {"tables": {name: rows}, "figures": {name: traces}} on stdout.
Written from the headings of the tables and from the paper's text, not from the code under test.
"""

import json
import statistics
import sys

CLASSES = ["Angry", "Disgust", "Fear", "Happy", "Sad", "Surprise", "Neutral"]
ORDER = ["Happy", "Sad", "Angry", "Fear", "Disgust", "Surprise", "Neutral"]
NAMES = {"Happy": "Happiness", "Sad": "Sadness", "Angry": "Anger"}
# As printed, in the order of the paper's rows, with the last row.
SAMPLES = "6,215 4,850 4,132 3,847 2,500 5,056 6,500".split()
PRINTED = {
    "accuracy": "0.92 0.88 0.85 0.82 0.8 0.9 0.87 0.86".split(),
    "precision": "0.87 0.74 0.7 0.65 0.61 0.82 0.79 0.77".split(),
    "recall": "0.85 0.71 0.68 0.62 0.59 0.8 0.76 0.74".split(),
    "f1": "0.86 0.72 0.69 0.63 0.6 0.81 0.77 0.75".split(),
}
TEXT_RECALL = "0.85 0.72 0.69 0.63 0.60 0.81 0.77".split()
OFFICIAL = [8989, 6077, 4953, 5121, 547, 4002, 6198]
LABELS = [CLASSES.index(name) for name in ORDER]
PAPER_NAMES = [NAMES.get(name, name) for name in ORDER]


def three(value):
    return f"{value:.3f}"


def span(ends):
    return f"{ends[0]:.3f} to {ends[1]:.3f}"


def signed(value):
    text = f"{value:+.3f}"
    return "0.000" if text in ("+0.000", "-0.000") else text.replace("-", "−")


def count(value):
    return f"{value:,}"


def beside(ours, interval, printed):
    return [three(ours), signed(ours - float(printed)), span(interval)]


def per_class(run, metrics, overall, column):
    test = run["test"]
    printed = PRINTED[column]
    rows = []
    for row, label in enumerate(LABELS):
        numbers, intervals = test["metrics"]["perClass"][label], test["intervals"]["perClass"][label]
        cells = [PAPER_NAMES[row], SAMPLES[row], count(numbers["support"]), printed[row]]
        for metric in metrics:
            cells += beside(numbers[metric], intervals[metric], printed[row])
        rows.append(cells)
    for name, values in overall:
        cells = [name, "35,887", count(test["count"]), printed[7]]
        for pair in values:
            cells += beside(*pair, printed[7]) if pair else ["–", "–", "–"]
        rows.append(cells)
    return rows


def twin(run):
    """The run on the test images that have no copy in the training part."""
    tempered = {"test": run["tempered"]["withoutCopies"]}
    return {**run, "test": run["test"]["withoutCopies"], "tempered": tempered}


def with_twins(make, given, twins):
    return {**make(given), **{f"{name}-without-copies": made for name, made in make(twins).items()}}


def tables(runs):
    made = with_twins(test_tables, runs, [twin(run) for run in runs])
    return {**made, **other_tables(runs)}


def test_tables(runs):
    run = runs[0]
    test = run["test"]
    metrics, intervals = test["metrics"], test["intervals"]

    def mean(kind, *keys):
        return [(metrics[kind][key], intervals[kind][key]) for key in keys]

    made = {
        "table-1-accuracy": per_class(
            run,
            ["oneVsRestAccuracy", "recall"],
            [
                ("Overall accuracy", [None, (metrics["accuracy"], intervals["accuracy"])]),
                ("Macro mean", mean("macro", "oneVsRestAccuracy", "recall")),
                ("Weighted mean", mean("weighted", "oneVsRestAccuracy", "recall")),
            ],
            "accuracy",
        )
    }
    for number, metric in ((2, "precision"), (3, "recall"), (4, "f1")):
        overall = [("Overall, macro mean", mean("macro", metric))]
        if metric == "f1":
            of_means = (metrics["macroF1OfMeans"], intervals["macroF1OfMeans"])
            overall.append(("Overall, F1 of macro means", [of_means]))
        overall.append(("Overall, weighted mean", mean("weighted", metric)))
        made[f"table-{number}-{metric}"] = per_class(run, [metric], overall, metric)

    by_label = list(zip(CLASSES, metrics["perClass"], intervals["perClass"]))
    made["confusion-matrix-table"] = [
        [name, *map(str, row), str(one["support"])]
        for (name, one, _), row in zip(by_label, test["confusion"])
    ] + [["All", *(str(one["predicted"]) for _, one, _ in by_label), str(test["count"])]]
    made["by-class"] = [
        [name, count(one["support"])]
        + [cell for key in ("precision", "recall", "f1") for cell in (three(one[key]), span(ends[key]))]
        for name, one, ends in by_label
    ]
    for number, metric in ((1, "accuracy"), (2, "precision"), (3, "recall"), (4, "f1")):
        made[f"table-{number}-{metric}-seeds"] = over_seeds(runs, metric)
    return made


def other_tables(runs):
    run = runs[0]
    test, validation, tempered = run["test"], run["validation"], run["tempered"]
    metrics, intervals = test["metrics"], test["intervals"]
    made = {}
    rest = test["withoutCopies"]

    def measure(name, path):
        values = [metrics, intervals, rest["metrics"], rest["intervals"], validation["metrics"]]
        for key in path:
            values = [value[key] for value in values]
        return [name, *(three(value) if at % 2 == 0 else span(value) for at, value in enumerate(values))]

    summary = [
        measure("Accuracy", ["accuracy"]),
        measure("Macro precision", ["macro", "precision"]),
        measure("Macro recall", ["macro", "recall"]),
        measure("Macro F1 (mean of F1 scores)", ["macro", "f1"]),
        measure("Macro F1 (of mean precision and recall)", ["macroF1OfMeans"]),
        measure("Weighted F1", ["weighted", "f1"]),
    ]
    for name, key in (
        ("Expected calibration error", "expectedCalibrationError"),
        ("Negative log-likelihood, nats", "negativeLogLikelihood"),
        ("Brier score", "brierScore"),
    ):
        of_parts = [three(one["calibration"][key]) for one in (test, rest, validation)]
        summary.append([name, of_parts[0], "–", of_parts[1], "–", of_parts[2]])
        scaled = [three(tempered[one][key]) for one in ("test", "withoutCopies")]
        summary.append(["... with temperature scaling", scaled[0], "–", scaled[1], "–", "–"])
    made["summary"] = summary
    made["overall"] = [[
        name, count(one["count"]), count(round(one["metrics"]["accuracy"] * one["count"])),
        three(one["metrics"]["accuracy"]), span(one["intervals"]["accuracy"]),
    ] for name, one in (("test", test), ("test, without copies", rest))]
    made["mistakes"] = mistakes(test["confusion"], 5)
    made["trainings"] = [training(one) for one in runs]
    made["models"] = [
        [one["classifier"]["name"], one["split"]["protocol"], str(one["classifier"]["seed"]),
         f"{100 * one['test']['metrics']['accuracy']:.2f}",
         " to ".join(f"{100 * end:.2f}" for end in one["test"]["intervals"]["accuracy"]),
         f"{100 * one['test']['withoutCopies']['metrics']['accuracy']:.2f}" if one["test"]["withoutCopies"] else "–",
         three(one["test"]["metrics"]["macro"]["f1"]),
         f"{100 * one['validation']['metrics']['accuracy']:.2f}"]
        for one in runs
    ]
    return made


def over_seeds(runs, metric):
    readings = ["oneVsRestAccuracy", "recall"] if metric == "accuracy" else [metric]

    def spread(pick):
        values = [pick(run["test"]["metrics"]) for run in runs]
        return f"{statistics.mean(values):.3f} ± {statistics.stdev(values):.3f}"

    rows = [
        [PAPER_NAMES[row], PRINTED[metric][row]]
        + [spread(lambda m: m["perClass"][label][reading]) for reading in readings]
        for row, label in enumerate(LABELS)
    ]
    for name, kind in (("Overall, macro mean", "macro"), ("Overall, weighted mean", "weighted")):
        rows.append([name, PRINTED[metric][7]] + [spread(lambda m: m[kind][reading]) for reading in readings])
    if metric == "accuracy":
        rows.append(["Overall accuracy", "0.86"] + [spread(lambda m: m["accuracy"])] * 2)
    return rows


def mistakes(confusion, most):
    cells = [
        (images / sum(row), CLASSES[truth], CLASSES[taken], images)
        for truth, row in enumerate(confusion)
        for taken, images in enumerate(row)
        if truth != taken
    ]
    cells.sort(key=lambda cell: -cell[0])
    return [[truth, taken, str(images), f"{100 * share:.1f} %"] for share, truth, taken, images in cells[:most]]


def training(run):
    record, history = run["training"]["record"], run["training"]["history"]
    validation = run["validation"]
    best = max(epoch["valAccuracy"] for epoch in history)
    return [
        f"{record['parameters'] / 1e6:.2f}",
        str(len(history)),
        count(round(len(history) * record["counts"]["training"] / 1000)),
        f"{record['trainingSeconds'] / 60:.0f}",
        f"{100 * history[-1]['accuracy']:.2f}",
        f"{100 * best:.2f}",
        f"{100 * validation['metrics']['accuracy']:.2f}",
        " to ".join(f"{100 * end:.1f}" for end in validation["intervals"]["accuracy"]),
    ]


def figures(run):
    return {**with_twins(test_figures, run, twin(run)), **other_figures(run)}


def test_figures(run):
    test = run["test"]
    numbers, intervals = test["metrics"]["perClass"], test["intervals"]["perClass"]

    def ours(metric, labels, names):
        values = [numbers[label][metric] for label in labels]
        return {
            "x": names,
            "y": values,
            "low": [intervals[label][metric][0] for label in labels],
            "high": [intervals[label][metric][1] for label in labels],
        }

    def printed(values):
        return {"x": PAPER_NAMES, "y": [float(value) for value in values]}

    def paper(metric):
        bars = [printed(PRINTED[metric][:7])]
        if metric == "recall":
            bars.append(printed(TEXT_RECALL))
        keys = ["oneVsRestAccuracy", "recall"] if metric == "accuracy" else [metric]
        return bars + [ours(key, LABELS, PAPER_NAMES) for key in keys]

    confusion = test["confusion"]
    shares = [[cell / sum(row) for cell in row] for row in confusion]
    def reliability(calibration):
        bins = [one for one in calibration["bins"] if one["count"] > 0]
        total = sum(one["count"] for one in bins)
        return {
            "x": [one["meanConfidence"] for one in bins],
            "y": [one["accuracy"] for one in bins],
            "size": [5 + 18 * (one["count"] / total) ** 0.5 for one in bins],
            "error": f"{100 * calibration['expectedCalibrationError']:.1f} %",
        }

    everything = list(range(7))
    return {
        "figure-2-accuracy-by-caption": paper("accuracy"),
        "figure-2-precision-by-text": paper("precision"),
        "figure-3-recall": paper("recall"),
        "figure-4-f1": paper("f1"),
        "figure-5-accuracy": paper("accuracy"),
        "by-class": [ours(key, everything, CLASSES) for key in ("precision", "recall", "f1")],
        "confusion-matrix": [
            {"x": CLASSES, "y": CLASSES, "z": shares},
            {"cells": sorted(
                f"{CLASSES[i]} {CLASSES[j]} {100 * shares[i][j]:.0f} %<br>{confusion[i][j]}"
                for i in everything for j in everything
            )},
        ],
        "reliability": [
            {"x": [0, 1], "y": [0, 1]},
            reliability(test["calibration"]),
            reliability(run["tempered"]["test"]),
        ],
    }


def other_figures(run):
    history = run["training"]["history"]
    epochs = [epoch["epoch"] for epoch in history]
    numbers = run["test"]["metrics"]["perClass"]
    counts = [numbers[label]["support"] for label in LABELS]

    def curve(key):
        return {"x": epochs, "y": [epoch[key] for epoch in history]}

    return {
        "training-curves": [curve(key) for key in ("loss", "valLoss", "accuracy", "valAccuracy")],
        "class-distribution": [
            {"x": PAPER_NAMES, "y": [int(text.replace(",", "")) for text in SAMPLES]},
            {"x": PAPER_NAMES, "y": OFFICIAL},
            {"x": PAPER_NAMES, "y": counts, "text": [count(value) for value in counts]},
        ],
    }


given = json.load(sys.stdin)
json.dump({"tables": tables(given["runs"]), "figures": figures(given["runs"][0])}, sys.stdout)
