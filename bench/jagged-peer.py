"""The other side of the jagged benchmark: awkward. Takes one JSON command a line, answers with one.

{"load": folder}                          the buffers that the other side wrote
{"measure": "ak.sum(pt, axis=1)"}         seconds by its own clock
{"digest": "ak.sum(pt, axis=1)"}          the sum and number of the values that come out
"""

import json
import sys
import time
import warnings

import awkward as ak
import numpy as np

warnings.simplefilter("ignore")
np.seterr(all="ignore")
names = {"ak": ak, "np": np}


def load(folder):
    offsets = ak.index.Index64(np.fromfile(f"{folder}/offsets", np.int32).astype(np.int64))
    with open(f"{folder}/inputs.json") as file:
        described = json.load(file)
    for column in described:
        values = np.fromfile(f"{folder}/{column['name']}", column["dtype"])
        content = ak.contents.NumpyArray(values)
        if column["missing"]:
            content = ak.contents.ByteMaskedArray(ak.index.Index8(~np.isnan(values)), content, valid_when=True)
        names[column["name"]] = ak.Array(ak.contents.ListOffsetArray(offsets, content) if column["lists"] else content)
    return {}


def measure(expression):
    code = compile(expression, expression, "eval")
    begin = time.perf_counter()
    result = eval(code, names)
    seconds = time.perf_counter() - begin
    del result
    return {"seconds": seconds}


def leaves(result):
    """All numbers in the result, one array for each field of records."""
    if isinstance(result, (tuple, list)):
        return [leaf for part in result for leaf in leaves(part)]
    if not isinstance(result, (ak.Array, ak.Record)):
        return [np.atleast_1d(result)]
    if ak.fields(result):
        return [leaf for name in ak.fields(result) for leaf in leaves(result[name])]
    if isinstance(result, ak.Record):
        return []
    return [np.atleast_1d(ak.to_numpy(ak.drop_none(ak.flatten(result, axis=None))))]


def digest(expression):
    values = [leaf.astype(np.float64) for leaf in leaves(eval(expression, names)) if leaf.dtype.kind in "biuf"]
    return {
        "sum": float(sum(leaf[np.isfinite(leaf)].sum() for leaf in values)),
        "size": float(sum(np.abs(leaf[np.isfinite(leaf)]).sum() for leaf in values)),
        "count": sum(len(leaf) for leaf in values),
    }


print(json.dumps({"version": f"awkward {ak.__version__}"}), flush=True)
for line in sys.stdin:
    [(command, argument)] = json.loads(line).items()
    print(json.dumps({"load": load, "measure": measure, "digest": digest}[command](argument)), flush=True)
