"""The other side of the jagged benchmark: awkward. Takes one JSON command a line, answers with one.

{"load": folder}                                        the buffers that the other side wrote
{"op": "sum", "column": "pt", "kwargs": {"axis": 1}}    seconds by its own clock, and the sum and number of the values that come out
"""

import json
import sys
import time
import warnings

import awkward as ak
import numpy as np

warnings.simplefilter("ignore")
dtypes = {"pt": np.float32, "eta": np.float64, "charge": np.int32, "id": np.int64, "tight": np.bool_}
columns = {}


def load(folder):
    offsets = np.fromfile(f"{folder}/offsets", np.int32).astype(np.int64)
    for name, dtype in dtypes.items():
        values = ak.contents.NumpyArray(np.fromfile(f"{folder}/{name}", dtype))
        columns[name] = ak.Array(ak.contents.ListOffsetArray(ak.index.Index64(offsets), values))
    return {}


def measure(op, column, kwargs):
    function = getattr(ak, op)
    begin = time.perf_counter()
    result = function(columns[column], **kwargs)
    seconds = time.perf_counter() - begin
    if isinstance(result, ak.Array):
        result = ak.to_numpy(ak.drop_none(ak.flatten(result, axis=None)))
    values = np.atleast_1d(result).astype(np.float64)
    return {"seconds": seconds, "sum": float(values[np.isfinite(values)].sum()), "count": len(values)}


print(json.dumps({"version": f"awkward {ak.__version__}"}), flush=True)
for line in sys.stdin:
    command = json.loads(line)
    answer = load(command["load"]) if "load" in command else measure(command["op"], command["column"], command["kwargs"])
    print(json.dumps(answer), flush=True)
