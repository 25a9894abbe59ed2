"""Reads Arrow IPC with pyarrow and with awkward and prints {column: {nullable, values, awkward}} as JSON.

Arguments: stream or file, path.
"""

import json
import math
import sys

import awkward as ak
import pyarrow as pa


def encode(value):
    if isinstance(value, list):
        return [encode(v) for v in value]
    if isinstance(value, tuple):
        return {"record": {str(k): encode(v) for k, v in enumerate(value)}}
    if isinstance(value, dict):
        return {"record": {k: encode(v) for k, v in value.items()}}
    if isinstance(value, bytes):
        return {"bytes": value.hex()}
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    if isinstance(value, int):
        return {"int": str(value)}
    if math.isnan(value):
        return {"float": "NaN"}
    if math.isinf(value):
        return {"float": "Infinity" if value > 0 else "-Infinity"}
    if value == 0 and math.copysign(1, value) < 0:
        return {"float": "-0"}
    return value


form, path = sys.argv[1:]
with pa.memory_map(path) as source:
    reader = pa.ipc.open_stream(source) if form == "stream" else pa.ipc.open_file(source)
    table = reader.read_all()
    table.validate(full=True)
    print(
        json.dumps(
            {
                field.name: {
                    "nullable": field.nullable,
                    "values": encode(table[field.name].to_pylist()),
                    "awkward": encode(ak.from_arrow(table[field.name]).to_list()),
                }
                for field in table.schema
            }
        )
    )
