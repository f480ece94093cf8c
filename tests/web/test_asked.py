"""The state that an address holds: what is written is read again, and equal states have equal addresses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import QueryParams

from searchlib.article import FACET_FIELDS
from searchlib.results import SORTS
from searchlib.web import Limits
from searchlib.web.asked import Asked
from searchlib.web.parameters import ParameterError

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
states = st.builds(
    Asked,
    q=texts,
    since=texts,
    until=texts,
    any=st.booleans(),
    chosen=st.dictionaries(
        st.sampled_from(list(FACET_FIELDS)), st.lists(texts, min_size=1, max_size=3, unique=True).map(tuple), max_size=3
    ),
    sort=st.sampled_from(SORTS),
    limit=st.integers(0, 100),
    page=st.integers(1, 100),
    by=st.sampled_from([None, "day", "week", "month", "year"]),
    share=st.booleans(),
    others=st.lists(texts.filter(str.strip), max_size=3, unique=True).map(tuple),
)


def read(address: str, **options) -> Asked:
    return Asked.read(QueryParams(address.partition("?")[2]), Limits(), **options)


@given(state=states)
def test_a_state_comes_back_from_its_address(state):
    address = state.address("/search")

    assert read(address) == state
    assert read(address).address("/search") == address


def test_what_is_as_if_not_said_is_not_in_an_address():
    assert Asked().address("/") == "/"
    assert read("/?q=&since=&any=0&page=1&limit=10&sort=relevance&by=&share=off").address("/") == "/"


def test_a_change_goes_back_to_the_first_page_unless_it_says_which():
    state = Asked(q="a b", page=3)

    assert state.address("/", sort="newest") == "/?q=a+b&sort=newest"
    assert state.address("/", page=4) == "/?q=a+b&page=4"


def test_a_value_is_chosen_and_no_longer_chosen():
    state = Asked(q="a").choosing("section", "World").choosing("section", "Sport & Play").choosing("author", "")

    assert state.address("/") == "/?q=a&section=World&section=Sport+%26+Play&author="
    assert state.choosing("section", "World").choosing("author", "").address("/") == "/?q=a&section=Sport+%26+Play"
    assert read(state.address("/")) == state


@pytest.mark.parametrize(
    ("address", "parameter"),
    [("?sort=best", "sort"), ("?page=0", "page"), ("?limit=x", "limit"), ("?by=hour", "by"), ("?any=perhaps", "any"),
     ("?q=a&q=b", "q"), ("?limit=100&page=101", "page")],
)  # fmt: skip
def test_what_cannot_be_read_is_an_error_or_for_readers_a_note(address, parameter):
    with pytest.raises(ParameterError) as raised:
        read(address)
    lenient = read(address, lenient=True)

    assert raised.value.setting == parameter
    assert [note.setting for note in lenient.notes] == [parameter]
    assert lenient.sort == "relevance"


def test_what_cannot_be_read_is_left_out_of_the_address():
    assert read("?q=a&sort=best&page=-1&section=World", lenient=True).address("/") == "/?q=a&section=World"


def test_too_many_values_are_none_and_told():
    many = "?" + "&".join(f"section={number}" for number in range(101))

    assert read(many, lenient=True).chosen == {}
    assert [note.setting for note in read(many, lenient=True).notes] == ["chosen"]
