"""correctionlib for bench/corrections.ts: JSON commands on standard input, one answer a line."""

import json
import sys
import time

import correctionlib
import numpy as np

print(json.dumps({"version": f"correctionlib {correctionlib.__version__}"}), flush=True)
for line in sys.stdin:
    command = json.loads(line)
    if "corrections" in command:
        corrections = correctionlib.CorrectionSet.from_string(json.dumps(command["corrections"]))
        eta, pt = (np.fromfile(f"{command['folder']}/{name}.f64") for name in ("eta", "pt"))
        print(json.dumps({"jets": len(pt)}), flush=True)
        continue
    given = {"key": "nominal", "eta": eta, "pt": pt}
    one = corrections[command["name"]]
    inputs = [given[i.name] for i in one.inputs]
    start = time.perf_counter()
    values = one.evaluate(*inputs)
    seconds = time.perf_counter() - start
    print(json.dumps({"seconds": seconds, "sum": float(values.sum())}), flush=True)
