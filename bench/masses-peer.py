"""The other side of the benchmark of combinations: awkward, and vector on it. Takes one JSON command a line, answers with one.

{"load": path, "out": folder}                        the Parquet file of the events, and where answers go
{"measure": "trijets", "dtype": "float64"}           seconds by its own clock; the answer is written to `out` as float64
"""

import json
import sys
import time
import warnings

import awkward as ak
import numpy as np
import vector

warnings.simplefilter("ignore")
vector.register_awkward()
data = {}
members = ("pt", "eta", "phi", "mass")


def load(path, out):
    events = ak.from_parquet(path)
    for dtype in ("float32", "float64"):
        for name in ("Jet", "Muon"):
            columns = {m: ak.values_astype(events[f"{name}_{m}"], dtype) for m in members}
            data[name, dtype] = ak.zip(columns, with_name="Momentum4D")
            data[name, dtype, "cartesian"] = cartesian(data[name, dtype])
    data["out"] = out
    return {}


def cartesian(objects):
    pt, eta, phi, mass = (objects[m] for m in members)
    px, py, pz = pt * np.cos(phi), pt * np.sin(phi), pt * np.sinh(eta)
    return ak.zip({"px": px, "py": py, "pz": pz, "E": np.sqrt(px**2 + py**2 + pz**2 + mass**2)})


def total(*vectors):
    return {m: sum(v[m] for v in vectors) for m in ("px", "py", "pz", "E")}


def mass(p):
    return np.sqrt(np.maximum(p["E"] ** 2 - p["px"] ** 2 - p["py"] ** 2 - p["pz"] ** 2, 0))


def pt(p):
    return np.sqrt(p["px"] ** 2 + p["py"] ** 2)


def top_trijets(jets):
    """The transverse momentum of the trijet with the mass closest to the top quark's."""
    triples = ak.combinations(jets, 3, fields=["a", "b", "c"])
    p = total(triples.a, triples.b, triples.c)
    best = ak.argmax(-np.abs(mass(p) - 172.5), axis=1, keepdims=True)
    return ak.firsts(pt(p)[best])


def hardest_trijets(jets):
    """The mass of the trijet with the largest transverse momentum; what only the best needs is computed for it alone."""
    triples = ak.combinations(jets, 3, fields=["a", "b", "c"])
    px = triples.a.px + triples.b.px + triples.c.px
    py = triples.a.py + triples.b.py + triples.c.py
    best = triples[ak.argmax(np.sqrt(px**2 + py**2), axis=1, keepdims=True)]
    return ak.firsts(mass(total(best.a, best.b, best.c)))


def dimuons(muons):
    pairs = ak.combinations(muons, 2, fields=["a", "b"])
    return mass(total(pairs.a, pairs.b))


def dimuons_of_vector(muons):
    pairs = ak.combinations(muons, 2, fields=["a", "b"])
    return (pairs.a + pairs.b).mass


# What is made Cartesian before and what has to be made so is told apart by the name.
measured = {
    "top trijets": lambda dtype: top_trijets(data["Jet", dtype, "cartesian"]),
    "top trijets, converted": lambda dtype: top_trijets(cartesian(data["Jet", dtype])),
    "hardest trijets": lambda dtype: hardest_trijets(data["Jet", dtype, "cartesian"]),
    "dimuons": lambda dtype: dimuons(data["Muon", dtype, "cartesian"]),
    "dimuons, converted": lambda dtype: dimuons(cartesian(data["Muon", dtype])),
    "dimuons of vector": lambda dtype: dimuons_of_vector(data["Muon", dtype]),
    "dimuons of vector, Cartesian": lambda dtype: dimuons_of_vector(
        ak.with_name(data["Muon", dtype, "cartesian"], "Momentum4D")
    ),
}


def measure(what, dtype):
    begin = time.perf_counter()
    result = measured[what](dtype)
    seconds = time.perf_counter() - begin
    values = ak.to_numpy(ak.drop_none(ak.flatten(result, axis=None)))
    values.astype(np.float64).tofile(f"{data['out']}/{what}")
    return {"seconds": seconds}


print(json.dumps({"version": f"awkward {ak.__version__}, vector {vector.__version__}"}), flush=True)
for line in sys.stdin:
    command = json.loads(line)
    answer = load(command["load"], command["out"]) if "load" in command else measure(command["measure"], command["dtype"])
    print(json.dumps(answer), flush=True)
