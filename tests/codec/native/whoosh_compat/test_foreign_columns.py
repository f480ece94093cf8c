"""Columns that Whoosh wrote: read as they are, and no pickle in them is loaded."""

from __future__ import annotations

import pickle

import pytest
from whoosh import columns

from searchlib.codec.native.columns import reader_of_whoosh_bytes
from searchlib.kernels import CorruptDataError


def test_a_pickle_in_a_column_that_whoosh_wrote_is_not_loaded():
    # As `whoosh.sorting.add_sortable` would write it: a column of one value, its length, the type of lengths.
    value = pickle.dumps(["harmless"], 2)

    with pytest.raises(CorruptDataError):
        reader_of_whoosh_bytes(
            value + bytes([len(value)]) + b"B", columns.PickleColumn(columns.VarBytesColumn()), 1
        ).__getitem__(0)
