"""Prints {reader: {column: values}} of a Parquet file as JSON; the column `event` as strings.

Argument: the file.
"""

import json
import sys

import awkward as ak
import duckdb
import pyarrow.parquet as pq

path = sys.argv[1]
table = pq.ParquetFile(path, page_checksum_verification=True).read()
array = ak.from_parquet(path)
rows = duckdb.read_parquet(path)
readers = {
    "pyarrow": {name: table[name].to_pylist() for name in table.column_names},
    "awkward": {name: array[name].to_list() for name in array.fields},
    "duckdb": dict(zip(rows.columns, map(list, zip(*rows.fetchall())))),
}
for columns in readers.values():
    columns["event"] = [str(v) for v in columns["event"]]
print(json.dumps(readers))
