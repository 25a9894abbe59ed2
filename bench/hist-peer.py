"""The other side of the histogram benchmark: hist on boost-histogram. Takes one JSON command a line, answers with one.

{"load": folder}           the columns that the other side wrote
{"fill": "name"}           seconds of one fill by its own clock, in one thread, and the sum with flow
{"small": count}           seconds of filling ten values into each of so many histograms
"""

import json
import sys
import time

import hist
import numpy as np

columns = {}
axes = {
    "regular": lambda: hist.axis.Regular(100, 0, 200, name="x"),
    "y": lambda: hist.axis.Regular(20, 0, 2, name="y"),
    "variable": lambda: hist.axis.Variable(np.concatenate([np.arange(0, 100, 4), np.arange(100, 201, 10)]), name="x"),
    "category": lambda: hist.axis.StrCategory([], growth=True, name="dataset"),
}
cases = {
    "regular": (["regular"], hist.storage.Double, False),
    "regular, weights": (["regular"], hist.storage.Weight, True),
    "variable, weights": (["variable"], hist.storage.Weight, True),
    "regular x regular, weights": (["regular", "y"], hist.storage.Weight, True),
    "category x regular, weights": (["category", "regular"], hist.storage.Weight, True),
}


def load(folder):
    for name in ("x", "weight"):
        columns[name] = np.fromfile(f"{folder}/{name}", np.float64)
    return {}


def fill(name):
    kinds, storage, weighted = cases[name]
    h = hist.Hist(*(axes[k]() for k in kinds), storage=storage())
    values = {"x": columns["x"]} | ({"dataset": "ttbar"} if "category" in kinds else {})
    if "y" in kinds:
        values["y"] = columns["weight"]
    weight = {"weight": columns["weight"]} if weighted else {}
    begin = time.perf_counter()
    h.fill(**values, **weight)
    seconds = time.perf_counter() - begin
    total = h.sum(flow=True)
    return {"seconds": seconds, "sum": float(getattr(total, "value", total))}


def small(count):
    hists = [hist.Hist(axes["regular"](), storage=hist.storage.Weight()) for _ in range(count)]
    x, weight = np.full(10, 50.0), np.ones(10)
    begin = time.perf_counter()
    for h in hists:
        h.fill(x=x, weight=weight)
    return {"seconds": time.perf_counter() - begin}


print(json.dumps({"version": f"hist {hist.__version__}"}), flush=True)
for line in sys.stdin:
    [(command, argument)] = json.loads(line).items()
    print(json.dumps({"load": load, "fill": fill, "small": small}[command](argument)), flush=True)
