"""How many examples property tests try: a few by default, the same in every run; many and new ones in `make test-long`."""

from __future__ import annotations

import os
from typing import Final

from hypothesis import HealthCheck, settings

__all__ = ["USUAL_EXAMPLES", "examples", "load_profile"]

#: Examples of a property test that asks for no number of its own, which is Hypothesis's number.
USUAL_EXAMPLES: Final = 100

_LONG_FACTOR: Final = 20

# Times vary too much from machine to machine to be part of a property. The default examples are the same in every run,
# so that a first run shows what every other shows; the long profile looks for what they miss.
settings.register_profile(
    "default",
    deadline=None,
    derandomize=True,
    max_examples=USUAL_EXAMPLES,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "long", settings.get_profile("default"), derandomize=False, max_examples=_LONG_FACTOR * USUAL_EXAMPLES
)


def load_profile() -> None:
    """Have property tests follow the profile that $HYPOTHESIS_PROFILE names."""
    settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


def examples(usual: int) -> settings:
    """Settings of a test whose examples are slow, or many: `usual` of them by default, and more where others have more."""
    return settings(max_examples=usual * settings().max_examples // USUAL_EXAMPLES)
