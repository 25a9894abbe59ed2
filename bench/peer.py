"""The other side of the reading benchmark: pyarrow with one thread. Takes one JSON command a line, answers with one.

{"write": path, "codec": "snappy", "events": 524288}   makes the file that both sides read
{"read": path, "columns": [...], "sums": bool}          reads columns, seconds by its own clock
"""

import json
import sys
import time

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

pa.set_cpu_count(1)
pa.set_io_thread_count(1)


def truncated(values):
    """Floats with 10 bits of mantissa, as in NanoAOD."""
    return (values.astype(np.float32).view(np.uint32) & np.uint32(0xFFFFE000)).view(np.float32)


def write(path, codec, events):
    rng = np.random.default_rng(20240901)
    lengths = rng.poisson(4.5, events)
    offsets = pa.array(np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32))
    jets = int(lengths.sum())

    def lists(values):
        return pa.ListArray.from_arrays(offsets, pa.array(truncated(values)))

    table = pa.table(
        {
            "MET_pt": truncated(rng.exponential(30, events)),
            "MET_phi": truncated(rng.uniform(-np.pi, np.pi, events)),
            "PV_npvs": rng.poisson(15, events).astype(np.int32),
            "Jet_pt": lists(15 + rng.exponential(25, jets)),
            "Jet_eta": lists(rng.normal(0, 1.8, jets)),
            "Jet_phi": lists(rng.uniform(-np.pi, np.pi, jets)),
            "Jet_mass": lists(rng.exponential(8, jets)),
            "Jet_btag": lists(rng.uniform(0, 1, jets)),
        }
    )
    pq.write_table(table, path, compression=codec, use_dictionary=True, row_group_size=131072)


def read(path, columns, sums):
    begin = time.perf_counter()
    table = pq.ParquetFile(path).read(columns=columns, use_threads=False)
    answer = {"seconds": time.perf_counter() - begin, "rows": table.num_rows}
    if sums:
        flat = [table[c].combine_chunks() for c in columns]
        flat = [c.flatten() if pa.types.is_list(c.type) else c for c in flat]
        answer["sums"] = [float(c.to_numpy().astype(np.float64).sum()) for c in flat]
        answer["counts"] = [len(c) for c in flat]
    return answer


print(json.dumps({"version": f"pyarrow {pa.__version__}"}), flush=True)
for line in sys.stdin:
    command = json.loads(line)
    if "write" in command:
        write(command["write"], command["codec"], command["events"])
        print("{}", flush=True)
    else:
        print(json.dumps(read(command["read"], command["columns"], command["sums"])), flush=True)
