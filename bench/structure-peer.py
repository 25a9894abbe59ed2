"""The other side of the structure benchmark: awkward. Takes one JSON command a line, answers with one.

{"load": folder}            the buffers that the other side wrote; they become the names that expressions use
{"evaluate": "ak.num(pt)"}  seconds by its own clock, of the expression alone (lazy) and with every index it left applied
                            (seconds), and the digest of what came out
"""

import gc
import json
import sys
import time
import warnings

import awkward as ak
import numpy as np

warnings.simplefilter("ignore")
names = {"ak": ak, "np": np}
dtypes = {"pt": "f4", "eta": "f4", "phi": "f4", "mass": "f4", "charge": "i4", "id": "i8", "tight": "?", "met": "f4", "flag": "?", "order": "i4"}


def load(folder):
    def lists(offsets, name):
        values = ak.contents.NumpyArray(np.fromfile(f"{folder}/{name}", dtypes[name.split(".")[-1]]))
        return ak.Array(ak.contents.ListOffsetArray(ak.index.Index64(offsets), values))

    for collection in ("jet", "muon"):
        offsets = np.fromfile(f"{folder}/{collection}.offsets", np.int32).astype(np.int64)
        columns = {n: lists(offsets, f"{collection}.{n}") for n in ("pt", "eta", "phi", "mass", "charge", "id", "tight")}
        names.update({f"{collection}_{n}": column for n, column in columns.items()})
        names[f"{collection}s"] = ak.zip({n: columns[n] for n in ("pt", "eta", "phi", "mass")})
    for name in ("met", "flag", "order"):
        names[name] = ak.Array(np.fromfile(f"{folder}/{name}", dtypes[name]))
    for line in open(f"{folder}/definitions"):
        name, expression = line.rstrip("\n").split(" = ", 1)
        names[name] = eval(expression, names)
    names.update(listsOfPt=ak.to_list(names["partPt"]), listsOfJets=ak.to_list(names["part"]))
    return {}


def digest(layout):
    """Weighted sums over each level from outside to inside: lengths of lists, places of what is missing, values."""
    if layout.is_unknown:
        return [0.0]
    if layout.is_indexed and not layout.is_option:
        return digest(layout.project())
    if layout.is_option:
        present = np.asarray(layout.mask_as_bool(valid_when=True))
        inner = digest(layout.project())
        return inner if present.all() else [weighted(present), *inner]
    if layout.is_record:
        return [number for field in layout.contents for number in digest(field[: layout.length])]
    if layout.parameter("__array__") in ("string", "bytestring"):
        return [weighted(ak.num(ak.without_parameters(ak.Array(layout))).to_numpy())]
    if layout.is_list:
        flat = layout.to_ListOffsetArray64(True)
        offsets = np.asarray(flat.offsets)
        return [weighted(np.diff(offsets)), *digest(flat.content[: offsets[-1]])]
    return [weighted(layout.to_backend_array().reshape(-1))]


def weighted(values):
    values = np.asarray(values).astype(np.float64)
    return float((np.where(np.isfinite(values), values, 0) * (np.arange(len(values)) % 97 + 1)).sum())


def parts(result):
    """The layouts of what an expression gave; none for numbers and lists of Python."""
    if isinstance(result, ak.Array):
        return [result.layout]
    several = isinstance(result, (tuple, list)) and len(result) > 0 and isinstance(result[0], ak.Array)
    return [part.layout for part in result] if several else []


def measure(expression):
    code = compile(expression, "case", "eval")
    gc.disable()
    begin = time.perf_counter()
    result = eval(code, names)
    lazy = time.perf_counter() - begin
    packed = [part.to_packed() for part in parts(result)]
    seconds = time.perf_counter() - begin
    gc.enable()
    if isinstance(result, np.ndarray):
        packed = [ak.from_numpy(result).layout]
    elif not packed and isinstance(result, list) and result and not isinstance(result[0], str):
        packed = [ak.from_iter(result).layout]
    return {"lazy": lazy, "seconds": seconds, "digest": [number for part in packed for number in digest(part)]}


print(json.dumps({"version": f"awkward {ak.__version__}"}), flush=True)
for line in sys.stdin:
    command = json.loads(line)
    answer = load(command["load"]) if "load" in command else measure(command["evaluate"])
    print(json.dumps(answer), flush=True)
