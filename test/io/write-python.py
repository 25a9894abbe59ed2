"""Reads Parquet files with pyarrow, page checksums verified, and compares each with a JSON file
{column: {nullable, values}}, and how many values are missing with what pyarrow writes for the same table.

Arguments: file, JSON, file, JSON, ...
"""

import io
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
    for name, column in expected.items():
        assert table.schema.field(name).nullable == column["nullable"], name
        assert encode(table[name].to_pylist()) == decode(column["values"]), name
    again = io.BytesIO()
    if table.num_rows > 0:
        pq.write_table(table, again, row_group_size=file.metadata.row_group(0).num_rows)
    same = pq.ParquetFile(again).metadata
    start = 0
    for group in range(file.metadata.num_row_groups):
        stored = file.metadata.row_group(group)
        for leaf in range(file.metadata.num_columns):
            chunk = stored.column(leaf)
            if chunk.statistics is None:
                continue
            assert chunk.statistics.null_count == same.row_group(group).column(leaf).statistics.null_count, chunk
            assert chunk.num_values == same.row_group(group).column(leaf).num_values, chunk
            if not chunk.statistics.has_min_max:
                continue
            rows = table[chunk.path_in_schema].slice(start, stored.num_rows).drop_null().to_pylist()
            assert chunk.statistics.min == min(rows) and chunk.statistics.max == max(rows), chunk
        start += stored.num_rows
    return {"rows": table.num_rows, "row_groups": file.metadata.num_row_groups}


paths = sys.argv[1:]
print(json.dumps([check(*pair) for pair in zip(paths[0::2], paths[1::2])]))
