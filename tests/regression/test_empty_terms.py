"""An empty term is a term: the second one is found where the first one is, though there are no bytes to compare."""

from __future__ import annotations

from searchlib.kernels import inverting


def test_an_empty_term_can_be_added_twice():
    inverter = inverting.Inverter()

    for _ in range(2):
        inverter.add_posting(0, b"", 1.0, b"", 1)
