"""Reads Parquet files with pyarrow, page checksums verified, and compares each with a JSON file {column: values}.

Arguments: file, JSON, file, JSON, ...
"""

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


def check(path, expected_path):
    file = pq.ParquetFile(path, page_checksum_verification=True)
    table = file.read()
    with open(expected_path) as f:
        expected = json.load(f)
    assert table.column_names == list(expected), table.column_names
    for name, values in expected.items():
        assert not table.schema.field(name).nullable, name
        assert encode(table[name].to_pylist()) == decode(values), name
    start = 0
    for group in range(file.metadata.num_row_groups):
        stored = file.metadata.row_group(group)
        for leaf in range(file.metadata.num_columns):
            chunk = stored.column(leaf)
            if chunk.statistics is None or not chunk.statistics.has_min_max:
                continue
            rows = table[chunk.path_in_schema].slice(start, stored.num_rows).to_pylist()
            assert chunk.statistics.min == min(rows) and chunk.statistics.max == max(rows), chunk
        start += stored.num_rows
    return {"rows": table.num_rows, "row_groups": file.metadata.num_row_groups}


paths = sys.argv[1:]
print(json.dumps([check(*pair) for pair in zip(paths[0::2], paths[1::2])]))
