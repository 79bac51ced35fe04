"""Writes the tables pyarrow-*.parquet beside this script. Made with pyarrow 25.0.1."""

import datetime
import decimal
import pathlib

import pyarrow as pa
import pyarrow.parquet as pq

ROWS = range(40)
START = datetime.datetime(2021, 8, 23, 1, 2, 3)
FOLDER = pathlib.Path(__file__).parent

table = pa.table(
    {
        "text": [None if i % 7 == 0 else f"0{i}é" for i in ROWS],
        "category": pa.array([f"w{i % 5}" for i in ROWS]).dictionary_encode(),
        "int64": list(ROWS),
        "uint32": pa.array([2**32 - 1 - i for i in ROWS], pa.uint32()),
        "double": [float(i) if i % 3 < 2 else None for i in ROWS],
        "bool": [i % 2 == 0 for i in ROWS],
        "time": [START + datetime.timedelta(seconds=i) for i in ROWS],
        "date": [START.date() for _ in ROWS],
        "decimal": [decimal.Decimal("1.50") for _ in ROWS],
    }
)
pq.write_table(table, FOLDER / "pyarrow-default.parquet", row_group_size=25)
pq.write_table(
    table,
    FOLDER / "pyarrow-zstd-v2.parquet",
    compression="zstd",
    data_page_version="2.0",
    write_page_checksum=True,
)
pq.write_table(
    table, FOLDER / "pyarrow-gzip-plain.parquet", compression="gzip", use_dictionary=False
)
