"""Reads a Parquet file with pyarrow, page checksums verified, and compares it with a JSON file {column: values}."""

import json
import sys

import pyarrow.parquet as pq


def decode(value):
    if isinstance(value, list):
        return [decode(v) for v in value]
    if isinstance(value, dict):
        return int(value["int"]) if "int" in value else bytes.fromhex(value["float64"])
    return value


def encode(value):
    """Floats by their bits, so that NaN and -0 compare."""
    import struct

    if isinstance(value, list):
        return [encode(v) for v in value]
    return struct.pack("<d", value) if isinstance(value, float) else value


path, expected_path = sys.argv[1:]
file = pq.ParquetFile(path, page_checksum_verification=True)
table = file.read()
with open(expected_path) as f:
    expected = json.load(f)
assert table.column_names == list(expected), table.column_names
for name, values in expected.items():
    assert not table.schema.field(name).nullable, name
    assert encode(table[name].to_pylist()) == decode(values), name
for group in range(file.metadata.num_row_groups):
    for leaf in range(file.metadata.num_columns):
        chunk = file.metadata.row_group(group).column(leaf)
        if chunk.statistics is None or not chunk.statistics.has_min_max:
            continue
        start = sum(file.metadata.row_group(g).num_rows for g in range(group))
        rows = table[chunk.path_in_schema].slice(start, file.metadata.row_group(group).num_rows).to_pylist()
        assert chunk.statistics.min == min(rows) and chunk.statistics.max == max(rows), chunk
print(json.dumps({"rows": table.num_rows, "row_groups": file.metadata.num_row_groups}))
